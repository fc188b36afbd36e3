import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import type { KnownStaff } from '../../domain/staff/staff-member';
import { startOfDay } from '../../domain/time/civil-time';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentStaff, staffMembers } from '../kernel/streams';
import { inTheWay } from '../staff/in-the-way';
import { followedMeetings, type MeetingOfAbsence } from './followed-meetings';
import { type ConfirmedMoves, type MeetingLeft, type MeetingToMove, moveAll, waysOut } from './ways-out';

/** The official who has left, or whose leaving is announced; nothing for any other. */
const whoLeft = async (ports: Ports, staffId: string): Promise<{ readonly staff: KnownStaff; readonly on: CivilDate } | undefined> => {
  const staff = await currentStaff(ports, staffId);
  return staff.status === 'known' && staff.leftOn !== undefined ? { staff, on: staff.leftOn } : undefined;
};

export type DeparturePlanQuery = {
  readonly staffId: string;
  /** whether the caller may give meetings to colleagues (A3) */
  readonly mayHandOn: boolean;
};
export type DeparturePlan = { readonly on: CivilDate; readonly meetings: readonly MeetingToMove[] };

export class PlanDeparture extends Query<DeparturePlanQuery, DeparturePlan | Refusal> {}

/**
 * Art. 8. An official leaves, or has left: for every meeting on the day of leaving or later, to which colleague it may go, at its hour or,
 * where no colleague is free then, at another. Nothing is changed by asking. Refuses `not-found` where it is not recorded that the official
 * leaves.
 */
export const planDeparture =
  (ports: Ports) =>
  async ({ staffId, mayHandOn }: DeparturePlanQuery): Promise<DeparturePlan | Refusal> => {
    const left = await whoLeft(ports, staffId);
    if (left === undefined) return refuse('not-found');
    const { staff, on } = left;
    const meetings = await inTheWay(ports)({ staffId, change: { kind: 'departure', on } });
    return isRefusal(meetings) ? meetings : { on, meetings: await waysOut(ports, { staff, mayHandOn }, meetings) };
  };

export type ArrangeDepartureInput = { readonly staffId: string } & ConfirmedMoves;
type Arranged = { readonly staffId: string; readonly moved: number; readonly left: readonly MeetingLeft[] };

export class ArrangeDeparture extends Command<ArrangeDepartureInput, Done<Arranged>> {}

/**
 * Art. 8 (A3, A20). In one act, where each meeting of an official who leaves goes: by the rules of every move, and told by its letter. A
 * meeting that cannot be moved any more stays a task. Refuses `not-found` where it is not recorded that the official leaves, and
 * `forbidden` for a caller who may not give meetings to others. The same command again moves nothing twice.
 */
export const arrangeDeparture =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, ...confirmed }: ArrangeDepartureInput): Promise<Done<Arranged> | Refusal> => {
    if ((await whoLeft(ports, staffId)) === undefined) return refuse('not-found');
    const { position } = await staffMembers.of(ports, staffId).load();
    const { reached, ...arranged } = await moveAll(ports, context, confirmed, position);
    const isForbidden = arranged.left.length > 0 && arranged.left.every(({ code }) => code === 'forbidden');
    return isForbidden && arranged.moved === 0 ? refuse('forbidden') : done({ staffId, ...arranged }, reached);
  };

export type DepartureFollowed = { readonly on: CivilDate; readonly meetings: readonly MeetingOfAbsence[] };

export class FollowDeparture extends Query<{ readonly staffId: string }, DepartureFollowed | Refusal> {}

/** Art. 8: what became of the meetings of an official who leaves: those that still wait, and those whose citizens were not told yet. */
export const followDeparture =
  (ports: Ports) =>
  async ({ staffId }: { readonly staffId: string }): Promise<DepartureFollowed | Refusal> => {
    const left = await whoLeft(ports, staffId);
    if (left === undefined) return refuse('not-found');
    const { on } = left;
    return { on, meetings: await followedMeetings(ports, staffId, { from: startOfDay(on) }) };
  };
