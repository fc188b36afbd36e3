import type { TextMessages } from '../../application/kernel/ports/text-messages';
import type { BounceMailbox } from '../../application/kernel/ports/bounce-mailbox';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Projection } from '../../application/kernel/ports/projection';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import type { Process } from '../../application/kernel/processes/process';
import type { RetentionPeriods } from '../../domain/retention/retention';
import type { Development, Settings } from '../config/settings';
import type { HeldLease } from '@tichet-albastru/event-log/database/postgres/held-leases';
import type { Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import type { StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import type { PurposeKeys } from '../log/keys/purpose-keys';
import type { CalendarDoor } from '../outside/absences/fetch-calendar';
import type { Identity } from '../outside/identity/open-identity';
import type { Mailbox } from '../outside/mail/mailbox';
import type { WebhookHints } from '../outside/video/webex/webhook-hints';
import type { Metrics } from '../telemetry/metrics';
import type { TraceOfEvent } from '../telemetry/trace-of-event';
import type { SealedLog } from './signed-log';

/** What a service holds beside the ports of its use cases. */
export type Holdings = {
  readonly settings: Settings;
  /** the writing side of the read models */
  readonly rows: ProjectionStore;
  /** the tables that reporting tools read; left out where they are kept nowhere */
  readonly reporting?: ReportingStore;
  readonly keys: KeyStore;
  readonly purposeKeys: PurposeKeys;
  readonly metrics: Metrics;
  /** the key of local tokens */
  readonly tokenKey: Uint8Array;
  /** which trace a fact belongs to, while this process lives */
  readonly traces: TraceOfEvent;
  /** whether the disk takes what is written; left out where nothing is on a disk of ours */
  readonly storage?: StorageHealth;
  /** where the log is sealed, and who signs it; left out where it is not */
  readonly sealing?: SealedLog;
  /** who says who the officials are; left out, our own tokens do */
  readonly identity?: Identity;
  /** where several processes share it all: who of them does what only one may do */
  readonly lease?: (name: string) => Lease;
  /** who of them does what now, for people who look */
  readonly leases?: () => Promise<readonly HeldLease[]>;
  /** reads what Webex sends by itself; left out, nothing is believed */
  readonly webexHints?: WebhookHints;
  /** the mailbox to which letters come back, where one is set */
  readonly bounceMailbox?: BounceMailbox;
  /** left out: nobody is sent text messages */
  readonly textMessages?: TextMessages;
  /** with which a provider signs what it tells of letters that came back */
  readonly bounceSecrets?: readonly string[];
  /** from where the calendars of civil servants are read; left out: from nowhere */
  readonly calendarDoor?: CalendarDoor;
  /** after how long what is erased by itself; left out, nothing personal ever is */
  readonly retention?: RetentionPeriods;
  /** only where people try it out: anybody may take any role, and the letters are shown */
  readonly development?: Development;
  /** the letters that are shown there */
  readonly mailbox?: Mailbox;
};

/** Everything that a host may bring in place of what the module makes, by name. What is remembered of a store comes with the ports. */
export type Provided = Omit<Ports, 'streamCache'> & Holdings;

/** What follows the log. */
export type FollowedTables = {
  /** the tables that are read: ours, then the host's */
  readonly projections: readonly Projection[];
  /** the to-dos of the processes */
  readonly processes: readonly Process[];
};

/** Everything together, each as it stands under its own token. */
export type OpenedPorts = Holdings &
  FollowedTables & {
    readonly ports: Ports;
    /** all who are told of events, by the name under which is kept how far: webhooks, and the host's subscriptions */
    readonly eventTargets: readonly { readonly name: string }[];
  };
