import { plusHours } from '../../../domain/time/civil-time';
import { outsideStatusOf, statusRegister } from '../../signed-log/outside-status';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

const patienceHours = 24;

const refusedWords = {
  'knows-longer-log': ['un jurnal mai lung decât al nostru', 'a longer log than ours'],
  'knows-other-log': ['un alt jurnal decât al nostru', 'another log than ours'],
  forgot: ['că nu mai știe ce a contrasemnat', 'that it no longer knows what it cosigned'],
} as const;

/** Whoever keeps checkpoints elsewhere: one who contradicts our log, and one who has been away for a day. */
export const checkOutside = async ({ kept, outside = [], now }: Patient): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  const found: Finding[] = [];
  const silent: string[] = [];
  for (const name of outside) {
    const standing = outsideStatusOf(await kept.register(statusRegister(name)));
    if (standing?.refused !== undefined) {
      const [ro, en] = refusedWords[standing.refused];
      found.push(
        finding(
          'witness-refused',
          [`Martorul ${name} spune ${ro}.`, `The witness ${name} says: ${en}.`],
          [
            'Jurnalul a fost scurtat, înlocuit sau adus dintr-o copie mai veche, sau martorul și-a pierdut starea: vezi docs/witnesses.md, „Când un martor refuză”.',
            'The log was cut short, replaced or put back from an older copy, or the witness has lost its state: see docs/witnesses.md, "When a witness refuses".',
          ],
        ),
      );
    } else if (standing?.waitingSince !== undefined && plusHours(standing.waitingSince, patienceHours) <= now) silent.push(name);
  }
  if (silent.length > 0)
    found.push(
      finding(
        'witness-silent',
        [
          `De peste ${patienceHours} de ore nu confirmă niciun sigiliu: ${silent.join(', ')}.`,
          `For more than ${patienceHours} hours no seal was confirmed by: ${silent.join(', ')}.`,
        ],
        [
          'Jurnalul serviciului spune de ce (outside.unavailable, outside.not-believed). Serviciul lucrează mai departe; ce s-a scris între timp nu are martor.',
          'The service’s journal says why (outside.unavailable, outside.not-believed). The service works on; what was written meanwhile has no witness.',
        ],
      ),
    );
  return found;
};
