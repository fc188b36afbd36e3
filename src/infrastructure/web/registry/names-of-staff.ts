import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';

/** The names of these people; nobody is in it whom nobody knows. */
export const namesOfStaff = async (ports: Ports, staffIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  for (const staffId of new Set(staffIds)) {
    const staff = await currentStaff(ports, staffId);
    const name = staff.status === 'unknown' ? undefined : await ports.personalData.open(staff.name);
    if (name !== undefined) names.set(staffId, name);
  }
  return names;
};
