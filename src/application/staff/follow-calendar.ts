import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { staffMembers } from '../kernel/streams';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { absenceIdOf, recordAbsence, withdrawAbsence } from './record-absence';

/** Which calendar of a person: the newest file that was handed in, or the one that is read at its address. */
export type CalendarSource = 'file' | 'address';

export type FollowCalendar = {
  readonly staffId: string;
  readonly source: CalendarSource;
  /** what the calendar says from now on: `from` inclusive, `to` exclusive */
  readonly busy: readonly { readonly from: Instant; readonly to: Instant }[];
  /** how far ahead it was looked into: of what comes later nothing is known */
  readonly until: Instant;
  /** all of it could be read: only then is what is not there taken for gone */
  readonly complete: boolean;
};
export type CalendarFollowed = Done<{
  readonly recorded: number;
  readonly withdrawn: number;
  readonly unchanged: number;
  /** what the calendar does not have, and may have for all that could be read of it */
  readonly kept: number;
}>;

/** What stands where a person would write why. Of the calendar itself nothing is kept. */
const reason = 'Ocupat, după calendarul propriu / Busy in one’s own calendar';

/** Asked before a calendar is read at all: it is long work, in a thread of its own. */
export const refusedCalendar = async (ports: Ports, context: CommandContext, staffId: string): Promise<Refusal | undefined> => {
  const stream = staffMembers.of(ports, staffId);
  const { state } = await stream.load();
  if (state.status === 'unknown') return refuse('not-found');
  return stream.forbids(context, state, { type: 'AbsenceRecorded', data: {} });
};

/**
 * A16. Makes the absences that came from a calendar those that it has now. Which absence came from it is seen from its id, which derives
 * from the person, the calendar, the time, and how often that time came and went; nothing else is remembered. What a person withdrew by
 * hand stays withdrawn, also when the calendar still has it.
 */
export const followCalendar =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, source, busy, until, complete }: FollowCalendar): Promise<CalendarFollowed | Refusal> => {
    const { identifiers } = ports;
    const refused = await refusedCalendar(ports, context, staffId);
    if (refused) return refused;
    const { state, events, position: before } = await staffMembers.of(ports, staffId).load();
    if (state.status === 'unknown') return refuse('not-found');
    const recording = (from: Instant, to: Instant, times: number): string =>
      identifiers.derive('calendar-absence', source, staffId, from, to, String(times));
    const withdrawing = (absenceId: string): string => identifiers.derive('calendar-absence-gone', absenceId);
    const standing = new Set(state.absences.map(({ absenceId }) => absenceId));
    const withdrawn = new Map(
      events.flatMap(({ fact, commandId }) => (fact.type === 'AbsenceWithdrawn' ? [[fact.data.absenceId, commandId] as const] : [])),
    );
    /** the newest absence of this calendar at this time, or the one that would be */
    const newest = (from: Instant, to: Instant): { readonly commandId: string; readonly absenceId: string } => {
      for (let times = 0; ; times += 1) {
        const commandId = recording(from, to, times);
        const absenceId = absenceIdOf(ports, commandId, staffId);
        if (withdrawn.get(absenceId) !== withdrawing(absenceId)) return { commandId, absenceId };
      }
    };
    let position: Position = before;
    const counts = { recorded: 0, withdrawn: 0, unchanged: 0, kept: 0 };
    const wanted = new Set<string>();
    for (const { from, to } of busy) {
      const { commandId, absenceId } = newest(from, to);
      wanted.add(absenceId);
      if (standing.has(absenceId) || withdrawn.has(absenceId)) {
        counts.unchanged += 1;
        continue;
      }
      const recorded = await recordAbsence(ports)({ ...context, commandId }, { staffId, from, to, reason });
      if (isRefusal(recorded)) return recorded;
      position = recorded.position;
      counts.recorded += 1;
    }
    for (const { absenceId, from, to } of state.absences) {
      if (to <= context.at || from >= until || wanted.has(absenceId) || newest(from, to).absenceId !== absenceId) continue;
      if (!complete) {
        counts.kept += 1;
        continue;
      }
      const gone = await withdrawAbsence(ports)({ ...context, commandId: withdrawing(absenceId) }, { staffId, absenceId });
      if (isRefusal(gone)) return gone;
      position = gone.position;
      counts.withdrawn += 1;
    }
    return done(counts, position);
  };
