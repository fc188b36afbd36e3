import { fold } from '../../domain/kernel/decider';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { recordAbsence, staffMember } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentStaff } from '../kernel/streams';
import { instantOf } from '../kernel/typed-values';
import { inTheWay } from '../staff/in-the-way';
import { recordAbsence as recordAbsenceUseCase, type RecordAbsenceInput } from '../staff/record-absence';
import { followedMeetings, type MeetingOfAbsence } from './followed-meetings';
import { type ConfirmedMoves, type MeetingLeft, type MeetingToMove, moveAll, waysOut } from './ways-out';

export type AbsencePlanQuery = {
  readonly staffId: string;
  /** instants, `from` inclusive, `to` exclusive */
  readonly from: string;
  readonly to: string;
  /** whether the caller may give meetings to colleagues (A3) */
  readonly mayHandOn: boolean;
};

export class PlanAbsence extends Query<AbsencePlanQuery, readonly MeetingToMove[] | Refusal> {}

/**
 * Art. 8. For every meeting that the absence would be in the way of, where it may go. Nothing is changed by asking.
 * Refuses what the absence itself is refused for.
 */
export const planAbsence =
  (ports: Ports) =>
  async ({ staffId, mayHandOn, ...asked }: AbsencePlanQuery): Promise<readonly MeetingToMove[] | Refusal> => {
    const begin = instantOf('from', asked.from);
    if (isRefusal(begin)) return begin;
    const end = instantOf('to', asked.to);
    if (isRefusal(end)) return end;
    const [from, to] = [begin.instant, end.instant];
    const staff = await currentStaff(ports, staffId);
    const meetings = await inTheWay(ports)({ staffId, change: { kind: 'absence', from, to } });
    if (isRefusal(meetings)) return meetings;
    const decision = recordAbsence({ absenceId: 'asked', from, to, reason: personal('staff', ''), at: ports.clock.now() }, staff);
    if (isRefusal(decision)) return decision;
    const away = fold(staffMember, decision.facts, staff);
    return away.status === 'unknown' ? refuse('not-found') : waysOut(ports, { staff: away, backAt: to, mayHandOn }, meetings);
  };

export type ArrangeAbsenceInput = RecordAbsenceInput & ConfirmedMoves;
type Arranged = { readonly staffId: string; readonly absenceId: string; readonly moved: number; readonly left: readonly MeetingLeft[] };

export class ArrangeAbsence extends Command<ArrangeAbsenceInput, Done<Arranged>> {}

/**
 * Art. 8 (A3, A16, A20). An absence, and in one act where each meeting in its way goes: by the rules of every move, and told by its letter.
 * What cannot be moved any more stays where it is, and becomes a task. The same command again moves nothing twice.
 */
export const arrangeAbsence =
  (ports: Ports) =>
  async (
    context: CommandContext,
    { moves, because, becauseInWords, ...absence }: ArrangeAbsenceInput,
  ): Promise<Done<Arranged> | Refusal> => {
    const recorded = await recordAbsenceUseCase(ports)(context, absence);
    if (isRefusal(recorded)) return recorded;
    const { reached, ...arranged } = await moveAll(ports, context, { moves, because, becauseInWords }, recorded.position);
    return done({ ...recorded.value, ...arranged }, reached);
  };

export type AbsenceFollowed = { readonly from: Instant; readonly to: Instant; readonly meetings: readonly MeetingOfAbsence[] };

export class FollowAbsence extends Query<{ readonly staffId: string; readonly absenceId: string }, AbsenceFollowed | Refusal> {}

/**
 * Art. 8: what became of the meetings of an absence: those that still wait to be moved, and those whose citizens have not been told yet.
 */
export const followAbsence =
  (ports: Ports) =>
  async ({ staffId, absenceId }: { readonly staffId: string; readonly absenceId: string }): Promise<AbsenceFollowed | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    const absence = staff.status === 'unknown' ? undefined : staff.absences.find((one) => one.absenceId === absenceId);
    if (absence === undefined) return refuse('not-found');
    const { from, to } = absence;
    return { from, to, meetings: await followedMeetings(ports, staffId, { from, to }) };
  };
