import { type CalendarFact, type CalendarState, workingCalendar } from '../../src/domain/calendar/calendar';
import { fold } from '../../src/domain/kernel/decider';
import { personal } from '../../src/domain/kernel/personal-text';
import type { StaffFact } from '../../src/domain/staff/facts';
import { staffMember, type StaffState } from '../../src/domain/staff/staff-member';

/** A civil servant in the executive staff, registered at the beginning of 2026, to whom these facts happened. */
export const staffWith = (...facts: readonly StaffFact[]): StaffState => fold(staffMember, [staffRegistered, ...facts]);

export const staffRegistered: StaffFact = {
  type: 'StaffRegistered',
  data: {
    staffId: 's002',
    name: personal('staff', 'Zoltán Marc'),
    email: personal('staff', 's002@primarie.example'),
    role: 'executive',
    department: 'Serviciul Autorizări urbanism',
    departmentCode: '425',
    registeredAt: '2026-01-05T08:00:00.000Z',
  },
};

export const absence = (absenceId: string, from: string, to: string): StaffFact => ({
  type: 'AbsenceRecorded',
  data: { absenceId, from, to, reason: personal('staff', 'concediu'), recordedAt: '2026-01-05T09:00:00.000Z' },
});

/** The calendar with these bridge days and no other decision. */
export const calendarWithBridgeDays = (...dates: readonly string[]): CalendarState =>
  fold(
    workingCalendar,
    dates.map((date): CalendarFact => ({
      type: 'BridgeDayDeclared',
      data: { date, decision: 'HG 1/2026', declaredAt: '2026-01-05T10:00:00.000Z' },
    })),
  );
