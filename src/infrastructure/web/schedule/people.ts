import type { Official } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';

export type Colleague = { readonly staffId: string; readonly name: string };

/** Everybody of a head's department, by name; nobody for those who head nothing. Who has left is still there: meetings may be left behind. */
export const peopleOf = async (ports: Ports, { role, departmentCode }: Official): Promise<readonly Colleague[]> => {
  if (role !== 'head' || departmentCode === undefined) return [];
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
    limit: 500,
  });
  const people = await Promise.all(
    rows.map(async ({ staffId, staff }) => ({ staffId, name: (await ports.personalData.open(staff.name)) ?? staffId })),
  );
  return people.toSorted((a, b) => a.name.localeCompare(b.name, 'ro'));
};
