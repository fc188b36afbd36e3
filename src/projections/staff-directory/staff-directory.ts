import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type Gone, type StaffDirectoryRow, type WorkedIn } from '../../application/kernel/ports/tables';
import type { StaffFact } from '../../domain/staff/facts';
import { staffMember } from '../../domain/staff/staff-member';
import { civilDateOf } from '../../domain/time/civil-time';
import { staffIdOf } from '../kernel/streams';

const workedIn = (before: StaffDirectoryRow['departments'] | undefined, fact: StaffFact): StaffDirectoryRow['departments'] | undefined => {
  if (fact.type !== 'StaffRegistered') return before;
  const { department, departmentCode, registeredAt } = fact.data;
  const now: WorkedIn = { from: civilDateOf(registeredAt), since: registeredAt, departmentCode, department };
  if (before === undefined) return [now];
  const last = before.at(-1);
  return last?.departmentCode === departmentCode && last.department === department ? before : [...before, now];
};

/** Registered anew, whoever had left is back, and nothing else keeps that they were gone. */
const goneUntil = (row: StaffDirectoryRow | undefined, fact: StaffFact): readonly Gone[] => {
  if (row === undefined) return [];
  const { gone, leftOn } = row;
  if (fact.type !== 'StaffRegistered' || leftOn === null) return gone;
  const until = civilDateOf(fact.data.registeredAt);
  return leftOn < until ? [...gone, { from: leftOn, until }] : gone;
};

/** One row a civil servant: who, where, hours and absences. */
export const staffDirectory: Projection<StaffDirectoryRow> = {
  name: tables.staffDirectory,
  keyedBy: 'staff id',
  told: 'a civil servant, hours and absences',
  version: 4,
  columns: { departmentCode: 'text', role: 'text', leftOn: 'text' },
  looksAt: { staff: 'all' },
  keysOf: (event) => (event.category === 'staff' ? [staffIdOf(event.stream)] : []),
  apply: (row, event) => {
    if (event.category !== 'staff') return row;
    const staff = staffMember.evolve(row?.staff ?? staffMember.initial, event.fact);
    const departments = workedIn(row?.departments, event.fact);
    if (staff.status === 'unknown' || departments === undefined) return undefined;
    const { staffId, role, department, departmentCode } = staff;
    return {
      staffId,
      role,
      department,
      departmentCode,
      leftOn: staff.leftOn ?? null,
      departments,
      gone: goneUntil(row, event.fact),
      staff,
    };
  },
};
