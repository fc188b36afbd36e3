import { gatherEvidence } from '../../application/kernel/reading/evidence';
import type { Ports } from '../../application/kernel/ports/ports';
import { chainNotLookedAt } from '../../domain/audit/case-file';
import { caseFileFrom, type PlacedMeeting } from '../../domain/audit/evidence';
import type { ClockDispute } from '../../domain/audit/log-clock';
import { ticketStream } from '../../domain/ticket/facts';

/** A stream, and how many of its events the verdicts know. */
export type RestedStream = { readonly stream: string; readonly events: number };

/** All that the verdicts on a ticket rest on, by its name: the writer of a proof or an export reads it from the log. */
export type RestedOn = {
  /** its own events that they know */
  readonly judged: number;
  readonly request?: RestedStream;
  /** people and the calendar */
  readonly others: readonly RestedStream[];
  /** of other tickets nothing but when they stood at the same time with the same person */
  readonly meetings: readonly PlacedMeeting[];
  readonly clock: readonly ClockDispute[];
};

/** Of a ticket that cannot be judged. */
export const nothingRestedOn: RestedOn = { judged: 0, others: [], meetings: [], clock: [] };

/** As the tables know it now; nothing of a ticket that they do not know. */
export const restedOn = async (ports: Pick<Ports, 'readModels'>, ticketId: string): Promise<RestedOn> => {
  const rows = await gatherEvidence(ports, ticketId);
  const own = rows.get(ticketStream(ticketId));
  const found = caseFileFrom(ticketId, (key) => rows.get(key), chainNotLookedAt);
  if (own?.kind !== 'ticket' || found === undefined) return nothingRestedOn;
  const streams = [...rows].flatMap(([stream, row]) =>
    row.kind === 'request' || row.kind === 'staff' || row.kind === 'calendar'
      ? [{ kind: row.kind, stream, events: row.events.length }]
      : [],
  );
  const request = streams.find(({ kind }) => kind === 'request');
  return {
    judged: own.events.length,
    ...(request && { request }),
    others: streams.filter(({ kind }) => kind !== 'request'),
    meetings: found.caseFile.otherMeetings.filter((meeting): meeting is PlacedMeeting => 'position' in meeting),
    clock: found.caseFile.disputes ?? [],
  };
};
