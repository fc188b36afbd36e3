import { resolve } from 'node:path';
import type { RegistrySettings } from '../outside/document-system/registry-settings';
import { isTrustedAddress } from '../runtime/trusted-address';
import { fault, type SettingFault } from './setting-fault';
import { chosen, type Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';
import { refuseWithoutEffect } from './without-effect';

/** As long as a booking token lives: whoever found the request may book on what was told then all that while, anyway. */
const usualFreshMinutes = 30;
/** Half of that: what somebody may still meet about is never stale while the gateway answers. */
const usualPollMinutes = 15;

const missing = (setting: string): SettingFault =>
  fault(setting, 'Lipsește, iar TICHET_REGISTRY=http are nevoie de ea.', 'It is missing, and TICHET_REGISTRY=http needs it.');

const isGatewayAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '') && isTrustedAddress(text);
};

const addressOf = (environment: Environment, faults: SettingFault[]): string => {
  const setting = 'TICHET_REGISTRY_URL';
  const text = environment[setting] ?? '';
  if (text === '') faults.push(missing(setting));
  else if (!isGatewayAddress(text)) {
    faults.push(
      fault(
        setting,
        'Nu este o adresă https://… fără parolă și fără parametri; http:// numai pe aceeași mașină (127.0.0.1).',
        'This is not an address https://… without password or parameters; http:// on the same machine only (127.0.0.1).',
      ),
    );
  }
  return text.replace(/\/+$/, '');
};

const tokenFileOf = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): string => {
  const setting = 'TICHET_REGISTRY_TOKEN_FILE';
  const path = environment[setting]?.trim() ?? '';
  if (path === '') faults.push(missing(setting));
  const token = textInFile(environment, setting, readFile, faults);
  if (token !== undefined && !/^[\x21-\x7e]{1,4096}$/.test(token))
    faults.push(
      fault(setting, 'Fișierul trebuie să conțină codul de acces, pe un singur rând.', 'The file must hold the access token, on one line.'),
    );
  return resolve(path);
};

const minutesOf = (
  environment: Environment,
  setting: string,
  [from, to]: readonly [number, number],
  usual: number,
  faults: SettingFault[],
): number => {
  const text = environment[setting];
  if (text === undefined || text === '') return usual;
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (minutes >= from && minutes <= to) return minutes;
  faults.push(
    fault(
      setting,
      `Nu este un număr întreg de minute de la ${from} la ${to}.`,
      `This is not a whole number of minutes from ${from} to ${to}.`,
    ),
  );
  return usual;
};

const settingsOfTheGateway: readonly string[] = [
  'TICHET_REGISTRY_URL',
  'TICHET_REGISTRY_TOKEN_FILE',
  'TICHET_REGISTRY_FRESH_MINUTES',
  'TICHET_REGISTRY_POLL_MINUTES',
];

/** `local` when nothing is set. A gateway's setting without the gateway is a fault. */
export const registrySettings = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): RegistrySettings => {
  const before = faults.length;
  const kind = chosen(environment, 'TICHET_REGISTRY', ['local', 'manual', 'http'], 'local', faults);
  if (kind !== 'http') {
    if (faults.length > before) return { kind };
    refuseWithoutEffect(environment, (setting) => settingsOfTheGateway.includes(setting), 'TICHET_REGISTRY=http', faults);
    return { kind };
  }
  return {
    kind,
    url: addressOf(environment, faults),
    tokenFile: tokenFileOf(environment, readFile, faults),
    freshMinutes: minutesOf(environment, 'TICHET_REGISTRY_FRESH_MINUTES', [0, 1440], usualFreshMinutes, faults),
    pollMinutes: minutesOf(environment, 'TICHET_REGISTRY_POLL_MINUTES', [1, 1440], usualPollMinutes, faults),
  };
};
