import { createNoteSigner, noteVerifierOf, verifierLine, type NoteSigner } from '../../signed-log/signed-note';
import type { CheckpointStore } from '../../signed-log/checkpoint-store';

/**
 * The key that signs this log. Log and key have one name for ever, the host of the service as it was at the first start with
 * `/tichet-albastru` behind it: whoever has its line recognises it after the service has moved.
 * @param seed 32 bytes
 */
export const openSealKey = async (checkpoints: CheckpointStore, seed: Uint8Array, publicUrl: string): Promise<NoteSigner> => {
  const known = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  const key = createNoteSigner(known?.name ?? `${new URL(publicUrl).hostname}/tichet-albastru`, seed);
  if (known === undefined) await checkpoints.put('verifier', `${verifierLine(key)}\n`);
  return key;
};
