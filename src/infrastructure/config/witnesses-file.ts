import { publicationName } from '../proof/publication/publication-name';
import type { WitnessAt } from '../proof/outside-over-http';
import { inBoth } from '../phrasing/sentences';
import { folderWitnessName, noteVerifierOf, timeStampName } from '@tichet-albastru/signed-log';
import { isPrivate, isText, listOf, nameIn, unknownField, urlIn } from './entries-of-file';

const said = inBoth.config.witnesses;
const fields: readonly string[] = ['name', 'url', 'verifier', 'private'];

/** Of those whom other settings name. */
const reserved: readonly string[] = [folderWitnessName, timeStampName, publicationName];

/** Witnesses that others run. */
export const witnesses = listOf(said, '[{"name": …, "url": …, "verifier": …}]', (entry, say): WitnessAt | null => {
  const unknown = unknownField(entry, fields);
  if (unknown !== undefined) return say(unknown);
  const ours = isPrivate(entry, say);
  if (ours === null) return null;
  const [name, url] = [nameIn(entry, say), urlIn(entry, say)];
  const { verifier: line } = entry;
  const verifier = isText(line) ? noteVerifierOf(line) : undefined;
  if (verifier?.algorithm !== 4) return say(said.verifier);
  if (name !== null && reserved.includes(name)) return say(said.reserved({ name }));
  if (url !== null && new URL(url).search !== '') return say(said.query);
  return name && url ? { name, url: url.replace(/\/+$/u, ''), verifier, private: ours } : null;
});
