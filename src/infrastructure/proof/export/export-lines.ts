import type { Hash } from '../../../application/kernel/ports/event-store';
import type { AuditedTicket } from '../../../application/audit/audit-ticket';
import type { AuditListed } from '../../../application/audit/audit-list';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { ProvedEvent } from '../ticket-proof';

export const exportFormat = 'tichet-albastru/export/1';

/** The first line: what was asked, and of when the answer is. */
export type ExportHead = {
  readonly format: typeof exportFormat;
  /** days of the meetings, both inclusive; without them from the first, to the last */
  readonly asked: { readonly from?: CivilDate; readonly to?: CivilDate };
  /** the moment of the verdicts */
  readonly asOf: Instant;
  /** the public key in one line; compare it with the one that you were given. Left out where the log is not sealed. */
  readonly verifier?: string;
  /** C2SP tlog-checkpoint in a signed note, to which every sealed event of the file leads */
  readonly checkpoint?: string;
};

/**
 * `not-sealed`: the log is not sealed here; `not-yet`: newer than the checkpoint; `differs`: not the event that was sealed in its place;
 * `unreadable`: what was sealed could not be read when the file was written.
 */
export const unsealedReasons = ['not-sealed', 'not-yet', 'differs', 'unreadable'] as const;
export type UnsealedReason = (typeof unsealedReasons)[number];
type EventText = Omit<ProvedEvent, 'leaf' | 'proof'> & {
  /** as its body says it */
  readonly type: string;
};
export type ExportedEvent = (EventText & Pick<ProvedEvent, 'leaf' | 'proof'>) | (EventText & { readonly unsealed: UnsealedReason });

/** A line for each ticket, in the order of the meetings. */
export type ExportedTicket = {
  readonly ticketId: string;
  /** of every check */
  readonly audited?: AuditedTicket;
  /** the row of the list instead, where the ticket's evidence is parked and cannot be judged */
  readonly listed?: AuditListed;
  /** the ticket's own, from the first on, personal data sealed */
  readonly events: readonly ExportedEvent[];
  /** the log could not be read on behind these events */
  readonly unreadable?: true;
};

/** The last line: a signed note over `manifestText`. */
export type ExportEnd = { readonly manifest: string };

/** Every line as it stands in the file, its end with it. */
export const lineOf = (value: ExportHead | ExportedTicket | ExportEnd): string => `${JSON.stringify(value)}\n`;

/** What the file holds, counted and summed up. */
export type Manifest = {
  readonly tickets: number;
  readonly events: number;
  /** SHA-256 of every byte of the file before the line of the manifest */
  readonly sum: Hash;
  readonly asOf: Instant;
  readonly checkpoint?: { readonly size: number; readonly root: Hash };
};

/** The text that is signed. Its first line is the name of no key, so that it can be taken for no checkpoint. */
export const manifestText = ({ tickets, events, sum, asOf, checkpoint }: Manifest): string =>
  [
    exportFormat,
    `tickets ${tickets}`,
    `events ${events}`,
    `sha256 ${sum}`,
    `as-of ${asOf}`,
    `checkpoint ${checkpoint === undefined ? 'none' : `${checkpoint.size} ${checkpoint.root}`}`,
    '',
  ].join('\n');

/** Whether whoever wrote it found something wrong: an event that is not the one that was sealed, or a log that cannot be read on. */
export const hasUnsound = ({ events, unreadable }: ExportedTicket): boolean =>
  unreadable === true || events.some((event) => 'unsealed' in event && (event.unsealed === 'differs' || event.unsealed === 'unreadable'));
