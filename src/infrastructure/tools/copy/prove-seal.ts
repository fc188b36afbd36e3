import type { EventStore } from '../../../application/kernel/ports/event-store';
import { verifierLine } from '../../proof/note/signed-note';
import { LogNotAsSealed, type SealFault } from '../../proof/seal/log-not-as-sealed';
import { newestSealFault } from '../../proof/seal/newest-seal-fault';
import { openSealing } from '../../proof/seal/sealing';
import { createSigner } from '../../proof/seal/signer';
import type { SealShelf } from '../../proof/shelf/seal-shelf';
import type { CarriedSeal } from './carry-seal';

/** `size` events of the copied log are those that were signed, with this key. */
export type SealProved = { readonly size: number; readonly verifier: string; readonly checkpoints: number };

/** Opens the seal over the copied log as the next service will. */
export const proveSeal = async (
  store: EventStore,
  shelf: SealShelf,
  { key, checkpoints }: CarriedSeal,
): Promise<SealProved | { readonly fault: SealFault }> => {
  try {
    const fault = await newestSealFault({ store, shelf, key });
    if (fault !== undefined) return { fault };
    const { size } = await openSealing({ store, shelf, signer: createSigner(shelf, key) });
    return { size, verifier: verifierLine(key), checkpoints };
  } catch (error) {
    if (error instanceof LogNotAsSealed) return { fault: error.fault };
    throw error;
  }
};
