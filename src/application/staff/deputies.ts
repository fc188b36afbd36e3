import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { nameDeputy as nameDeputyDecision, nameForDepartment, withdrawDeputy, withdrawFromDepartment } from '../../domain/staff/deputies';
import { hasLeft, type KnownStaff } from '../../domain/staff/staff-member';
import { civilDateOf } from '../../domain/time/civil-time';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { currentStaff, staffMembers } from '../kernel/streams';

type DeputyDone = Done<{ readonly staffId: string; readonly deputyshipId: string }>;

/** Days are inclusive. */
export type NameDeputyInput = { readonly staffId: string; readonly deputy: string; readonly from: CivilDate; readonly to: CivilDate };

export class NameDeputy extends Command<NameDeputyInput, DeputyDone> {}

/** A3. A colleague stands in for this person on these days: what an absence is in the way of is proposed to them first. */
export const nameDeputy =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, deputy, from, to }: NameDeputyInput): Promise<DeputyDone | Refusal> => {
    const deputyshipId = ports.identifiers.derive(context.commandId, 'deputy', staffId);
    const who = { staffId: deputy, state: await currentStaff(ports, deputy) };
    const named = await staffMembers
      .of(ports, staffId)
      .transact(context, 'deputy', (state) => nameDeputyDecision({ deputyshipId, from, to, at: context.at }, who, state));
    return isRefusal(named) ? named : done({ staffId, deputyshipId }, named.position);
  };

export type WithdrawDeputyInput = { readonly staffId: string; readonly deputyshipId: string };

export class WithdrawDeputy extends Command<WithdrawDeputyInput, DeputyDone> {}

/** That colleague does not stand in for this person, or no longer. */
export const deputyWithdrawn =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, deputyshipId }: WithdrawDeputyInput): Promise<DeputyDone | Refusal> => {
    const withdrawn = await staffMembers
      .of(ports, staffId)
      .transact(context, 'withdraw deputy', (state) => withdrawDeputy({ deputyshipId, at: context.at }, state));
    return isRefusal(withdrawn) ? withdrawn : done({ staffId, deputyshipId }, withdrawn.position);
  };

/** Days are inclusive. */
export type NameDepartmentDeputyInput = { readonly staffId: string; readonly from: CivilDate; readonly to: CivilDate };

export class NameDepartmentDeputy extends Command<NameDepartmentDeputyInput, DeputyDone> {}

/** A3. This person stands in for every official of their department on these days. */
export const nameDepartmentDeputy =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, from, to }: NameDepartmentDeputyInput): Promise<DeputyDone | Refusal> => {
    const deputyshipId = ports.identifiers.derive(context.commandId, 'department deputy', staffId);
    const named = await staffMembers
      .of(ports, staffId)
      .transact(context, 'department deputy', (state) => nameForDepartment({ deputyshipId, from, to, at: context.at }, state));
    return isRefusal(named) ? named : done({ staffId, deputyshipId }, named.position);
  };

export class WithdrawDepartmentDeputy extends Command<WithdrawDeputyInput, DeputyDone> {}

/** This person does not stand in for the department, or no longer. */
export const departmentDeputyWithdrawn =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, deputyshipId }: WithdrawDeputyInput): Promise<DeputyDone | Refusal> => {
    const withdrawn = await staffMembers
      .of(ports, staffId)
      .transact(context, 'withdraw department deputy', (state) => withdrawFromDepartment({ deputyshipId, at: context.at }, state));
    return isRefusal(withdrawn) ? withdrawn : done({ staffId, deputyshipId }, withdrawn.position);
  };

/** Days are inclusive; `staffId` and `name` are those of the deputy. */
export type DeputyView = {
  readonly deputyshipId: string;
  readonly staffId: string;
  readonly name: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
};
export type DeputiesView = {
  readonly staffId: string;
  /** for this person, not over yet, the nearest first */
  readonly own: readonly DeputyView[];
  /** for every official of the department, likewise */
  readonly department: readonly DeputyView[];
  /** who may be named: of the department, and not gone */
  readonly colleagues: readonly { readonly staffId: string; readonly name: string }[];
};

export class GetDeputies extends Query<{ readonly staffId: string }, DeputiesView | Refusal> {}

/** A3: who stands in for an official, and for their department, from today on. */
export const deputies =
  (ports: Ports) =>
  async ({ staffId }: { readonly staffId: string }): Promise<DeputiesView | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    if (staff.status === 'unknown') return refuse('not-found');
    const today = civilDateOf(ports.clock.now());
    const { departmentCode } = staff;
    const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      where: [{ column: 'departmentCode', is: departmentCode }],
    });
    const known = (await Promise.all(rows.map((row) => currentStaff(ports, row.staffId)))).filter(
      (one): one is KnownStaff => one.status === 'known' && one.departmentCode === departmentCode,
    );
    const nameOf = async (one: KnownStaff) => (await ports.personalData.open(one.name)) ?? erasedMark;
    const names = new Map(await Promise.all(known.map(async (one) => [one.staffId, await nameOf(one)] as const)));
    const inOrder = (views: readonly DeputyView[]) => views.filter(({ to }) => to >= today).toSorted((a, b) => (a.from < b.from ? -1 : 1));
    return {
      staffId,
      // a deputy who is of another department by now takes none of the meetings
      own: inOrder(
        (staff.deputies ?? []).flatMap(({ deputy, ...days }) => {
          const name = names.get(deputy);
          return name === undefined ? [] : [{ ...days, staffId: deputy, name }];
        }),
      ),
      department: inOrder(
        known.flatMap((one) =>
          (one.standsInFor ?? [])
            .filter((days) => days.departmentCode === departmentCode)
            .map(({ deputyshipId, from, to }) => ({
              deputyshipId,
              staffId: one.staffId,
              name: names.get(one.staffId) ?? one.staffId,
              from,
              to,
            })),
        ),
      ),
      colleagues: known
        .filter((one) => one.staffId !== staffId && !hasLeft(one, today))
        .map((one) => ({ staffId: one.staffId, name: names.get(one.staffId) ?? one.staffId }))
        .toSorted((a, b) => (a.staffId < b.staffId ? -1 : 1)),
    };
  };
