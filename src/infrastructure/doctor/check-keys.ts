import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { openReading } from '../sqlite/open-database';
import { eventsByStream } from './check-log';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

const sealedForm = /"sealed":"[^"]*","key":"([^"]+)"/g;

/** `true` for a living key, `false` for a destroyed one. */
const keysOf = (folder: string): ReadonlyMap<string, boolean> => {
  const database = openReading(pathIn(folder, dataFiles.keys));
  const rows = database
    .prepare<[], { readonly name: string; readonly alive: number }>('SELECT name, wrapped IS NOT NULL AS alive FROM keys')
    .all();
  database.close();
  return new Map(rows.map(({ name, alive }) => [name, alive !== 0]));
};

const inUse = (folder: string): { readonly sealing: ReadonlySet<string>; readonly erased: ReadonlySet<string> } => {
  const sealing = new Set<string>();
  const erased = new Set<string>();
  for (const stream of eventsByStream(folder)) {
    for (const event of stream) {
      for (const [, key = ''] of event.body.matchAll(sealedForm)) sealing.add(key.includes(':') ? key : `${key}:${event.stream}`);
      if (event.type === 'PersonalDataErased') erased.add(`${event.stream.startsWith('request-') ? 'name' : 'contact'}:${event.stream}`);
    }
  }
  return { sealing, erased };
};

/** Every sealed text has its key, or the mark of a destroyed one; whoever was erased has none. */
export const checkKeys = ({ folder }: Patient): readonly Finding[] => {
  if (![dataFiles.events, dataFiles.keys].every((name) => existsSync(pathIn(folder, name)))) return [];
  const keys = keysOf(folder);
  const { sealing, erased } = inUse(folder);
  const missing = [...sealing].filter((name) => !keys.has(name));
  const alive = [...erased].filter((name) => keys.get(name) === true);
  const found: Finding[] = [];
  if (missing.length > 0)
    found.push(
      finding(
        'keys-missing',
        [
          `Lipsesc ${missing.length} chei ale unor persoane care nu au fost șterse.`,
          `${missing.length} keys of people who were not erased are missing.`,
        ],
        [
          'keys.db este mai veche decât jurnalul: puneți la loc copia ei mai nouă (tichet restore).',
          'keys.db is older than the log: put back its newer backup (tichet restore).',
        ],
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
