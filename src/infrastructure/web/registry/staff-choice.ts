import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { civilDateOf } from '../../../domain/time/civil-time';

export type StaffChoice = { readonly staffId: string; readonly label: string };

/** A longer list is no choice any more, and too heavy for a page: then the id is typed. */
const mostChoices = 200;

/** The people who are there today, by department and name; nothing when there are too many to choose from. */
export const staffChoices = async (ports: Ports): Promise<readonly StaffChoice[] | undefined> => {
  const today = civilDateOf(ports.clock.now());
  const { rows, next } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, { limit: mostChoices });
  if (next !== undefined) return undefined;
  const here = rows.filter(({ leftOn }) => leftOn === null || leftOn > today);
  const named = await Promise.all(
    here.map(async ({ staffId, department, staff }) => ({
      staffId,
      department,
      name: (await ports.personalData.open(staff.name)) ?? staffId,
    })),
  );
  return named
    .sort((a, b) => a.department.localeCompare(b.department, 'ro') || a.name.localeCompare(b.name, 'ro'))
    .map(({ staffId, department, name }) => ({ staffId, label: `${name} – ${department}` }));
};
