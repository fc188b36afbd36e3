import { cosignaturesIn, notesIn } from '../src/checkpoint';
import {
  createNoteSigner,
  isNoteName,
  noteVerifierOf,
  signatureLine,
  signaturesIn,
  signedNoteOf,
  signerKeyLine,
  signerOfKeyLine,
  signNote,
  verifiedBy,
  verifiedLine,
  verifierLine,
} from '../src/signed-note';

const seed = Buffer.alloc(32, 1);
const key = createNoteSigner('city.example/log', seed);
const witness = createNoteSigner('control.example/witness', seed, 4);
const text = `city.example/log\n8\n${Buffer.alloc(32, 7).toString('base64')}\n`;
const at = Date.parse('2026-03-05T09:12:41.000Z');
const base64 = (...bytes: readonly number[]) => Buffer.from(bytes).toString('base64');

describe('the name of a key', () => {
  it.each([
    ['', false],
    ['a b', false],
    ['a+b', false],
    ['a\u00a0b', false],
    ['a', true],
  ] as const)('%j: %s', (name, can) => {
    expect(isNoteName(name)).toBe(can);
  });
});

describe('the line of a witness’s private key', () => {
  const line = signerKeyLine(witness, seed);
  it('is read as it was written, with white space around it', () => {
    expect(line).toMatch(/^PRIVATE\+KEY\+control\.example\/witness\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/);
    for (const written of [line, ` ${line}\n`]) {
      const read = signerOfKeyLine(written);
      expect(read && [read.name, read.algorithm, verifierLine(read)]).toEqual([witness.name, 4, verifierLine(witness)]);
    }
  });
  it.each([
    ['nothing', ''],
    ['something before it', `x${line}`],
    ['something behind it', `${line}*`],
    ['another’s digits', line.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['the key of a log', signerKeyLine(key, seed)],
    ['the use of a log, with the digits of a witness', signerKeyLine({ ...witness, algorithm: 1 }, seed)],
    ['a seed too short', signerKeyLine(witness, seed.subarray(1))],
    ['a seed too long', signerKeyLine(witness, Buffer.alloc(33, 1))],
    ['a public key', verifierLine(witness)],
  ])('is none: %s', (_, written) => {
    expect(signerOfKeyLine(written)).toBeUndefined();
  });
});

describe('the line of a public key', () => {
  const line = verifierLine(key);
  const [, digits = '', encoded = ''] = line.split('+');
  it('is read with white space around it', () => {
    expect(noteVerifierOf(` ${line}\n`)?.name).toBe(key.name);
  });
  it.each([
    ['something before it', `two ${line}`],
    ['something behind it', `${line}*`],
    ['another spelling of the same bytes', `${key.name}+${digits}+${encoded}====`],
    ['a key too short', `${key.name}+${digits}+${base64(1, 2, 3)}`],
  ])('is none: %s', (_, written) => {
    expect(noteVerifierOf(written)).toBeUndefined();
  });
  it('is none of a use that nobody knows, also where its digits are of it', () => {
    const other = createNoteSigner(key.name, seed, 2 as 1);
    expect(noteVerifierOf(verifierLine(other))).toBeUndefined();
    expect(noteVerifierOf(verifierLine(witness))?.algorithm).toBe(4);
  });
});

describe('the signatures below a note', () => {
  const line = signatureLine(text, key);
  it('end with their line, and are nothing else', () => {
    expect(signaturesIn(line)).toHaveLength(1);
    expect(signaturesIn(line.slice(0, -1))).toBeUndefined();
    expect(signaturesIn(`${line.slice(0, -1)}x`)).toBeUndefined();
    expect(signaturesIn(`${line}no signature\n`)).toBeUndefined();
    expect(signaturesIn(`x${line}`)).toBeUndefined();
    expect(signaturesIn(line.replace('\n', ' more\n'))).toBeUndefined();
  });
  it('have bytes in one spelling, and more of them than name the key', () => {
    expect(signaturesIn(`— a ${base64(1, 2, 3, 4)}\n`)).toBeUndefined();
    expect(signaturesIn(`— a ${base64(1, 2, 3, 4, 5)}\n`)).toMatchObject([{ name: 'a', signature: Buffer.from([5]) }]);
    expect(signaturesIn('— a AQIDBAX=\n')).toBeUndefined();
  });
  it('stand below an empty line', () => {
    expect(signedNoteOf(line)).toBeUndefined();
    expect(signedNoteOf(`${text}${line}`)).toBeUndefined();
    expect(signedNoteOf(`\n${line}`)).toBeUndefined();
  });
  it('are none of a key whose length, name or digits are not its own, and the next line may be one', () => {
    const note = signedNoteOf(signNote(text, key));
    if (note === undefined) throw new Error('There is no note.');
    const [signature] = note.signatures;
    if (signature === undefined) throw new Error('There is no signature.');
    const longer = { ...signature, signature: Buffer.concat([signature.signature, Buffer.alloc(1)]) };
    expect(verifiedBy({ text, signatures: [longer] }, key)).toBeUndefined();
    expect(verifiedBy({ text, signatures: [longer, signature] }, key)).toEqual({});
    expect(verifiedBy({ text, signatures: [{ ...signature, name: witness.name }] }, key)).toBeUndefined();
    expect(verifiedBy({ text, signatures: [{ ...signature, keyId: witness.keyId }] }, key)).toBeUndefined();
  });
  it('are none of a witness where they are too short to bear a time', () => {
    for (const length of [0, 7, 8, 64]) {
      const signature = { name: witness.name, keyId: witness.keyId, signature: Buffer.alloc(length) };
      expect(verifiedBy({ text, signatures: [signature] }, witness)).toBeUndefined();
    }
  });
  it('bear the time that they are made over', () => {
    const later = signedNoteOf(`${text}\n${signatureLine(text, witness, at)}`);
    const [signature] = later?.signatures ?? [];
    if (signature === undefined) throw new Error('There is no signature.');
    expect(verifiedBy({ text, signatures: [signature] }, witness)).toEqual({ at });
    const moved = Buffer.from(signature.signature);
    moved.writeBigUInt64BE(BigInt(at / 1000 + 1));
    expect(verifiedBy({ text, signatures: [{ ...signature, signature: moved }] }, witness)).toBeUndefined();
  });
  it('are told by the line of a key, and none of what is no note', () => {
    const own = signatureLine(text, key);
    const note = signNote(text, key) + signatureLine(text, witness, at);
    expect(verifiedLine(note, key)).toBe(own);
    expect(verifiedLine(note, witness)).toBe(signatureLine(text, witness, at));
    expect(verifiedLine('no note', key)).toBeUndefined();
    expect(verifiedLine(note, createNoteSigner(key.name, Buffer.alloc(32, 9)))).toBeUndefined();
  });
  it('bear a time only where they are as long as one with a time', () => {
    const note = `${text}\n— a ${Buffer.alloc(4 + 8 + 63).toString('base64')}\n— b ${Buffer.alloc(4 + 8 + 64).toString('base64')}\n`;
    expect(cosignaturesIn(note)).toEqual([{ name: 'b', at: '1970-01-01T00:00:00.000Z' }]);
  });
  it('stay with their note in a file of several', () => {
    const note = signNote(text, key) + signatureLine(text, witness, at);
    expect(notesIn(note + note)).toEqual([note, note]);
  });
});
