import { randomBytes } from 'node:crypto';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { createNoteSigner, verifierLine, signerKeyLine, signerOfKeyLine, type NoteSigner, type NoteVerifier } from '../signed-note';
import { ifThere, readIfThere, writeWhole } from '@tichet-albastru/kernel/whole-file';
import { createCosigner, type WitnessMemory } from './cosigner';
import { WitnessUnavailable, type Clock, type Witness } from './witness';

const onlyOwnerReads = 0o400;
const seedBytes = 32;

const witnessFiles = { key: 'witness.key', verifier: 'witness.pub' } as const;

/** Slashes of a log's name would be folders. */
const fileOf = (origin: string): string => encodeURIComponent(origin);

/**
 * A folder of a witness: `<log>.checkpoint` is the note that it cosigned last, as a person or a verifier reads it. `<log>.begun` says that
 * there was one: a note that is gone is not a log that was never seen.
 */
export const createFolderMemory = (folder: string): WitnessMemory => {
  const note = (origin: string): string => join(folder, `${fileOf(origin)}.checkpoint`);
  const begun = (origin: string): string => join(folder, `${fileOf(origin)}.begun`);
  return {
    last: async (origin) => {
      const kept = await readIfThere(note(origin));
      if (kept !== undefined) return { note: kept.toString() };
      return (await readIfThere(begun(origin))) === undefined ? undefined : 'forgot';
    },
    keep: async (origin, text) => {
      await writeWhole(note(origin), text, true);
      if ((await readIfThere(begun(origin))) === undefined) await writeWhole(begun(origin), `${origin}\n`, true);
    },
  };
};

/** Names in the folder; none where there is no folder. */
const namesIn = async (folder: string): Promise<readonly string[]> => (await ifThere(() => readdir(folder))) ?? [];

/** A network share that is not mounted looks like that as well. */
export const isEmptyFolder = async (folder: string): Promise<boolean> => (await namesIn(folder)).length === 0;

/** By chance; with the line by which others recognise it beside it. */
const makeWitnessKey = async (folder: string, name: string): Promise<NoteSigner> => {
  const seed = randomBytes(seedBytes);
  const key = createNoteSigner(name, seed, 4);
  await writeWhole(join(folder, witnessFiles.verifier), `${verifierLine(key)}\n`, true);
  await writeWhole(join(folder, witnessFiles.key), `${signerKeyLine(key, seed)}\n`, true);
  // a network share may have no such thing
  await chmod(join(folder, witnessFiles.key), onlyOwnerReads).catch(() => undefined);
  return key;
};

/**
 * The key of the witness, made at first use.
 * @returns `forgot` where there was a witness, and its key is gone or cannot be read: another key would be another witness
 */
export const openWitnessKey = async (folder: string, name: string): Promise<NoteSigner | 'forgot'> => {
  const key = signerOfKeyLine((await readIfThere(join(folder, witnessFiles.key)))?.toString() ?? '');
  if (key !== undefined) return key;
  const hasBegun = (await namesIn(folder)).some((file) => file === witnessFiles.key || file.endsWith('.begun'));
  return hasBegun ? 'forgot' : makeWitnessKey(folder, name);
};

export const folderWitnessName = 'folder';

const reached = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code !== undefined) throw new WitnessUnavailable(code);
    throw error;
  }
};

/**
 * A witness in a folder on another disk or a network share, with a key of its own that is made there at first use. It outlives the data
 * folder, so it finds a data folder that was put back from a copy. It gives no protection against a person who may write in both.
 */
export const createFolderWitness = ({
  folder,
  log,
  clock,
}: {
  readonly folder: string;
  readonly log: NoteVerifier;
  readonly clock: Clock;
}): Witness => {
  let key: NoteSigner | undefined;
  return {
    name: folderWitnessName,
    place: folder,
    verifier: (known) =>
      reached(async () => {
        // a share that is not mounted is an empty folder as well: where there was a witness, none is made anew
        if (known !== undefined && (await isEmptyFolder(folder))) throw new WitnessUnavailable('folder-empty');
        const opened = await openWitnessKey(folder, `${log.name}/folder`);
        if (opened === 'forgot') return 'forgot';
        key = opened;
        return known === undefined || known === verifierLine(key) ? key : 'forgot';
      }),
    cosign: (submission) =>
      reached(() => {
        if (key === undefined) throw new WitnessUnavailable('no-key');
        return createCosigner({ memory: createFolderMemory(folder), logs: [log], key, clock }).cosign(submission);
      }),
    shown: (of) =>
      reached(async () => {
        const last = await createFolderMemory(folder).last(of.name);
        return last === undefined || last === 'forgot' ? undefined : last.note;
      }),
  };
};
