import type { Settings } from '../../config/settings';
import { noteVerifierOf } from '../../signed-log/signed-note';
import { faultWords } from '../../proof/fault-words';
import { isOfTheChain } from '../../proof/verify/log-fault';
import { verifyLog } from '../../proof/verify/verify-log';
import { openLogToVerify } from './open-log-to-verify';
import type { Words } from './terminal';

/** For the doctor: the first event that is not as it was sealed, where the chain alone would pass it. `undefined` also where nothing is sealed. */
export const sealDiffers = async (settings: Settings): Promise<Words | undefined> => {
  const { log, checkpoints, close } = await openLogToVerify(settings);
  try {
    const verifier = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
    if (verifier === undefined) return undefined;
    const { faults } = await verifyLog({ log, checkpoints, verifier });
    const first = faults.find((fault) => !isOfTheChain(fault));
    return first && faultWords(first);
  } finally {
    await close();
  }
};
