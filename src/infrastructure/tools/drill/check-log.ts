import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { createNoteSigner, noteVerifierOf } from '../../signed-log/signed-note';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { createMemoryCheckpointStore } from '../../signed-log/checkpoint-store';
import { faultWords } from '../../proof/verify/fault-words';
import { logInSqlite } from '../../proof/verify/log-in-sqlite';
import { verifyLog } from '../../proof/verify/verify-log';
import { drillFault, type DrillFault, type DrillTurn } from './found';

export type LogChecked = {
  readonly events: number;
  /** events under the newest checkpoint; left out where nothing was ever sealed */
  readonly sealed?: number;
  readonly faults: readonly DrillFault[];
};

/** Where nothing was ever sealed only the chains can be verified, and no key is asked for. */
const nobodysKey = createNoteSigner('nobody/log', Buffer.alloc(32));

/**
 * The whole restored log beside its seals, as `tichet verify` does it.
 * @param outside a signed note that was kept elsewhere
 */
export const checkLog = async (folder: string, outside: string | undefined, { signal, tell }: DrillTurn): Promise<LogChecked> => {
  const checkpoints = createFolderCheckpointStore(pathIn(folder, dataFiles.seal));
  const verifier = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  const log = logInSqlite(pathIn(folder, dataFiles.events));
  try {
    const { events, sealed, faults } = await verifyLog({
      log,
      checkpoints: verifier === undefined ? createMemoryCheckpointStore() : checkpoints,
      verifier: verifier ?? nobodysKey,
      outside: outside === undefined ? [] : [outside],
      signal,
      onProgress: (done, total) => {
        tell('verify', done, total);
      },
    });
    return {
      events,
      ...(verifier !== undefined && { sealed }),
      faults: faults.map((fault) => {
        const { ro, en } = faultWords(fault);
        return drillFault('verify', ro, en, String(fault.number));
      }),
    };
  } finally {
    log.close();
  }
};
