import type { Ports } from '../../../application/ports/ports';
import type { NoteSigner } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { sealLog, sealWhatWaits } from './seal-log';
import { openSealing } from './sealing';
import { createSigner } from './signer';

/** Where the log is sealed, and who signs. */
export type SealedBy = { readonly shelf: SealShelf; readonly key: NoteSigner };

/** At the end: a service has ten seconds to stop, and effects under way take their share of them. */
const lastMilliseconds = 2000;

/**
 * Seals the log as it grows, until the signal aborts.
 * @param ending aborted where that is because the service ends: then what waits is signed, so that a short life leaves nothing unsealed
 * @throws LogNotAsSealed
 */
export const keepSealing = async (
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  { shelf, key }: SealedBy,
  { signal, ending }: { readonly signal: AbortSignal; readonly ending: AbortSignal },
): Promise<void> => {
  const sealing = await openSealing({ store, shelf, signer: createSigner(shelf, key), now: () => clock.now() });
  await sealLog(store, sealing, { signal });
  if (ending.aborted) await sealWhatWaits(store, sealing, lastMilliseconds);
};
