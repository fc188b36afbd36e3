import { resolve } from 'node:path';
import { type Crest, crestIn } from '../outside/mail/crest';
import { inBoth } from '../phrasing/sentences';
import type { Form } from './setting';

const said = inBoth.config.settings;
/** Bytes: every letter carries it. */
const largest = 32 * 1024;

/** A PNG picture of at most 32 KiB. */
export const crest: Form<Crest> = (given, { readFile, wrong }) => {
  let png: string;
  try {
    png = readFile(resolve(given), 'base64');
  } catch {
    return wrong(said.fileUnreadable);
  }
  if (Buffer.byteLength(png, 'base64') > largest) return wrong(said.crest({ most: largest / 1024 }));
  return crestIn(png) ?? wrong(said.crest({ most: largest / 1024 }));
};
