import { createNoteSigner, type NoteSigner } from '../note/signed-note';

const seedBytes = 32;

/** A private key in one line, as other tools of signed notes write it: `PRIVATE+KEY+<name>+<digits>+<base64>`. A secret. */
export const signerKeyLine = ({ name, algorithm, keyId }: NoteSigner, seed: Uint8Array): string =>
  `PRIVATE+KEY+${name}+${keyId.toString('hex')}+${Buffer.concat([Buffer.from([algorithm]), seed]).toString('base64')}`;

/** @returns `undefined` for a line that is no key of a witness, or whose digits are not of it */
export const signerOfKeyLine = (line: string): NoteSigner | undefined => {
  const [, name = '', digits = '', encoded = ''] = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(line.trim()) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 1 + seedBytes || bytes[0] !== 4) return undefined;
  const key = createNoteSigner(name, bytes.subarray(1), 4);
  return key.keyId.toString('hex') === digits ? key : undefined;
};
