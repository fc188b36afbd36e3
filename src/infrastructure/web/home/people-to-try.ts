import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { withNames } from '../registry/request-parts';

/** A person whose part a visitor can take where people try the service out. */
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
  const people = await withNames(
    ports,
    rows.filter(({ leftOn }) => leftOn === null),
  );
  return people
    .map(({ staffId, role, name, department }) => ({
      staffId,
      role: role === 'executive' ? ('staff' as const) : ('head' as const),
      name,
      department,
    }))
    .toSorted((a, b) => a.department.localeCompare(b.department, 'ro'));
};
