import type { Actor, Instant } from '../../../domain/kernel/fact';
import type { RefusalCode } from '../../../domain/kernel/refusal';

/**
 * A command that the procedure refused: what was attempted, when, by whom, and which rule said no. Nothing of what was typed, and none
 * of the details of the refusal: the line says nothing that the log does not say of a person.
 */
export type NotedRefusal = {
  /** the stream that it was about: `ticket-…` or `request-…` */
  readonly subject: string;
  readonly commandId: string;
  readonly at: Instant;
  /** name of the use case, as in traces */
  readonly command: string;
  readonly code: RefusalCode;
  /** of the Annex, where the procedure is the reason */
  readonly article?: string;
  readonly actor: Actor;
};

/** How many are kept of one subject: a machine that asks for ever must not fill the disk. */
export const mostRefusalsOfSubject = 200;

/** The operational journal of refused attempts: no history, no proof; an auditor's help to read one. */
export type Refusals = {
  /** The same command again about the same subject is one line, the first. Beyond `mostRefusalsOfSubject` the oldest goes. */
  note(refusal: NotedRefusal): Promise<void>;
  /** Oldest first. */
  of(subject: string): Promise<readonly NotedRefusal[]>;
  /** Forgets what is older than this; how many that were. */
  prune(before: Instant): Promise<number>;
};
