import type { EventCodec } from '../../application/kernel/ports/event-codec';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { type CaseFile, chainNotLookedAt } from '../../domain/audit/case-file';
import { caseFileFrom, clockKey, type EvidenceRow, meetingsKey, type PlacedMeeting } from '../../domain/audit/evidence';
import { type ClockDispute, noClock } from '../../domain/audit/log-clock';
import { ticketStream } from '../../domain/ticket/facts';
import { auditEvidence } from '../../projections/audit-trail/audit-trail';
import { linkOf } from '@tichet-albastru/event-log/codec/event-codec.codec';

/** An event as a file holds it: its type stands in its text. */
export type EventInFile = Omit<Recorded, 'type'>;

/** What the verdicts on a ticket rest on, as it was carried away. */
export type CarriedEvidence = {
  readonly ticketId: string;
  readonly ticket: readonly EventInFile[];
  readonly request: readonly EventInFile[];
  readonly streams: readonly { readonly stream: string; readonly events: readonly EventInFile[] }[];
  readonly meetings: readonly PlacedMeeting[];
  readonly clock: readonly ClockDispute[];
};

/** What the audit keeps of one stream with these events behind those that it knows. @throws EventLogCorrupt for what this program cannot read */
export const evidenceAfter = (
  codec: Pick<EventCodec, 'decode'>,
  row: EvidenceRow | undefined,
  events: readonly EventInFile[],
): EvidenceRow | undefined =>
  events.reduce((known, event) => auditEvidence.apply(known, codec.decode({ ...event, type: linkOf(event).type }), event.stream), row);

/** The same case file that the tables of the service would give. `undefined` where the ticket was never asked for. */
export const caseFileOf = (
  codec: Pick<EventCodec, 'decode'>,
  { ticketId, ticket, request, meetings, clock }: Omit<CarriedEvidence, 'streams'>,
  ofOthers: (stream: string) => EvidenceRow | undefined,
): CaseFile | undefined => {
  const own = evidenceAfter(codec, undefined, ticket);
  const asked = evidenceAfter(codec, undefined, request);
  const days = new Map<string, PlacedMeeting[]>();
  for (const meeting of meetings) {
    const key = meetingsKey(meeting.staffId, meeting.slot);
    days.set(key, [...(days.get(key) ?? []), meeting]);
  }
  const lookup = (key: string): EvidenceRow | undefined => {
    if (key === ticketStream(ticketId)) return own;
    if (key === request[0]?.stream) return asked;
    if (key === clockKey) return { kind: 'clock', ...noClock, disputes: clock };
    const met = days.get(key);
    return met === undefined ? ofOthers(key) : { kind: 'meetings', meetings: met };
  };
  return caseFileFrom(ticketId, lookup, chainNotLookedAt)?.caseFile;
};

/** @throws EventLogCorrupt for what this program cannot read */
export const caseFileIn = (codec: Pick<EventCodec, 'decode'>, { streams, ...carried }: CarriedEvidence): CaseFile | undefined => {
  const rows = new Map(streams.map(({ stream, events }) => [stream, evidenceAfter(codec, undefined, events)]));
  return caseFileOf(codec, carried, (stream) => rows.get(stream));
};
