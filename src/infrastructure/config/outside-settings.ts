import { X509Certificate } from 'node:crypto';
import { relative, resolve, sep } from 'node:path';
import { publicationName } from '../proof/publication/publication-name';
import { defined } from '../../domain/kernel/defined';
import type { WitnessAt } from '../proof/outside-over-http';
import { timeStampName } from '../signed-log/time-stamp/time-stamp';
import { folderWitnessName } from '../signed-log/witness/folder-witness';
import { fault, type SettingFault } from './setting-fault';
import { mailAddress, urlOf, type Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';
import { refuseWithoutEffect } from './without-effect';
import { noteVerifierOf } from '../signed-log/signed-note';
import { isEntry, isText, jsonOf, nameIn, urlIn, type Say } from './entries-of-file';

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
const witnessesIn = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): readonly WitnessAt[] => {
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

/** Who keeps checkpoints of the log elsewhere. Nothing of it must be set. */
export type OutsideSettings = {
  /** absolute, on another disk than the data folder */
  readonly witnessFolder?: string;
  readonly witnesses: readonly WitnessAt[];
  /** a time-stamping authority (RFC 3161); `ca`: certificates in PEM to which its chain must lead */
  readonly timeStamp?: { readonly url: string; readonly hours: number; readonly ca?: string };
  /** an address to which a checkpoint is written once a day */
  readonly mailTo?: string;
};

/** As they are called in numbers, in the journal and by the doctor. */
export const outsideNames = (settings: OutsideSettings | undefined): readonly string[] =>
  settings === undefined
    ? []
    : [
        ...(settings.witnessFolder === undefined ? [] : [folderWitnessName]),
        ...settings.witnesses.map(({ name }) => name),
        ...(settings.timeStamp === undefined ? [] : [timeStampName]),
        ...(settings.mailTo === undefined ? [] : [publicationName]),
      ];

const usualHours = 24;
const mostHours = 744;

const isInside = (folder: string, outer: string): boolean => {
  const way = relative(outer, folder);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`));
};

const folderOf = (environment: Environment, dataDirectory: string, faults: SettingFault[]): string | undefined => {
  const text = environment['TICHET_WITNESS_FOLDER']?.trim() ?? '';
  if (text === '') return undefined;
  const folder = resolve(text);
  if (!isInside(folder, dataDirectory) && !isInside(dataDirectory, folder)) return folder;
  faults.push(
    fault(
      'TICHET_WITNESS_FOLDER',
      'Trebuie să fie în afara dosarului de date, pe alt disc sau într-un director din rețea: ce se întoarce odată cu jurnalul nu îl poate dezvălui.',
      'It must be outside the data folder, on another disk or a network share: what is put back together with the log cannot reveal it.',
    ),
  );
  return undefined;
};

const hoursOf = (environment: Environment, faults: SettingFault[]): number => {
  const text = environment['TICHET_TIMESTAMP_HOURS'] ?? '';
  if (text === '') return usualHours;
  const hours = /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  if (hours >= 1 && hours <= mostHours) return hours;
  faults.push(
    fault(
      'TICHET_TIMESTAMP_HOURS',
      `„${text}” nu este un număr întreg de ore, de la 1 la ${mostHours}.`,
      `"${text}" is not a whole number of hours, from 1 to ${mostHours}.`,
    ),
  );
  return usualHours;
};

const areCertificates = (pem: string): boolean => {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  try {
    return parts.length > 0 && parts.every((part) => new X509Certificate(part).raw.length > 0);
  } catch {
    return false;
  }
};

const timeStampOf = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): OutsideSettings['timeStamp'] => {
  const url = urlOf(environment, 'TICHET_TIMESTAMP_URL', ['http:', 'https:'], faults);
  if ((environment['TICHET_TIMESTAMP_URL'] ?? '') === '') {
    refuseWithoutEffect(
      environment,
      (name) => name === 'TICHET_TIMESTAMP_CA_FILE' || name === 'TICHET_TIMESTAMP_HOURS',
      'TICHET_TIMESTAMP_URL',
      faults,
    );
    return undefined;
  }
  const hours = hoursOf(environment, faults);
  const ca = textInFile(environment, 'TICHET_TIMESTAMP_CA_FILE', readFile, faults);
  if (ca !== undefined && !areCertificates(ca))
    faults.push(
      fault(
        'TICHET_TIMESTAMP_CA_FILE',
        'Fișierul trebuie să conțină certificate în format PEM (-----BEGIN CERTIFICATE-----).',
        'The file must hold certificates in PEM (-----BEGIN CERTIFICATE-----).',
      ),
    );
  return url === undefined ? undefined : { url, hours, ...defined({ ca }) };
};

const mailToOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const address = mailAddress(environment, 'TICHET_CHECKPOINT_MAIL_TO', '', faults);
  if (address === '' || !address.includes('<')) return address === '' ? undefined : address;
  faults.push(
    fault('TICHET_CHECKPOINT_MAIL_TO', 'Trebuie să fie numai adresa, fără nume.', 'It must be the address alone, without a name.'),
  );
  return undefined;
};

/** With nothing set, the field is left out. @param dataDirectory absolute */
export const outsideSettings = (
  environment: Environment,
  dataDirectory: string,
  readFile: ReadFile,
  faults: SettingFault[],
): { readonly outside?: OutsideSettings } => {
  const witnessFolder = folderOf(environment, dataDirectory, faults);
  const witnesses = witnessesIn(environment, readFile, faults);
  const timeStamp = timeStampOf(environment, readFile, faults);
  const mailTo = mailToOf(environment, faults);
  if (witnessFolder === undefined && witnesses.length === 0 && timeStamp === undefined && mailTo === undefined) return {};
  return {
    outside: {
      witnesses,
      ...defined({ witnessFolder, timeStamp, mailTo }),
    },
  };
};
