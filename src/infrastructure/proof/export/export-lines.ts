import type { Hash } from '@tichet-albastru/event-log/ports/event-store';
import type { AuditedTicket } from '../../../application/audit/audit-ticket';
import type { AuditListed } from '../../../application/audit/audit-list';
import type { PlacedMeeting } from '../../../domain/audit/evidence';
import type { ClockDispute } from '../../../domain/audit/log-clock';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { PlacedEvent } from '../ticket-proof';

/** With all that the verdicts rest on. */
export const exportFormat = 'tichet-albastru/export/2';
/** The former format: with the tickets' own events and nothing else, so that no reader can judge it. It is verified as ever. */
export const formerExportFormat = 'tichet-albastru/export/1';
export const exportFormats = [exportFormat, formerExportFormat] as const;
export type ExportFormat = (typeof exportFormats)[number];

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
type EventText = Omit<PlacedEvent, 'leaf' | 'proof'> & {
  /** as its body says it */
  readonly type: string;
};
export type ExportedEvent = (EventText & Pick<PlacedEvent, 'leaf' | 'proof'>) | (EventText & { readonly unsealed: UnsealedReason });

/** Further events of a person's stream or of the calendar, before the first ticket whose verdicts know them. */
export type ExportedStream = {
  readonly stream: string;
  readonly events: readonly ExportedEvent[];
  readonly unreadable?: true;
};

/** Where the times of the log go back, before the first ticket that was judged with it; in the place of what was said before. */
export type ExportedClock = { readonly clock: readonly ClockDispute[] };

/** A line for each ticket, in the order of the meetings. */
export type ExportedTicket = {
  readonly ticketId: string;
  /** of every check */
  readonly audited?: AuditedTicket;
  /** the row of the list instead, where the ticket's evidence is parked and cannot be judged */
  readonly listed?: AuditListed;
  /** the ticket's own, from the first on, personal data sealed */
  readonly events: readonly ExportedEvent[];
  /** so many of them the verdicts know; the others came while they were written */
  readonly judged?: number;
  /** of the request that it is about, as far as the verdicts know it */
  readonly request?: readonly ExportedEvent[];
  /** other tickets at the same time with the same person: when they stood there, and nothing of what they are about */
  readonly meetings?: readonly PlacedMeeting[];
  /** the log could not be read on behind these events */
  readonly unreadable?: true;
};

/** The last line: a signed note over `manifestText`. */
export type ExportEnd = { readonly manifest: string };

/** Every line as it stands in the file, its end with it. */
export const lineOf = (value: ExportHead | ExportedStream | ExportedClock | ExportedTicket | ExportEnd): string =>
  `${JSON.stringify(value)}\n`;

/** What the file holds, counted and summed up. */
export type Manifest = {
  readonly format: ExportFormat;
  readonly tickets: number;
  /** the tickets' own */
  readonly events: number;
  /** of other streams; the former format had none */
  readonly evidence: number;
  /** SHA-256 of every byte of the file before the line of the manifest */
  readonly sum: Hash;
  readonly asOf: Instant;
  readonly checkpoint?: { readonly size: number; readonly root: Hash };
};

/** The text that is signed. Its first line is the name of no key, so that it can be taken for no checkpoint. */
export const manifestText = ({ format, tickets, events, evidence, sum, asOf, checkpoint }: Manifest): string =>
  [
    format,
    `tickets ${tickets}`,
    `events ${events}`,
    ...(format === exportFormat ? [`evidence ${evidence}`] : []),
    `sha256 ${sum}`,
    `as-of ${asOf}`,
    `checkpoint ${checkpoint === undefined ? 'none' : `${checkpoint.size} ${checkpoint.root}`}`,
    '',
  ].join('\n');

/** Whether its writer found something wrong: an event that is not the one that was sealed, or a log that cannot be read on. */
export const hasUnsound = ({ events, request = [], unreadable }: ExportedTicket): boolean =>
  unreadable === true ||
  [...events, ...request].some((event) => 'unsealed' in event && (event.unsealed === 'differs' || event.unsealed === 'unreadable'));
