import { erasedKey } from '../../log/keys/erased-key';
import { eachReadable } from './each-readable';
import { finding, type Finding } from './finding';
import { fromBackup } from './from-backup';
import type { Kept } from './kept';
import type { Patient } from './patient';

const sealedForm = /"sealed":"[^"]*","key":"([^"]+)"/g;

type InUse = { readonly sealing: ReadonlySet<string>; readonly erased: ReadonlySet<string> };

const inUse = async (kept: Kept): Promise<InUse> => {
  const sealing = new Set<string>();
  const erased = new Set<string>();
  await eachReadable(kept, (stream) => {
    for (const event of stream) {
      for (const [, key = ''] of event.body.matchAll(sealedForm)) sealing.add(key.includes(':') ? key : `${key}:${event.stream}`);
      const gone = erasedKey(event.type, event.stream);
      if (gone !== undefined) erased.add(gone);
    }
  });
  return { sealing, erased };
};

/** Every sealed text has its key, or the mark of a destroyed one; whoever was erased has none. */
export const checkKeys = async (patient: Patient): Promise<readonly Finding[]> => {
  const { kept } = patient;
  if (kept === undefined) return [];
  const { sealing, erased } = await inUse(kept);
  const keys = await kept.keys(new Set([...sealing, ...erased]));
  if (keys === undefined) return [];
  const missing = [...sealing].filter((name) => !keys.has(name));
  const alive = [...erased].filter((name) => keys.get(name) === true);
  const [ro, en] = fromBackup(patient);
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      finding(
        'keys-missing',
        [
          `Lipsesc ${missing.length} chei ale unor persoane care nu au fost șterse.`,
          `${missing.length} keys of people who were not erased are missing.`,
        ],
        [`Cheile sunt mai vechi decât jurnalul, sau deteriorate: ${ro}.`, `The keys are older than the log, or damaged: ${en}.`],
      ),
    );
  if (alive.length > 0)
    found.push(
      finding(
        'keys-not-destroyed',
        [`${alive.length} persoane șterse mai au cheia.`, `${alive.length} erased people still have their key.`],
        [
          'Reporniți serviciul: la pornire distruge din nou aceste chei.',
          'Restart the service: at its start it destroys these keys again.',
        ],
      ),
    );
  return found;
};
