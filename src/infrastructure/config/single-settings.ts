import { isIP } from 'node:net';
import { fault, type SettingFault } from './setting-fault';

export type Environment = Readonly<Record<string, string | undefined>>;

/** 0 lets the system choose a free port. */
export const port = (environment: Environment, faults: SettingFault[]): number => {
  const text = environment['PORT'];
  if (text === undefined || text === '') return 3000;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 0 && number <= 65_535) return number;
  faults.push(
    fault(
      'PORT',
      `„${text}” nu este un port: un număr întreg de la 0 la 65535.`,
      `"${text}" is not a port: a whole number from 0 to 65535.`,
    ),
  );
  return 3000;
};

/** A URL of one of these protocols. The value is never repeated in the sentence: it may hold a password. */
export const urlOf = (
  environment: Environment,
  setting: string,
  protocols: readonly string[],
  faults: SettingFault[],
): string | undefined => {
  const text = environment[setting];
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '') return text;
  const forms = protocols.map((protocol) => `${protocol}//…`).join(' / ');
  faults.push(fault(setting, `Nu este o adresă ${forms}.`, `This is not an address ${forms}.`));
  return undefined;
};

/** One of the known values. */
export const chosen = <V extends string>(
  environment: Environment,
  setting: string,
  values: readonly V[],
  byDefault: V,
  faults: SettingFault[],
): V => {
  const text = environment[setting];
  if (text === undefined || text === '') return byDefault;
  const value = values.find((known) => known === text);
  if (value !== undefined) return value;
  faults.push(fault(setting, `„${text}” nu este una dintre: ${values.join(', ')}.`, `"${text}" is not one of: ${values.join(', ')}.`));
  return byDefault;
};

const isRange = (text: string): boolean => {
  const [, base = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(base);
  return version !== 0 && (bits === undefined || (Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128)));
};

/** Addresses and ranges, separated by commas. A range of everything is refused: then anybody could say to be anybody. */
export const addressRanges = (environment: Environment, setting: string, faults: SettingFault[]): readonly string[] => {
  const text = environment[setting];
  if (text === undefined || text === '') return [];
  const ranges = text.split(',').map((range) => range.trim());
  if (ranges.every(isRange)) return ranges;
  faults.push(
    fault(
      setting,
      'Nu este o listă de adrese IP sau de rețele, despărțite prin virgule: 127.0.0.1, 10.0.0.0/8.',
      'This is not a list of IP addresses or networks, separated by commas: 127.0.0.1, 10.0.0.0/8.',
    ),
  );
  return [];
};

const address = /^[^\s@<>"]+@[^\s@<>"]+$/;
const named = /^[^\r\n<>]*<([^<>]+)>$/;

export const mailAddress = (environment: Environment, setting: string, byDefault: string, faults: SettingFault[]): string => {
  const text = environment[setting];
  if (text === undefined || text === '') return byDefault;
  if (address.test(named.exec(text)?.[1] ?? text)) return text;
  faults.push(
    fault(
      setting,
      'Nu este o adresă de e-mail: nume@exemplu.ro sau Nume <nume@exemplu.ro>.',
      'This is not an e-mail address: name@example.org or Name <name@example.org>.',
    ),
  );
  return byDefault;
};
