import { unreachable, type Aggregate } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';
import { civilDateOf } from '../time/civil-time';
import type { StaffFact, StaffRole, WeeklyHours } from './facts';

export type Absence = { readonly absenceId: string; readonly from: Instant; readonly to: Instant; readonly reason: PersonalText };
/** A week and the day from which it holds. */
export type HoursFrom = { readonly from: CivilDate; readonly week: WeeklyHours };

export type KnownStaff = {
  readonly status: 'known';
  readonly staffId: string;
  readonly name: PersonalText;
  readonly email: PersonalText;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  /** in the order in which they were set */
  readonly hours: readonly HoursFrom[];
  /** those not withdrawn */
  readonly absences: readonly Absence[];
  readonly withdrawnAbsences: readonly string[];
  /** the first day on which the person is no longer there */
  readonly leftOn?: CivilDate;
};
export type StaffState = { readonly status: 'unknown' } | KnownStaff;

/** A16, where nobody set anything else. */
export const defaultWeek: WeeklyHours = {
  mon: [['08:00', '16:00']],
  tue: [['08:00', '16:00']],
  wed: [['08:00', '16:00']],
  thu: [['08:00', '17:30']],
  fri: [['08:00', '14:30']],
};

const registered = (state: StaffState, data: Extract<StaffFact, { type: 'StaffRegistered' }>['data']): KnownStaff => {
  const { staffId, name, email, role, department, departmentCode, registeredAt } = data;
  const person = { status: 'known', staffId, name, email, role, department, departmentCode } as const;
  if (state.status === 'unknown') return { ...person, hours: [], absences: [], withdrawnAbsences: [] };
  const { hours, absences, withdrawnAbsences, leftOn } = state;
  const kept = { ...person, hours, absences, withdrawnAbsences };
  // Registered anew after leaving means being back; a leaving that is only announced stays announced.
  return leftOn === undefined || leftOn <= civilDateOf(registeredAt) ? kept : { ...kept, leftOn };
};

/** One civil servant: who and where, weekly hours, absences, leaving. */
export const staffMember: Aggregate<StaffState, StaffFact> & { readonly category: 'staff' } = {
  category: 'staff',
  initial: { status: 'unknown' },
  evolve: (state, fact) => {
    if (fact.type === 'StaffRegistered') return registered(state, fact.data);
    if (state.status === 'unknown') return state;
    switch (fact.type) {
      case 'WorkingHoursSet':
        return { ...state, hours: [...state.hours, { from: fact.data.from, week: fact.data.week }] };
      case 'AbsenceRecorded': {
        const { absenceId, from, to, reason } = fact.data;
        return { ...state, absences: [...state.absences, { absenceId, from, to, reason }] };
      }
      case 'AbsenceWithdrawn':
        return {
          ...state,
          absences: state.absences.filter(({ absenceId }) => absenceId !== fact.data.absenceId),
          withdrawnAbsences: [...state.withdrawnAbsences, fact.data.absenceId],
        };
      case 'StaffLeft':
        return { ...state, leftOn: fact.data.on };
      default:
        return unreachable(state, fact);
    }
  },
};
