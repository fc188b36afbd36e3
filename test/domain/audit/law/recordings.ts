import { recordingKeptUntil } from '../../../../src/domain/ticket/recording';
import { plusHours, plusSeconds, secondsBetween } from '../../../../src/domain/time/civil-time';
import type { History } from '../../../support/history';
import { clerk, type TicketEntry } from '../../../support/plot';
import { adding } from '../../../support/retelling';
import { type Breaks, type Changed, never, noticeOtherwise, only } from './breaking';
import { all, type DataOf, one, recordedOnline } from './occasions';

export const lengthOf = ({ startedAt, endedAt }: DataOf<'Held'>): number => secondsBetween(startedAt, endedAt);

/** Another recording like the first one. */
export const attachment = (history: History, changes: Changed<'RecordingAttached'>): TicketEntry | undefined => {
  const first = all(history, 'RecordingAttached')[0];
  if (first === undefined) return undefined;
  const data = Object.fromEntries(Object.entries({ ...first.fact.data, ...changes }).filter(([, value]) => value !== undefined));
  return [first.recordedAt, { type: 'RecordingAttached', data: data as DataOf<'RecordingAttached'> }, first.actor];
};

/** One recording in the place of those that were there, and copies of it. */
export const recordings = (...changes: readonly ((held: DataOf<'Held'>) => Changed<'RecordingAttached'>)[]): Breaks =>
  only(recordedOnline)((history) => {
    const held = one(history, 'Held');
    if (held === undefined) return undefined;
    const entries = changes.map((change) => attachment(history, change(held))).filter((entry) => entry !== undefined);
    const without = never('RecordingAttached')(history);
    return without && adding(without, ...entries);
  });

/** Said by whoever held it. */
export const continued = ({ staffId, endedAt }: DataOf<'Held'>, continuedAt: string, wasOnline: boolean): TicketEntry => [
  plusSeconds(endedAt, 1),
  { type: 'ContinuedOtherwise', data: { mode: 'phone', cause: 'platform', staffId, continuedAt, wasOnline } },
  clerk(staffId),
];

/** The recordings are deleted so many days after the end of the time that the notice named, before it where they are negative. */
export const deletedAfter = (days: number): Breaks =>
  only(recordedOnline)((history) => {
    const told = noticeOtherwise((notice) => ({ ...notice, keptDays: 30 }))(history);
    const kept = recordingKeptUntil({ keptDays: 30 }, one(history, 'Held')?.endedAt ?? '');
    if (told === undefined || kept === undefined) return undefined;
    const deletedAt = plusHours(kept, days * 24);
    const gone = all(told, 'RecordingAttached').map(({ fact: { data } }): TicketEntry => {
      return [deletedAt, { type: 'RecordingDeleted', data: { recordingId: data.recordingId, deletedAt } }];
    });
    return adding(told, ...gone);
  });
