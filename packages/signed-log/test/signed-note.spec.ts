import fc from 'fast-check';
import { checkpointOf, checkpointText, notesIn, signCheckpoint, verifiedCheckpoint } from '../src/checkpoint';
import { createNoteSigner, noteVerifierOf, signatureLine, signedNoteOf, signNote, verifiedBy, verifierLine } from '../src/signed-note';

/** The example of Go's package golang.org/x/mod/sumdb/note, which the format comes from. */
const neumannsKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const neumannsNote =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n" +
  '\n' +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 1));
const another = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 2));
const witness = createNoteSigner('control.example/witness', Buffer.alloc(32, 3), 4);

describe('signed notes (C2SP signed-note)', () => {
  it('verifies a note that others have signed, and reads keys that others have given out', () => {
    const verifier = noteVerifierOf(neumannsKey);
    const note = signedNoteOf(neumannsNote);
    expect(verifier && note && verifiedBy(note, verifier)).toEqual({});
    expect(verifier && verifierLine(verifier)).toBe(neumannsKey);
    const tampered = signedNoteOf(neumannsNote.replace('answer', 'anzwer'));
    expect(verifier && tampered && verifiedBy(tampered, verifier)).toBeUndefined();
    expect(noteVerifierOf('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8')?.name).toBe('sum.golang.org');
  });

  it('believes the digits of a key only with the key that they are of', () => {
    expect(noteVerifierOf(neumannsKey.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
    expect(noteVerifierOf(neumannsKey.replace('ARpc', 'ARpd'))).toBeUndefined();
    expect(noteVerifierOf(neumannsKey.replace('+AR', '+AB'))).toBeUndefined();
    expect(noteVerifierOf('')).toBeUndefined();
  });

  it('verifies what it signed, and nothing of which a byte was changed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\n\u2014]/u.test(text) && text.trim() !== ''),
        fc.nat(),
        (text, chance) => {
          const bytes = Buffer.from(signNote(`${text}\n`, key));
          const note = signedNoteOf(bytes.toString());
          expect(note && verifiedBy(note, key)).toEqual({});
          expect(note && verifiedBy(note, another)).toBeUndefined();
          const changed = Buffer.from(bytes);
          changed[chance % bytes.length] = (changed[chance % bytes.length] ?? 0) ^ 1;
          const broken = signedNoteOf(changed.toString());
          expect(broken === undefined || verifiedBy(broken, key) === undefined).toBe(true);
        },
      ),
    );
  });

  it('says when a witness has cosigned, and takes no cosignature for a signature', () => {
    const text = checkpointText({ origin: key.name, size: 7, root: Buffer.alloc(32, 5) });
    const at = Date.parse('2026-03-05T09:00:00Z');
    const note = signedNoteOf(signNote(text, key) + signatureLine(text, witness, at));
    expect(note && verifiedBy(note, witness)).toEqual({ at });
    expect(note && verifiedBy(note, key)).toEqual({});
    const sameKeyOtherUse = createNoteSigner(witness.name, Buffer.alloc(32, 3), 1);
    expect(note && verifiedBy(note, sameKeyOtherUse)).toBeUndefined();
  });

  it('refuses names that would not come back from a line', () => {
    expect(() => createNoteSigner('two words', Buffer.alloc(32))).toThrow(TypeError);
    expect(() => createNoteSigner('a+b', Buffer.alloc(32))).toThrow(TypeError);
    expect(() => createNoteSigner('name', Buffer.alloc(31))).toThrow(TypeError);
  });
});

describe('checkpoints (C2SP tlog-checkpoint)', () => {
  const signed = signCheckpoint({ origin: key.name, size: 7, root: Buffer.alloc(32, 5) }, key);

  it('are believed under their own key and name only', () => {
    expect(verifiedCheckpoint(signed.note, key)).toEqual(signed);
    expect(verifiedCheckpoint(signed.note, another)).toBeUndefined();
    const ofAnotherLog = signCheckpoint({ origin: 'other.example/log', size: 7, root: Buffer.alloc(32, 5) }, key);
    expect(verifiedCheckpoint(ofAnotherLog.note, key)).toBeUndefined();
  });

  it.each(['7 ', '07', '-7', '7.0', '1e3', '9007199254740992', '9999999999999999', '99999999999999999'])(
    'have a size in plain digits, and not %j',
    (size) => {
      expect(checkpointOf(`${key.name}\n${size}\n${Buffer.alloc(32).toString('base64')}\n`)).toBeUndefined();
    },
  );

  it('have a root of 32 bytes in one spelling', () => {
    expect(checkpointOf(`${key.name}\n7\n${Buffer.alloc(31).toString('base64')}\n`)).toBeUndefined();
    const root = Buffer.alloc(32).toString('base64');
    expect(checkpointOf(`${key.name}\n7\n${root}\n`)).toBeDefined();
    // the last digit has bits that say nothing
    expect(checkpointOf(`${key.name}\n7\n${root.replace(/A=$/, 'B=')}\n`)).toBeUndefined();
  });

  it('stand one behind the other in a file, and one that was cut off is none', () => {
    const second = signCheckpoint({ origin: key.name, size: 9, root: Buffer.alloc(32, 6) }, key);
    expect(notesIn(signed.note + second.note)).toEqual([signed.note, second.note]);
    expect(notesIn(signed.note + second.note.slice(0, -1))).toEqual([signed.note]);
    expect(notesIn('')).toEqual([]);
  });
});
