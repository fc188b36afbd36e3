import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';

/** Somebody whose part can be taken where people try it out. */
export type PersonToTry = {
  readonly staffId: string;
  readonly role: 'staff' | 'head';
  readonly name: string;
  readonly department: string;
};

const mostPeople = 50;

/** The civil servants of this installation, those of one department together. */
export const peopleToTry = async (ports: Ports): Promise<readonly PersonToTry[]> => {
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, { limit: mostPeople });
  const people = await Promise.all(
    rows
      .filter(({ leftOn }) => leftOn === null)
      .map(async ({ staffId, role, department, staff }) => ({
        staffId,
        role: role === 'executive' ? ('staff' as const) : ('head' as const),
        name: (await ports.personalData.open(staff.name)) ?? staffId,
        department,
      })),
  );
  return people.toSorted((a, b) => a.department.localeCompare(b.department, 'ro'));
};
