import { noHash, type Recorded } from '../../../application/kernel/ports/event-store';
import { defined } from '../../../domain/kernel/defined';
import { createFrontier } from '../tree/frontier';
import { leafHash, type NodeHash } from '../tree/node-hash';
import { hashesOfATile, levelsOfATile } from '../tree/tiles';
import type { SealShelf } from '../shelf/seal-shelf';
import type { CheckpointsKept, RootToMeet } from './checkpoints-kept';
import type { FaultsFound, LogFault } from './log-fault';
import { createTilesKept } from './tiles-kept';

/**
 * Grows the tree again from the log and holds it to everything that was signed, and to the tiles. A tile that differs does not say who is
 * right, the tile or the event; the next root that was signed does.
 */
export type TreeCheck = {
  /** events so far, missing ones among them */
  readonly size: number;
  /** Before each event, and before each that is missing: `undefined` when nothing has to be read. */
  ready(): Promise<void> | undefined;
  add(event: Recorded): void;
  /** In the place of an event that is not there, what the tiles know of it. @returns its leaf hash */
  addMissing(): string | undefined;
  /** Whether a checkpoint of the shelf covers the event of that number. */
  isSealed(number: number): boolean;
  /** Over events that are missing and of which nothing is known: from there on no root can be met any more. */
  skipTo(size: number): void;
  /** When the log has ended. */
  end(): Promise<void>;
};

type Asked = {
  readonly shelf: Pick<SealShelf, 'tile'>;
  readonly kept: Pick<CheckpointsKept, 'roots' | 'sealed'>;
  readonly faults: FaultsFound;
};

/** In the place of what cannot be one. */
const noLeaf = leafHash(noHash);
/** What stands in the place of a hash may be of any length. */
const leafOf = ({ hash }: Recorded): NodeHash => (hash.length === noHash.length ? leafHash(hash) : noLeaf);

const placeOf = ({ id: eventId, stream, revision }: Recorded) => ({ eventId, stream, revision });

export const createTreeCheck = ({ shelf, kept: { roots, sealed }, faults }: Asked): TreeCheck => {
  const tiles = createTilesKept(shelf);
  /** whole nodes above the leaves that the tiles of higher levels should have */
  const nodes: { readonly level: number; readonly index: number; readonly hash: NodeHash }[] = [];
  const tree = createFrontier(0, [], ({ level, index }, hash) => {
    if (level > 0 && level % levelsOfATile === 0 && (index + 1) * 2 ** level <= sealed)
      nodes.push({ level: level / levelsOfATile, index, hash });
  });
  let nextRoot = 0;
  /** the log is what was signed up to here, and what was kept outside up to there */
  const good = { own: 0, outside: 0 };
  let suspect: LogFault | undefined;
  const suspectNodes: LogFault[] = [];
  let lost = false;
  let skipped = 0;
  const size = (): number => tree.size + skipped;
  let holeFrom: number | undefined;

  const tileFault = (reason: 'tile-differs' | 'tile-missing', number: number): void => {
    faults.add({ reason, number });
  };

  /** The log is what was signed: then the tiles are not. */
  const tellOfNodes = (): void => {
    for (const fault of suspectNodes.splice(0)) faults.add(fault);
  };

  const meet = ({ root, outside, size }: RootToMeet): void => {
    const isSame = tree.root().equals(root);
    if (isSame) {
      if (outside) good.outside = size;
      else good.own = size;
      if (suspect !== undefined) tileFault('tile-differs', suspect.number);
      suspect = undefined;
      tellOfNodes();
      return;
    }
    lost = true;
    // between the last root that fits and this one, the tiles say where
    if (suspect !== undefined) faults.add(suspect);
    else if (outside) faults.add({ reason: 'rewritten', number: good.outside + 1, upTo: size });
    else faults.add({ reason: 'tree-differs', number: Math.max(good.own, good.outside) + 1, upTo: size });
  };
  const meetRoots = (): void => {
    for (let next = roots[nextRoot]; next !== undefined && next.size <= size(); next = roots[nextRoot]) {
      nextRoot += 1;
      if (!lost && next.size === tree.size) meet(next);
    }
  };

  const kept = (leaf: number): NodeHash | undefined => {
    if (leaf >= sealed) return undefined;
    const found = tiles.hash(0, leaf);
    if (found === undefined && !lost && holeFrom !== Math.floor(leaf / hashesOfATile)) {
      holeFrom = Math.floor(leaf / hashesOfATile);
      tileFault('tile-missing', leaf + 1);
    }
    return found;
  };

  const compareNodes = async (): Promise<void> => {
    for (const { level, index, hash } of nodes.splice(0)) {
      await tiles.load({ level, index: Math.floor(index / hashesOfATile) });
      if (lost) continue;
      const found = tiles.hash(level, index);
      if (found?.equals(hash) === true) continue;
      const size = (index + 1) * hashesOfATile ** level;
      const number = size - hashesOfATile ** level + 1;
      suspectNodes.push({ reason: found === undefined ? 'tile-missing' : 'tile-differs', number, upTo: size });
      // a root may have been met meanwhile
      if (size <= Math.max(good.own, good.outside)) tellOfNodes();
    }
  };

  const load = async (leaf: number): Promise<void> => {
    await compareNodes();
    if (leaf < sealed) await tiles.load({ level: 0, index: Math.floor(leaf / hashesOfATile) });
  };

  const grow = (leaf: NodeHash): void => {
    tree.append(leaf);
    meetRoots();
  };

  return {
    get size() {
      return size();
    },
    ready: () => (size() % hashesOfATile === 0 ? load(size()) : undefined),
    isSealed: (number) => number <= sealed,
    skipTo: (to) => {
      if (to <= size()) return;
      skipped += to - size();
      lost = true;
    },
    add: (event) => {
      const number = size() + 1;
      const leaf = leafOf(event);
      const sealedThere = kept(number - 1);
      if (!lost && suspect === undefined && sealedThere?.equals(leaf) === false) {
        const isNext = tiles.hash(0, number)?.equals(leaf) === true;
        const place = isNext ? {} : placeOf(event);
        suspect = { reason: isNext ? 'event-missing' : 'other-event', number, leaf: sealedThere.toString('hex'), ...place };
      }
      grow(leaf);
    },
    addMissing: () => {
      const leaf = kept(size());
      // without the tile nothing behind this place can be held to a root
      if (leaf === undefined) lost = true;
      grow(leaf ?? noLeaf);
      return leaf?.toString('hex');
    },
    end: async () => {
      await compareNodes();
      const ended = size();
      if (ended < sealed) {
        await tiles.load({ level: 0, index: Math.floor(ended / hashesOfATile) });
        const leaf = tiles.hash(0, ended)?.toString('hex');
        faults.add({ reason: 'log-shorter', number: ended + 1, upTo: sealed, ...defined({ leaf }) });
      }
      if (suspect !== undefined && !lost) faults.add(suspect);
      const newest = roots.findLast(({ outside }) => outside)?.size ?? 0;
      if (newest > ended) faults.add({ reason: 'rolled-back', number: ended + 1, upTo: newest });
      else if (newest > sealed) faults.add({ reason: 'checkpoint-missing', number: sealed + 1, upTo: newest });
    },
  };
};
