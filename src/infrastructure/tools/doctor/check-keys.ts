import { erasedKey } from '../../log/keys/erased-key';
import { eachReadable } from './each-readable';
import { finding, type Finding } from './finding';
import { fromBackup } from './from-backup';
import type { Kept } from './kept';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

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
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      finding(
        'keys-missing',
        inBoth.doctor.checkKeys.keysPeopleNotErased({ missing: missing.length }),
        inBoth.doctor.checkKeys.olderThanLog({ restore: fromBackup(patient) }),
      ),
    );
  if (alive.length > 0)
    found.push(
      finding(
        'keys-not-destroyed',
        inBoth.doctor.checkKeys.erasedPeopleTheirKey({ alive: alive.length }),
        inBoth.doctor.checkKeys.restartServiceStartDestroys,
      ),
    );
  return found;
};
