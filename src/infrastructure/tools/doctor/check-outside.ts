import { plusHours } from '../../../domain/time/civil-time';
import { outsideStatusOf, statusRegister } from '../../signed-log/outside-status';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

const patienceHours = 24;

/** Whoever keeps checkpoints elsewhere: one who contradicts our log, and one who has been away for a day. */
export const checkOutside = async ({ kept, outside = [], now }: Patient): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const found: Finding[] = [];
  const silent: string[] = [];
  for (const name of outside) {
    const standing = outsideStatusOf(await kept.register(statusRegister(name)));
    if (standing?.refused !== undefined) {
      found.push(
        finding(
          'witness-refused',
          inBoth.doctor.checkOutside.witnessSays({ name, what: inBoth.doctor.checkOutside.refused[standing.refused] }),
          inBoth.doctor.checkOutside.logCutShortReplaced,
        ),
      );
    } else if (standing?.waitingSince !== undefined && plusHours(standing.waitingSince, patienceHours) <= now) silent.push(name);
  }
  if (silent.length > 0)
    found.push(
      finding(
        'witness-silent',
        inBoth.doctor.checkOutside.moreHoursNoSeal({ patienceHours, silent: silent.join(', ') }),
        inBoth.doctor.checkOutside.servicesJournalSaysWhy,
      ),
    );
  return found;
};
