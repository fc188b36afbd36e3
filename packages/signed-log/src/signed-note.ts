import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';

/** C2SP signed-note: a text of whole lines, and below an empty line the signatures over it. */
export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };
/** A line `— <name> <base64 of 4 bytes that name the key, and the signature>`. Nothing of it is verified yet. */
export type NoteSignature = { readonly name: string; readonly keyId: Buffer; readonly signature: Buffer };

/** Ed25519 as C2SP signed-note has it (1), and over a text with a time, as C2SP tlog-cosignature has it (4). */
export type NoteAlgorithm = 1 | 4;
/** A key that may verify; `name` has neither white space nor a plus. */
export type NoteVerifier = {
  readonly name: string;
  readonly algorithm: NoteAlgorithm;
  readonly keyId: Buffer;
  readonly publicKey: KeyObject;
};
export type NoteSigner = NoteVerifier & { readonly privateKey: KeyObject };

const keyIdBytes = 4;
const seedBytes = 32;
const signatureBytes = 64;
const timeBytes = 8;
/** What stands before the 32 bytes in PKCS #8 and SPKI (RFC 8410). */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');

const rawKey = (publicKey: KeyObject): Buffer => publicKey.export({ format: 'der', type: 'spki' }).subarray(publicHead.length);

const keyIdOf = (name: string, algorithm: NoteAlgorithm, raw: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([algorithm]), raw]), 'buffer').subarray(0, keyIdBytes);

export const isNoteName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);

/** @param seed 32 bytes by chance */
export const createNoteSigner = (name: string, seed: Uint8Array, algorithm: NoteAlgorithm = 1): NoteSigner => {
  if (!isNoteName(name)) throw new TypeError('The name of a signer has neither white space nor a plus.');
  if (seed.length !== seedBytes) throw new TypeError('An Ed25519 seed has 32 bytes.');
  const privateKey = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return { name, algorithm, keyId: keyIdOf(name, algorithm, rawKey(publicKey)), publicKey, privateKey };
};

/** One line that holds name and key: `<name>+<8 hexadecimal digits>+<base64>`. */
export const verifierLine = ({ name, algorithm, keyId, publicKey }: NoteVerifier): string =>
  `${name}+${keyId.toString('hex')}+${Buffer.concat([Buffer.from([algorithm]), rawKey(publicKey)]).toString('base64')}`;

const canonicalBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
};

/** @returns `undefined` for a line that is no such key, or whose digits are not of it */
export const noteVerifierOf = (line: string): NoteVerifier | undefined => {
  const [, name = '', digits = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(line.trim()) ?? [];
  const bytes = canonicalBase64(encoded);
  const algorithm = bytes?.[0];
  if (bytes?.length !== 1 + seedBytes || (algorithm !== 1 && algorithm !== 4)) return undefined;
  const raw = bytes.subarray(1);
  const keyId = keyIdOf(name, algorithm, raw);
  if (keyId.toString('hex') !== digits) return undefined;
  const publicKey = createPublicKey({ key: Buffer.concat([publicHead, raw]), format: 'der', type: 'spki' });
  return { name, algorithm, keyId, publicKey };
};

/** @param seconds since 1970, of a cosignature */
const signedBytes = (text: string, seconds: bigint | undefined): Buffer =>
  Buffer.from(seconds === undefined ? text : `cosignature/v1\ntime ${seconds}\n${text}`);

/** A line to stand below the text, its end of line with it. @param at of a cosignature: when it was made, milliseconds since 1970 */
export const signatureLine = (text: string, { name, algorithm, keyId, privateKey }: NoteSigner, at = 0): string => {
  const seconds = algorithm === 4 ? BigInt(Math.floor(at / 1000)) : undefined;
  const time = Buffer.alloc(seconds === undefined ? 0 : timeBytes);
  if (seconds !== undefined) time.writeBigUInt64BE(seconds);
  const signature = sign(null, signedBytes(text, seconds), privateKey);
  return `— ${name} ${Buffer.concat([keyId, time, signature]).toString('base64')}\n`;
};

/** The whole note. @param text whole lines, the last ended as well */
export const signNote = (text: string, signer: NoteSigner): string => `${text}\n${signatureLine(text, signer)}`;

/** The signatures of lines that are nothing else; `undefined` when one of them is no signature. */
export const signaturesIn = (lines: string): readonly NoteSignature[] | undefined => {
  if (!lines.endsWith('\n')) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines.slice(0, -1).split('\n')) {
    const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
    const bytes = canonicalBase64(encoded);
    if (bytes === undefined || bytes.length <= keyIdBytes) return undefined;
    signatures.push({ name, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) });
  }
  return signatures;
};

/** @returns `undefined` for what is no signed note */
export const signedNoteOf = (note: string): SignedNote | undefined => {
  const end = note.lastIndexOf('\n\n');
  if (end === -1) return undefined;
  const signatures = signaturesIn(note.slice(end + 2));
  return signatures && { text: note.slice(0, end + 1), signatures };
};

/**
 * The signature of this key under the note, when there is one and it holds.
 * @returns `at`: when it was made, in milliseconds since 1970, where the key's signatures say so
 */
export const verifiedBy = (
  { text, signatures }: SignedNote,
  { name, algorithm, keyId, publicKey }: NoteVerifier,
): { readonly at?: number } | undefined => {
  for (const given of signatures) {
    if (given.name !== name || !given.keyId.equals(keyId)) continue;
    const head = algorithm === 4 ? timeBytes : 0;
    if (given.signature.length !== head + signatureBytes) continue;
    const seconds = algorithm === 4 ? given.signature.readBigUInt64BE() : undefined;
    if (!verify(null, signedBytes(text, seconds), publicKey, given.signature.subarray(head))) continue;
    return seconds === undefined ? {} : { at: Number(seconds) * 1000 };
  }
  return undefined;
};

/** The line of the note that this key has signed, its end of line with it; `undefined` when none of its lines holds. */
export const verifiedLine = (note: string, verifier: NoteVerifier): string | undefined => {
  const signed = signedNoteOf(note);
  if (signed === undefined) return undefined;
  for (const given of signed.signatures) {
    if (verifiedBy({ text: signed.text, signatures: [given] }, verifier) === undefined) continue;
    return `— ${given.name} ${Buffer.concat([given.keyId, given.signature]).toString('base64')}\n`;
  }
  return undefined;
};

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
