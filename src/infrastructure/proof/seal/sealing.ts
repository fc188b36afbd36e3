import type { Instant } from '../../../domain/kernel/fact';
import { EventLogCorrupt, type EventStore, type Position, type Recorded } from '../../../application/kernel/ports/event-store';
import { numberOf, positionOf } from '../../log/event-store/append-rules';
import { hashEvent } from '../../log/codec/event-hash';
import type { SignedCheckpoint } from '../note/checkpoint';
import type { SealShelf } from '../shelf/seal-shelf';
import { type GrowingTree, openTree } from '../tree/growing-tree';
import { consistencyProof } from '../tree/proofs';
import { TileMissing } from '../tree/tiles';
import { LogNotAsSealed } from './log-not-as-sealed';
import { placeNoted, type PlaceNoted } from './place-noted';
import type { Signer } from './signer';

/** Adds the events of the log to the tree, one by one in its order, and has the tree signed. */
export type Sealing = {
  /** events in the tree */
  readonly size: number;
  /** behind which event the next one is read; empty for the first */
  readonly position: Position;
  /** @throws LogNotAsSealed when the event is not what its hash says, or one before it is missing */
  add(event: Recorded): void;
  /** Nothing happens when nothing was added, or another process has signed as much. @throws LogNotAsSealed when the signer refuses */
  sign(): Promise<SignedCheckpoint | undefined>;
};

type Sealed = {
  readonly store: EventStore;
  readonly shelf: SealShelf;
  readonly signer: Signer;
  /** noted with each checkpoint, which has no time of its own */
  readonly now?: () => Instant;
};

/** Where a store's positions count its events, the place of an event says which leaf it is. */
export const countsEvents = (store: EventStore): boolean => store.newestEvents === undefined;

/**
 * Goes on where the last checkpoint was signed. Tiles that are not there, or not those that were signed, are made anew from the log.
 * @throws LogNotAsSealed when the log does not lead to what was signed
 */
export const openSealing = async (sealed: Sealed): Promise<Sealing> => {
  const { store, shelf, signer } = sealed;
  const last = await signer.last();
  const size = last?.size ?? 0;
  let tree = await standingTree(shelf, size);
  let position = await placeBehind(store, shelf, size);
  if (tree === undefined || (last !== undefined && !tree.root().equals(last.root))) {
    ({ tree, position } = await treeFromLog(store, shelf, size));
    if (last !== undefined && !tree.root().equals(last.root)) throw new LogNotAsSealed({ reason: 'tree-differs', number: size });
  }
  return growing(sealed, tree, position ?? (await treeFromLog(store, shelf, size)).position);
};

const growing = ({ store, shelf, signer, now }: Sealed, tree: GrowingTree, from: Position): Sealing => {
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
      // also where positions count the events: whoever verifies sees by it that a newer checkpoint was taken away
      await shelf.put('resume', JSON.stringify({ size, position, ...(at !== undefined && { at }) } satisfies PlaceNoted));
      return signed;
    },
  };
};

const addEvent = (tree: GrowingTree, event: Recorded, counts: boolean): void => {
  const number = tree.size + 1;
  const { id: eventId, stream, revision } = event;
  if (counts && numberOf(event.position) !== number) throw new LogNotAsSealed({ reason: 'event-missing', number });
  if (hashEvent(event) !== event.hash) throw new LogNotAsSealed({ reason: 'hash-differs', number, eventId, stream, revision });
  tree.append(event.hash);
};

const standingTree = async (shelf: SealShelf, size: number): Promise<GrowingTree | undefined> => {
  try {
    return await openTree(shelf, size);
  } catch (error) {
    if (error instanceof TileMissing) return undefined;
    throw error;
  }
};

/** @returns `undefined` where only counting the events from the first on would tell */
const placeBehind = async (store: EventStore, shelf: SealShelf, size: number): Promise<Position | undefined> => {
  if (size === 0) return '';
  if (countsEvents(store)) return positionOf(size);
  const noted = placeNoted(await shelf.get('resume'));
  return noted?.size === size ? noted.position : undefined;
};

const flushedEvery = 10_000;

/** The tree of the first `size` events of the log, over the tiles that stand there: those of them that are right stay readable meanwhile. */
const treeFromLog = async (
  store: EventStore,
  shelf: SealShelf,
  size: number,
): Promise<{ readonly tree: GrowingTree; readonly position: Position }> => {
  const tree = await openTree(shelf, 0);
  let position: Position = '';
  const counts = countsEvents(store);
  try {
    for await (const event of size === 0 ? [] : store.readAll({ limit: size })) {
      addEvent(tree, event, counts);
      position = event.position;
      if (tree.size % flushedEvery === 0) await tree.flush('whole');
    }
  } catch (error) {
    if (error instanceof EventLogCorrupt) throw new LogNotAsSealed({ reason: 'event-missing', number: tree.size + 1 });
    throw error;
  }
  if (tree.size < size) throw new LogNotAsSealed({ reason: 'log-shorter', number: tree.size + 1 });
  await tree.flush();
  return { tree, position };
};
