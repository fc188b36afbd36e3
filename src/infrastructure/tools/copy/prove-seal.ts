import type { EventStore } from '../../../application/kernel/ports/event-store';
import { verifierLine } from '../../signed-log/signed-note';
import { LogNotAsSigned, type SignedLogFault } from '../../signed-log/not-as-signed';
import { newestSealFault } from '../../proof/seal/newest-seal-fault';
import { openSealing } from '../../proof/seal/sealing';
import { createSigner } from '../../signed-log/signer';
import type { CheckpointStore } from '../../signed-log/checkpoint-store';
import type { CarriedSeal } from './carry-seal';

/** `size` events of the copied log are those that were signed, with this key. */
export type SealProved = { readonly size: number; readonly verifier: string; readonly checkpoints: number };

/** Opens the seal over the copied log as the next service will. */
export const proveSeal = async (
  store: EventStore,
  checkpoints: CheckpointStore,
  { key, checkpoints: carried }: CarriedSeal,
): Promise<SealProved | { readonly fault: SignedLogFault }> => {
  try {
    const fault = await newestSealFault({ store, checkpoints, key });
    if (fault !== undefined) return { fault };
    const { size } = await openSealing({ store, checkpoints, signer: createSigner(checkpoints, key) });
    return { size, verifier: verifierLine(key), checkpoints: carried };
  } catch (error) {
    if (error instanceof LogNotAsSigned) return { fault: error.fault };
    throw error;
  }
};
