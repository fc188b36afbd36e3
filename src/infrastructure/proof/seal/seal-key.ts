import { createNoteSigner, type NoteSigner, noteVerifierOf, verifierLine } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';

/**
 * The key that signs this log. Log and key have one name for ever, the host of the service as it was at the first start with
 * `/tichet-albastru` behind it: whoever has its line recognises it after the service has moved.
 * @param seed 32 bytes
 */
export const openSealKey = async (shelf: SealShelf, seed: Uint8Array, publicUrl: string): Promise<NoteSigner> => {
  const known = noteVerifierOf((await shelf.get('verifier')) ?? '');
  const key = createNoteSigner(known?.name ?? `${new URL(publicUrl).hostname}/tichet-albastru`, seed);
  if (known === undefined) await shelf.put('verifier', `${verifierLine(key)}\n`);
  return key;
};
