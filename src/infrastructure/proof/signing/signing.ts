import type { Instant } from '../../../domain/kernel/fact';
import { EventLogCorrupt, type EventStore, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { numberOf, positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import {
  type CheckpointStore,
  consistencyProof,
  type GrowingTree,
  LogNotAsSigned,
  openTree,
  placeNoted,
  type PlaceNoted,
  type SignedCheckpoint,
  type Signer,
  TileMissing,
} from '@tichet-albastru/signed-log';

/** Adds the events of the log to the tree, one by one in its order, and has the tree signed. */
export type Signing = {
  /** events in the tree */
  readonly size: number;
  /** behind which event the next one is read; empty for the first */
  readonly position: Position;
  /** @throws LogNotAsSigned when the event is not what its hash says, or one before it is missing */
  add(event: Recorded): void;
  /** Nothing happens when nothing was added, or another process has signed as much. @throws LogNotAsSigned when the signer refuses */
  sign(): Promise<SignedCheckpoint | undefined>;
};

type Sealed = {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore;
  readonly signer: Signer;
  /** noted with each checkpoint, which has no time of its own */
  readonly now?: () => Instant;
  /** is told of every event that is read to be signed */
  readonly note?: (event: Recorded) => void;
};

/** Where a store's positions count its events, the place of an event says which leaf it is. */
export const countsEvents = (store: EventStore): boolean => store.newestEvents === undefined;

/**
 * Goes on where the last checkpoint was signed. Tiles that are not there, or not those that were signed, are made anew from the log.
 * @throws LogNotAsSigned when the log does not lead to what was signed
 */
export const openSigning = async (sealed: Sealed): Promise<Signing> => {
  const { store, checkpoints, signer } = sealed;
  const last = await signer.last();
  const size = last?.size ?? 0;
  let tree = await unlessThrown(TileMissing, undefined, () => openTree(checkpoints, size));
  let position = await placeBehind(store, checkpoints, size);
  if (tree === undefined || (last !== undefined && !tree.root().equals(last.root))) {
    ({ tree, position } = await treeFromLog(store, checkpoints, size));
    if (last !== undefined && !tree.root().equals(last.root)) throw new LogNotAsSigned({ reason: 'tree-differs', number: size });
  }
  return growing(sealed, tree, position ?? (await treeFromLog(store, checkpoints, size)).position);
};

const growing = ({ store, checkpoints, signer, now, note }: Sealed, tree: GrowingTree, from: Position): Signing => {
  let position = from;
  let signedSize = tree.size;
  const counts = countsEvents(store);
  return {
    get size() {
      return tree.size;
    },
    get position() {
      return position;
    },
    add: (event) => {
      addEvent(tree, event, counts);
      note?.(event);
      position = event.position;
    },
    sign: async () => {
      const { size } = tree;
      if (size === signedSize) return undefined;
      await tree.flush();
      const signed = await signer.sign({ size, root: tree.root(), proofFrom: (earlier) => consistencyProof(tree.read, earlier, size) });
      signedSize = size;
      if (signed === undefined) return undefined;
      const at = now?.();
      // also where positions count the events: a verifier sees by it that a newer checkpoint was taken away
      await checkpoints.put('resume', JSON.stringify({ size, position, ...(at !== undefined && { at }) } satisfies PlaceNoted));
      return signed;
    },
  };
};

const addEvent = (tree: GrowingTree, event: Recorded, counts: boolean): void => {
  const number = tree.size + 1;
  const { id: eventId, stream, revision } = event;
  if (counts && numberOf(event.position) !== number) throw new LogNotAsSigned({ reason: 'event-missing', number });
  if (hashEvent(event) !== event.hash) throw new LogNotAsSigned({ reason: 'hash-differs', number, eventId, stream, revision });
  tree.append(event.hash);
};

/** @returns `undefined` where only counting the events from the first on would tell */
const placeBehind = async (store: EventStore, checkpoints: CheckpointStore, size: number): Promise<Position | undefined> => {
  if (size === 0) return '';
  if (countsEvents(store)) return positionOf(size);
  const noted = placeNoted(await checkpoints.get('resume'));
  return noted?.size === size ? noted.position : undefined;
};

const flushedEvery = 10_000;

/** The tree of the first `size` events of the log, over the tiles that stand there: those of them that are right stay readable meanwhile. */
const treeFromLog = async (
  store: EventStore,
  checkpoints: CheckpointStore,
  size: number,
): Promise<{ readonly tree: GrowingTree; readonly position: Position }> => {
  const tree = await openTree(checkpoints, 0);
  let position: Position = '';
  const counts = countsEvents(store);
  try {
    for await (const event of size === 0 ? [] : store.readAll({ limit: size })) {
      addEvent(tree, event, counts);
      position = event.position;
      if (tree.size % flushedEvery === 0) await tree.flush('whole');
    }
  } catch (error) {
    if (error instanceof EventLogCorrupt) throw new LogNotAsSigned({ reason: 'event-missing', number: tree.size + 1 });
    throw error;
  }
  if (tree.size < size) throw new LogNotAsSigned({ reason: 'log-shorter', number: tree.size + 1 });
  await tree.flush();
  return { tree, position };
};
