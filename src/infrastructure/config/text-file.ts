import { resolve } from 'node:path';
import { fault, type SettingFault } from './setting-fault';
import type { Environment } from './single-settings';

export type ReadFile = (path: string) => string;

/** The text of the file that a setting names, mostly a secret: it is never repeated in a sentence. `undefined` when there is none, or a fault. */
export const textInFile = (environment: Environment, setting: string, readFile: ReadFile, faults: SettingFault[]): string | undefined => {
  const path = environment[setting]?.trim() ?? '';
  if (path === '') return undefined;
  let text: string;
  try {
    text = readFile(resolve(path)).trim();
  } catch {
    faults.push(fault(setting, 'Fișierul nu poate fi citit.', 'The file cannot be read.'));
    return undefined;
  }
  if (text !== '') return text;
  faults.push(fault(setting, 'Fișierul este gol.', 'The file is empty.'));
  return undefined;
};
