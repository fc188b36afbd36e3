import type { Ports } from '../ports/ports';
import { madeOf } from '../ports/tables';

/** How many rows wait for a person of which a list of this table says nothing, or what stood before: its own, and those that they are made of. */
export const parkedIn = async ({ readModels }: Pick<Ports, 'readModels'>, table: string): Promise<number> => {
  const made = madeOf(table);
  return (await readModels.parked()).filter(({ projection, filling }) => made.includes(projection) && !filling).length;
};
