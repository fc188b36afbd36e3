import { bytesOfAHash, type NodeHash } from '../tree/node-hash';
import type { Submission } from './witness';

/** C2SP tlog-witness: no tree needs more. */
const mostHashes = 63;

/** The body of `POST /add-checkpoint`. */
export const submissionText = ({ note, oldSize, proof }: Submission): string =>
  `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;

/** @returns `undefined` for a body that is none */
export const submissionOf = (body: string): Submission | undefined => {
  const [, digits = '', lines = '', note = ''] = /^old (0|[1-9]\d{0,15})\n((?:[A-Za-z0-9+/=]+\n)*)\n([^]*)$/u.exec(body) ?? [];
  const encoded = lines === '' ? [] : lines.slice(0, -1).split('\n');
  const proof: readonly NodeHash[] = encoded.map((line) => Buffer.from(line, 'base64'));
  const isProof = proof.every((hash, place) => hash.length === bytesOfAHash && hash.toString('base64') === encoded[place]);
  const oldSize = Number(digits);
  if (note === '' || !Number.isSafeInteger(oldSize) || !isProof || proof.length > mostHashes) return undefined;
  return { note, oldSize, proof };
};
