import type { Metadata as Headers, ServiceError } from '@grpc/grpc-js';
import type { Access } from './access';
import type { Log, Stored } from './log';
import type { Call, Mischief, Misbehaviour } from './misbehaviour';
import type { SubscriptionFigures } from './subscription';

/** `unknown` is a node without a leader: its cluster has lost its majority. */
export type State = 'leader' | 'follower' | 'unknown';

/** What the calls of a server ask the server itself. */
export type ServingNode = {
  /** what readers here are shown */
  readonly log: Log;
  /** the leader's, to which a follower hands on what is to be written */
  readonly logOfLeader: Log;
  readonly access: Access;
  readonly misbehaviour: Misbehaviour;
  readonly subscriptions: SubscriptionFigures;
  readonly begin: (call: Call) => Mischief | undefined;
  readonly count: (call: Call | 'batch-append') => void;
  readonly noteSent: (event: Stored) => void;
  readonly cut: (mischief: { readonly and?: () => void }) => void;
  readonly refusal: (as: 'not-leader' | 'access-denied' | 'not-ready') => ServiceError;
  /** why the node does not do this, being what it is in its cluster */
  readonly standingAgainst: (headers: Headers, what: 'read' | 'write') => ServiceError | undefined;
};
