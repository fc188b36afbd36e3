import { accept, nothing, type Decision } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { StaffLeft, StaffRegistered, StaffRole } from './facts';
import { hasLeft } from './hours';
import type { StaffState } from './staff-member';

export type RegisterStaff = {
  readonly staffId: string;
  readonly name: ClearText;
  readonly email: ClearText;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  /** whether the name is the one on record: the state holds it sealed, so the use case compares */
  readonly sameName: boolean;
  readonly sameEmail: boolean;
  readonly at: Instant;
};

// An id stands in stream names such as `agenda-<staffId>_<date>`, so it has no underscore and no blank.
const staffIdForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
/** Whether this could stand for somebody in facts and stream names: those are for ever, and an address or a name has no place there. */
export const isStaffId = (text: string): boolean => staffIdForm.test(text);
const departmentCodeForm = /^[A-Za-z0-9]{1,16}$/;
const emailForm = /^[^\s@]+@[^\s@]+$/;

const fault = (command: RegisterStaff): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!isStaffId(command.staffId)) return invalid('staffId', 'malformed');
  if (command.name.clear.trim() === '') return invalid('name', 'empty');
  if (!emailForm.test(command.email.clear)) return invalid('email', 'malformed');
  if (command.department.trim() === '') return invalid('department', 'empty');
  if (!departmentCodeForm.test(command.departmentCode)) return invalid('departmentCode', 'malformed');
  return undefined;
};

const isUnchanged = (command: RegisterStaff, state: StaffState): boolean =>
  state.status === 'known' &&
  command.sameName &&
  command.sameEmail &&
  command.role === state.role &&
  command.department === state.department &&
  command.departmentCode === state.departmentCode &&
  !hasLeft(state, civilDateOf(command.at));

/** Registers a person, or anew when something changed or the person is back. Refuses `invalid` naming the field. */
export const registerStaff = (command: RegisterStaff, state: StaffState): Decision<StaffRegistered> => {
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  if (isUnchanged(command, state)) return nothing();
  const { staffId, name, email, role, department, departmentCode, at } = command;
  return accept({ type: 'StaffRegistered', data: { staffId, name, email, role, department, departmentCode, registeredAt: at } });
};

/** The person is no longer there from `on`. Refuses `not-found` for a stranger; another date replaces the one announced. */
export const leave = (command: { readonly on: CivilDate; readonly at: Instant }, state: StaffState): Decision<StaffLeft> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (!isCivilDate(command.on)) return refuse('invalid', { field: 'on', reason: 'not-a-date' });
  if (state.leftOn === command.on) return nothing();
  return accept({ type: 'StaffLeft', data: { on: command.on, recordedAt: command.at } });
};
