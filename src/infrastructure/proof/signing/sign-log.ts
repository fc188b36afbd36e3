import { EventLogCorrupt, type EventStore, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import {
  type CheckpointStore,
  createNoteSigner,
  createSigner,
  LogNotAsSigned,
  type NoteSigner,
  noteVerifierOf,
  type SignedCheckpoint,
  type SignedLogFault,
  verifierLine,
} from '@tichet-albastru/signed-log';
import { openSigning, type Signing } from './signing';
import type { Ports } from '../../../application/kernel/ports/ports';

/** A checkpoint is signed once so many events wait for one, */
export const eventsOfACheckpoint = 100;
/** or once the first of them has waited so long, in milliseconds. */
export const longestWait = 60_000;
/** Milliseconds between two checkpoints: each is synced to the disk to which the appends of a busy log are synced as well. */
const leastPause = 200;
/** While there are always more of them, so many wait: a process that catches up signs less often. */
const mostWaiting = 5000;

type Options = {
  readonly signal: AbortSignal;
  readonly onSigned?: (checkpoint: SignedCheckpoint) => void | Promise<void>;
  readonly milliseconds?: number;
};

/**
 * Follows the log and signs it, until the signal aborts.
 * @throws LogNotAsSigned when the log or the seals were changed from outside; begin again only when a person has looked
 */
export const signLog = async (
  store: EventStore,
  sealing: Signing,
  { signal, onSigned = () => undefined, milliseconds = longestWait }: Options,
): Promise<void> => {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const after = sealing.position === '' ? {} : { after: sealing.position };
  const log = store.subscribe({ signal: either, ...after })[Symbol.asyncIterator]();
  let signedSize = sealing.size;
  let signedAt = -Infinity;
  let waitsUntil: number | undefined;
  const waiting = (): number => sealing.size - signedSize;
  const isDue = (): boolean => waitsUntil !== undefined && performance.now() >= waitsUntil;
  const sign = async (): Promise<void> => {
    const signed = await sealing.sign();
    signedSize = sealing.size;
    signedAt = performance.now();
    waitsUntil = undefined;
    if (signed !== undefined) await onSigned(signed);
  };
  try {
    for (let next = log.next(); ;) {
      const told = await within(next, waitsUntil);
      if (told === 'late') {
        await sign();
        continue;
      }
      if (told.done === true) return;
      if ('kind' in told.value) {
        if (isDue()) await sign();
      } else {
        sealing.add(told.value);
        waitsUntil ??= performance.now() + milliseconds;
        if (waiting() === eventsOfACheckpoint) waitsUntil = Math.min(waitsUntil, signedAt + leastPause);
        if (waiting() >= mostWaiting) await sign();
      }
      next = log.next();
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof EventLogCorrupt) throw new LogNotAsSigned({ reason: 'event-missing', number: sealing.size + 1 });
    throw error;
  } finally {
    // a reader that waits for the next event would not hear that it is no longer wanted
    over.abort();
    await log.return?.();
  }
};

/**
 * Signs what stands at the end of the log, once: for a service that ends.
 * @param milliseconds of reading; a process that has more to catch up with goes on at the next start
 */
export const signWhatWaits = async (store: EventStore, sealing: Signing, milliseconds: number): Promise<SignedCheckpoint | undefined> => {
  const until = performance.now() + milliseconds;
  try {
    for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) {
      sealing.add(event);
      if (performance.now() > until) break;
    }
  } catch (error) {
    if (error instanceof EventLogCorrupt) throw new LogNotAsSigned({ reason: 'event-missing', number: sealing.size + 1 });
    throw error;
  }
  return sealing.sign();
};

/** `late` when nothing comes until then. What was asked for goes on being asked for. */
const within = async <T>(next: Promise<T>, until: number | undefined): Promise<T | 'late'> => {
  if (until === undefined) return next;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, until - performance.now()), 'late');
  });
  return Promise.race([next, late]).finally(() => {
    clearTimeout(timer);
  });
};

/** Where the log is sealed, who signs, and what this process remembers of it beside the log. */
export type SignedBy = {
  readonly checkpoints: CheckpointStore;
  readonly key: NoteSigner;
  readonly acknowledged?: { readonly note: (event: Recorded) => void; compare(): Promise<SignedLogFault | undefined> };
};

type Ours = Pick<Ports, 'store' | 'clock'>;

/** At the end: a service has ten seconds to stop, and effects under way take their share of them. */
const lastMilliseconds = 2000;

const opened = ({ store, clock }: Ours, { checkpoints, key, acknowledged }: SignedBy): Promise<Signing> =>
  openSigning({
    ...{ store, checkpoints, signer: createSigner(checkpoints, key), now: () => clock.now() },
    ...(acknowledged && { note: acknowledged.note }),
  });

/** Seals the log as it grows, until the signal aborts. @throws LogNotAsSigned */
export const keepSigning = async (ours: Ours, by: SignedBy, signal: AbortSignal): Promise<void> => {
  await signLog(ours.store, await opened(ours, by), { signal });
};

/** For a service that ends: signs what waits, so that a short life leaves nothing unsealed. @throws LogNotAsSigned */
export const signTheRest = async (ours: Ours, by: SignedBy): Promise<void> => {
  await signWhatWaits(ours.store, await opened(ours, by), lastMilliseconds);
};

/**
 * The key that signs this log. Log and key have one name for ever, the host of the service as it was at the first start with
 * `/tichet-albastru` behind it: a verifier who has its line recognises it after the service has moved.
 * @param seed 32 bytes
 * @param before the line of the key whose place this one takes, where there was one
 */
export const openSigningKey = async (
  checkpoints: CheckpointStore,
  seed: Uint8Array,
  publicUrl: string,
  before = '',
): Promise<NoteSigner> => {
  const known = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  const name = (known ?? noteVerifierOf(before))?.name ?? `${new URL(publicUrl).hostname}/tichet-albastru`;
  const key = createNoteSigner(name, seed);
  if (known === undefined) await checkpoints.put('verifier', `${verifierLine(key)}\n`);
  return key;
};
