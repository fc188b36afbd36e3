import { noteVerifierOf } from '../signed-log/signed-note';
import { publicationName } from '../proof/publication/publication-name';
import type { WitnessAt } from '../proof/outside-over-http';
import { timeStampName } from '../signed-log/time-stamp/time-stamp';
import { folderWitnessName } from '../signed-log/witness/folder-witness';
import { isEntry, isText, jsonOf, nameIn, urlIn, type Say } from './entries-of-file';
import { fault, type SettingFault } from './setting-fault';
import type { Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';

const setting = 'TICHET_WITNESSES_FILE';
const fields: readonly string[] = ['name', 'url', 'verifier', 'private'];

/** Of those whom other settings name. */
const reserved: readonly string[] = [folderWitnessName, timeStampName, publicationName];

const witnessOf = (entry: unknown, number: number, faults: SettingFault[]): WitnessAt | null => {
  const say: Say = (ro, en) => {
    faults.push(fault(setting, `Martorul ${number}: ${ro}`, `Witness ${number}: ${en}`));
    return null;
  };
  if (!isEntry(entry)) return say('Trebuie să fie un obiect JSON.', 'It must be a JSON object.');
  const unknown = Object.keys(entry).find((field) => !fields.includes(field));
  if (unknown !== undefined) return say(`Câmp necunoscut: „${unknown}”.`, `Unknown field: "${unknown}".`);
  const { verifier: line, private: ours = false } = entry;
  if (typeof ours !== 'boolean') return say('„private” trebuie să fie true sau false.', '"private" must be true or false.');
  const [name, url] = [nameIn(entry, say), urlIn(entry, say)];
  const verifier = isText(line) ? noteVerifierOf(line) : undefined;
  if (verifier?.algorithm !== 4)
    return say(
      '„verifier” nu este linia cheii unui martor: nume+8 cifre+base64, cum o scrie tichet witness la pornire.',
      '"verifier" is not the line of a witness’s key: name+8 digits+base64, as tichet witness prints it at its start.',
    );
  if (name !== null && reserved.includes(name))
    return say(`Numele „${name}” este al serviciului; alegeți altul.`, `The name "${name}" is the service’s own; choose another one.`);
  if (url !== null && new URL(url).search !== '') return say('„url” nu poate avea parametri (?).', '"url" must not have a query (?).');
  return name && url ? { name, url: url.replace(/\/+$/u, ''), verifier, private: ours } : null;
};

/** Witnesses that others run; left out, nobody is asked. */
export const witnessesIn = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): readonly WitnessAt[] => {
  const text = textInFile(environment, setting, readFile, faults);
  if (text === undefined) return [];
  const content = jsonOf(text);
  if (!Array.isArray(content)) {
    faults.push(
      fault(
        setting,
        'Fișierul trebuie să fie o listă JSON de martori: [{"name": …, "url": …, "verifier": …}].',
        'The file must be a JSON list of witnesses: [{"name": …, "url": …, "verifier": …}].',
      ),
    );
    return [];
  }
  const entries: readonly unknown[] = content;
  const witnesses = entries.flatMap((entry, index) => witnessOf(entry, index + 1, faults) ?? []);
  const twice = witnesses.find(({ name }, index) => witnesses.findIndex((other) => other.name === name) < index);
  if (twice !== undefined)
    faults.push(fault(setting, `Numele „${twice.name}” apare de două ori.`, `The name "${twice.name}" stands there twice.`));
  return witnesses;
};
