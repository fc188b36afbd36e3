import { defined } from '@tichet-albastru/kernel/defined';
import { bytesOfAHash, createFrontier, leafHash, type NodeHash } from '../merkle-tree';
import { hashesOfATile, levelsOfATile, createStoredTiles } from '../tiles';
import type { CheckpointStore } from '../checkpoint-store';
import { storedCheckpoints, type StoredCheckpoints, type RootToMeet, type Faults, type ReadFault } from './stored-checkpoints';
import type { NoteVerifier } from '../signed-note';

/** One entry of the log, as it stands there. What else is known of it is said with a fault. */
export type LogEntry = {
  /** SHA-256 of its bytes, 64 hexadecimal digits */
  readonly hash: string;
  readonly id?: string;
  readonly stream?: string;
  readonly revision?: number;
};

/**
 * Grows the tree again from the log and holds it to everything that was signed, and to the tiles. A tile that differs does not say who is
 * right, the tile or the event; the next root that was signed does.
 */
export type TreeCheck = {
  /** events so far, missing ones among them */
  readonly size: number;
  /** Before each event, and before each that is missing: `undefined` when nothing has to be read. */
  ready(): Promise<void> | undefined;
  add(entry: LogEntry): void;
  /** In the place of an event that is not there, what the tiles know of it. @returns its leaf hash */
  addMissing(): string | undefined;
  /** Whether a checkpoint of the checkpoint store covers the event of that number. */
  isSigned(number: number): boolean;
  /** Skips missing events whose hashes are unknown: from there on the log can meet no root any more. */
  skipTo(size: number): void;
  /** When the log has ended. */
  end(): Promise<void>;
};

type Asked = {
  readonly checkpoints: Pick<CheckpointStore, 'tile'>;
  readonly kept: Pick<StoredCheckpoints, 'roots' | 'signed'>;
  readonly faults: Faults;
};

/** Digits of no hash. */
const noHash = '0'.repeat(2 * bytesOfAHash);
/** In the place of what cannot be one. */
const noLeaf = leafHash(noHash);
const isHash = new RegExp(`^[0-9a-f]{${2 * bytesOfAHash}}$`);
/** What stands in the place of a hash may be any text. */
const leafOf = ({ hash }: LogEntry): NodeHash => (isHash.test(hash) ? leafHash(hash) : noLeaf);

const placeOf = ({ id: eventId, stream, revision }: LogEntry) => defined({ eventId, stream, revision });

export const createTreeCheck = ({ checkpoints, kept: { roots, signed }, faults }: Asked): TreeCheck => {
  const tiles = createStoredTiles(checkpoints);
  /** whole nodes above the leaves that the tiles of higher levels should have */
  const nodes: { readonly level: number; readonly index: number; readonly hash: NodeHash }[] = [];
  const tree = createFrontier(0, [], ({ level, index }, hash) => {
    if (!lost && level > 0 && level % levelsOfATile === 0 && (index + 1) * 2 ** level <= signed)
      nodes.push({ level: level / levelsOfATile, index, hash });
  });
  let nextRoot = 0;
  /** the log is what was signed up to here, and what was kept outside up to there */
  const good = { own: 0, outside: 0 };
  let suspect: ReadFault | undefined;
  const suspectNodes: ReadFault[] = [];
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
    if (leaf >= signed) return undefined;
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
    if (leaf < signed) await tiles.load({ level: 0, index: Math.floor(leaf / hashesOfATile) });
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
    isSigned: (number) => number <= signed,
    skipTo: (to) => {
      if (to <= size()) return;
      skipped += to - size();
      lost = true;
    },
    add: (entry) => {
      const number = size() + 1;
      const leaf = leafOf(entry);
      const signedThere = kept(number - 1);
      if (suspect === undefined && signedThere?.equals(leaf) === false) {
        const isNext = tiles.hash(0, number)?.equals(leaf) === true;
        const place = isNext ? {} : placeOf(entry);
        suspect = { reason: isNext ? 'event-missing' : 'other-event', number, leaf: signedThere.toString('hex'), ...place };
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
      if (ended < signed) {
        await tiles.load({ level: 0, index: Math.floor(ended / hashesOfATile) });
        const leaf = tiles.hash(0, ended)?.toString('hex');
        faults.add({ reason: 'log-shorter', number: ended + 1, upTo: signed, ...defined({ leaf }) });
      }
      if (suspect !== undefined && !lost) faults.add(suspect);
      const newest = roots.findLast(({ outside }) => outside)?.size ?? 0;
      if (newest > ended) faults.add({ reason: 'rolled-back', number: ended + 1, upTo: newest });
      else if (newest > signed) faults.add({ reason: 'checkpoint-missing', number: signed + 1, upTo: newest });
    },
  };
};

/** What came of reading a whole log once. */
export type EntriesVerified = {
  readonly entries: number;
  /** entries under the newest checkpoint */
  readonly signed: number;
  /** in the order of the log; empty when all is well */
  readonly faults: readonly ReadFault[];
};

/**
 * Compares a log with everything that was signed of it. Nothing is proved about entries behind the newest checkpoint.
 * @param options.entries all of the log, in its order
 * @param options.outside signed notes that were kept out of reach of those who can change the log
 */
export const verifyEntries = async ({
  entries,
  checkpoints,
  verifier,
  outside = [],
}: {
  readonly entries: Iterable<LogEntry> | AsyncIterable<LogEntry>;
  readonly checkpoints: CheckpointStore;
  readonly verifier: NoteVerifier;
  readonly outside?: readonly string[];
}): Promise<EntriesVerified> => {
  const found: ReadFault[] = [];
  const faults: Faults = {
    add: (fault) => {
      found.push(fault);
    },
  };
  const kept = await storedCheckpoints({ checkpoints, verifier, outside, faults });
  const tree = createTreeCheck({ checkpoints, kept, faults });
  for await (const entry of entries) {
    await tree.ready();
    tree.add(entry);
  }
  await tree.end();
  return { entries: tree.size, signed: kept.signed, faults: found.sort((a, b) => a.number - b.number) };
};
