import type { EventStore } from '../../../application/kernel/ports/event-store';
import type { Seal } from '../../../application/kernel/ports/seal';
import type { Instant } from '../../../domain/kernel/fact';
import { numberOf } from '../../log/event-store/append-rules';
import { placeNoted, type CheckpointStore } from '../../signed-log/checkpoint-store';
import { countsEvents } from './sealing';

/** How far the log is sealed. */
export type SealState = {
  /** the public key in one line */
  readonly verifier: string;
  /** events under the newest checkpoint; 0 before the first */
  readonly size: number;
  readonly root?: string;
  /** at most some seconds before it was signed */
  readonly signedAt?: Instant;
  /** newer events; left out where positions do not count them */
  readonly waiting?: number;
  /** events under the newest checkpoint that a witness has cosigned; left out where nobody has */
  readonly witnessed?: number;
};

/** @throws LogNotAsSigned when the newest checkpoint is not ours */
export const sealState = async (seal: Seal, store: EventStore, checkpoints: Pick<CheckpointStore, 'get'>): Promise<SealState> => {
  const [newest, witnessed, end] = [await seal.checkpoint(), await seal.witnessed(), await store.end()];
  const { size = 0, root } = newest ?? {};
  const noted = placeNoted(await checkpoints.get('resume'));
  const waiting = countsEvents(store) ? (end === '' ? 0 : numberOf(end)) - size : noted?.position === end ? 0 : undefined;
  return {
    verifier: seal.verifier,
    size,
    ...(root !== undefined && { root }),
    ...(noted?.at !== undefined && { signedAt: noted.at }),
    ...(waiting !== undefined && { waiting: Math.max(0, waiting) }),
    ...(witnessed && { witnessed: witnessed.size }),
  };
};
