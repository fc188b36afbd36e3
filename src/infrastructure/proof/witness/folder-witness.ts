import type { Clock } from '../../../application/kernel/ports/clock';
import { errorCode } from '../../runtime/error-code';
import { type NoteSigner, type NoteVerifier, verifierLine } from '../note/signed-note';
import { createCosigner } from './cosigner';
import { createFolderMemory, isEmptyFolder, openWitnessKey } from './folder-memory';
import { type Witness, WitnessUnavailable } from './witness';

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
 * folder: one that was put back from a copy is found. It does not withstand whoever may write in both.
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
