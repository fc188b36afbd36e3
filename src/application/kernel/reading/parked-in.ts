import type { Ports } from '../ports/ports';
import { madeOf } from '../ports/tables';

/**
 * How many rows wait for a person, of this table and of those that it is made of. A list shows nothing of such a row, or what stood before.
 */
export const parkedIn = async ({ readModels }: Pick<Ports, 'readModels'>, table: string): Promise<number> => {
  const made = madeOf(table);
  return (await readModels.parked()).filter(({ projection, filling }) => made.includes(projection) && !filling).length;
};
