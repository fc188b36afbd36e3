import type { Ports } from '../../../application/kernel/ports/ports';
import type { NoteSigner } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';
import { sealLog, sealWhatWaits } from './seal-log';
import { openSealing, type Sealing } from './sealing';
import { createSigner } from './signer';

/** Where the log is sealed, and who signs. */
export type SealedBy = { readonly shelf: SealShelf; readonly key: NoteSigner };

type Ours = Pick<Ports, 'store' | 'clock'>;

/** At the end: a service has ten seconds to stop, and effects under way take their share of them. */
const lastMilliseconds = 2000;

const opened = ({ store, clock }: Ours, { shelf, key }: SealedBy): Promise<Sealing> =>
  openSealing({ store, shelf, signer: createSigner(shelf, key), now: () => clock.now() });

/** Seals the log as it grows, until the signal aborts. @throws LogNotAsSealed */
export const keepSealing = async (ours: Ours, by: SealedBy, signal: AbortSignal): Promise<void> => {
  await sealLog(ours.store, await opened(ours, by), { signal });
};

/** For a service that ends: signs what waits, so that a short life leaves nothing unsealed. @throws LogNotAsSealed */
export const sealTheRest = async (ours: Ours, by: SealedBy): Promise<void> => {
  await sealWhatWaits(ours.store, await opened(ours, by), lastMilliseconds);
};
