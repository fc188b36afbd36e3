import { accept, type Decision, noChange } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { DepartmentDeputyNamed, DepartmentDeputyWithdrawn, DeputyNamed, DeputyWithdrawn } from './facts';
import { type Days, hasLeft, type KnownStaff, type StaffState } from './staff-member';

const faultOfDays = ({ from, to }: Days, at: Instant): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!isCivilDate(from)) return invalid('from', 'not-a-date');
  if (!isCivilDate(to)) return invalid('to', 'not-a-date');
  if (to < from) return invalid('to', 'before-from');
  return to < civilDateOf(at) ? invalid('to', 'in-the-past') : undefined;
};

export type NameDeputy = Days & { readonly deputyshipId: string; readonly at: Instant };

/**
 * A3. A deputy stands in for this person on these days. Refuses `not-found` for a stranger, and `invalid` naming the field: for oneself,
 * for a person of another department or who has left by then, for days that end before they begin or are over.
 */
export const nameDeputy = (
  { deputyshipId, from, to, at }: NameDeputy,
  deputy: { readonly staffId: string; readonly state: StaffState },
  state: StaffState,
): Decision<DeputyNamed> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.deputies?.some((one) => one.deputyshipId === deputyshipId) === true) return noChange();
  const fault = faultOfDays({ from, to }, at) ?? faultOfDeputy(deputy.state, deputy.staffId, state, to);
  if (fault !== undefined) return fault;
  return accept({ type: 'DeputyNamed', data: { deputyshipId, deputy: deputy.staffId, from, to, namedAt: at } });
};

const faultOfDeputy = (deputy: StaffState, staffId: string, state: KnownStaff, to: CivilDate): Refusal | undefined => {
  const invalid = (reason: string): Refusal => refuse('invalid', { field: 'deputy', reason });
  if (staffId === state.staffId) return invalid('same-person');
  if (deputy.status === 'unknown') return invalid('nobody');
  if (deputy.departmentCode !== state.departmentCode) return invalid('deputy-elsewhere');
  return hasLeft(deputy, to) ? invalid('gone-by-then') : undefined;
};

/** Refuses `not-found` for what was never named. */
export const withdrawDeputy = (
  { deputyshipId, at }: { readonly deputyshipId: string; readonly at: Instant },
  state: StaffState,
): Decision<DeputyWithdrawn> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.withdrawnDeputies?.includes(deputyshipId) === true) return noChange();
  if (state.deputies?.some((one) => one.deputyshipId === deputyshipId) !== true) return refuse('not-found');
  return accept({ type: 'DeputyWithdrawn', data: { deputyshipId, withdrawnAt: at } });
};

/** A3. This person stands in for all members of their department on these days. Refuses as for one person. */
export const nameForDepartment = ({ deputyshipId, from, to, at }: NameDeputy, state: StaffState): Decision<DepartmentDeputyNamed> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.standsInFor?.some((one) => one.deputyshipId === deputyshipId) === true) return noChange();
  const fault = faultOfDays({ from, to }, at);
  if (fault !== undefined) return fault;
  if (hasLeft(state, to)) return refuse('invalid', { field: 'deputy', reason: 'gone-by-then' });
  const { departmentCode } = state;
  return accept({ type: 'DepartmentDeputyNamed', data: { deputyshipId, departmentCode, from, to, namedAt: at } });
};

/** Refuses `not-found` for what was never named. */
export const withdrawFromDepartment = (
  { deputyshipId, at }: { readonly deputyshipId: string; readonly at: Instant },
  state: StaffState,
): Decision<DepartmentDeputyWithdrawn> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.withdrawnDeputies?.includes(deputyshipId) === true) return noChange();
  if (state.standsInFor?.some((one) => one.deputyshipId === deputyshipId) !== true) return refuse('not-found');
  return accept({ type: 'DepartmentDeputyWithdrawn', data: { deputyshipId, withdrawnAt: at } });
};

const isOn = ({ from, to }: Days, date: CivilDate): boolean => from <= date && date <= to;

/** How near a colleague stands to another person's meetings of a day: named for the person, for the department, or not at all. */
export type DeputyFor = 'person' | 'department' | 'colleague';

/** A3: as what this colleague could take a meeting of that person on that day. */
export const deputyFor = (colleague: KnownStaff, person: KnownStaff, date: CivilDate): DeputyFor => {
  if (person.deputies?.some((one) => one.deputy === colleague.staffId && isOn(one, date)) === true) return 'person';
  const { departmentCode } = person;
  return colleague.standsInFor?.some((one) => one.departmentCode === departmentCode && isOn(one, date)) === true
    ? 'department'
    : 'colleague';
};
