import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type StaffDirectoryRow } from '../../application/kernel/ports/tables';
import { staffMember } from '../../domain/staff/staff-member';
import { staffIdOf } from '../kernel/streams';

/** One row a civil servant: who, where, hours and absences. */
export const staffDirectory: Projection<StaffDirectoryRow> = {
  name: tables.staffDirectory,
  keyedBy: 'staff id',
  told: 'a civil servant, hours and absences',
  version: 1,
  columns: { departmentCode: 'text', role: 'text', leftOn: 'text' },
  looksAt: { staff: 'all' },
  keysOf: (event) => (event.category === 'staff' ? [staffIdOf(event.stream)] : []),
  apply: (row, event) => {
    if (event.category !== 'staff') return row;
    const staff = staffMember.evolve(row?.staff ?? staffMember.initial, event.fact);
    if (staff.status === 'unknown') return undefined;
    const { staffId, role, department, departmentCode } = staff;
    return { staffId, role, department, departmentCode, leftOn: staff.leftOn ?? null, staff };
  },
};
