import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { verifiedCheckpoint, type SignedCheckpoint } from '../proof/note/checkpoint';
import { noteVerifierOf, type NoteVerifier } from '../proof/note/signed-note';
import { createFolderShelf } from '../proof/shelf/folder-shelf';
import { createMemoryShelf } from '../proof/shelf/memory-shelf';
import type { SealShelf } from '../proof/shelf/seal-shelf';
import { openTree } from '../proof/tree/growing-tree';
import { bytesOfAHash, type NodeHash } from '../proof/tree/node-hash';
import { hashesOfATile, type TileAt, tilePath, widthOf } from '../proof/tree/tiles';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';

const flushedEvery = 10_000;
const isHash = /^[0-9a-f]{64}$/;

type LogTree = {
  readonly shelf: SealShelf;
  readonly size: number;
  /** at the sizes that were asked for */ readonly roots: ReadonlyMap<number, NodeHash>;
};

/** The tree over the log as it was restored, whatever its seals say. */
const treeOfLog = async (folder: string, sizes: ReadonlySet<number>, most: number, turn: DrillTurn): Promise<LogTree> => {
  const shelf = createMemoryShelf();
  const tree = await openTree(shelf, 0);
  const roots = new Map<number, NodeHash>([[0, tree.root()]]);
  const database = new Database(pathIn(folder, dataFiles.events), { readonly: true });
  try {
    const page = database.prepare<[number, number], { readonly position: number; readonly hash: string }>(
      'SELECT position, lower(hex(hash)) AS hash FROM events WHERE position > ? ORDER BY position LIMIT ?',
    );
    for (
      let rows = page.all(0, flushedEvery);
      rows.length > 0 && tree.size < most;
      rows = page.all(rows.at(-1)?.position ?? 0, flushedEvery)
    ) {
      // what is no hash ends the tree; the chain says where
      const broken = rows.findIndex(({ hash }) => !isHash.test(hash));
      for (const { hash } of broken === -1 ? rows : rows.slice(0, broken)) {
        if (tree.size === most) break;
        tree.append(hash);
        if (sizes.has(tree.size)) roots.set(tree.size, tree.root());
      }
      await tree.flush();
      turn.tell('seal', tree.size, most);
      await breathe(turn);
      if (broken !== -1) break;
    }
    return { shelf, size: tree.size, roots };
  } finally {
    database.close();
  }
};

const firstDifference = (one: Buffer, other: Buffer): number => {
  for (let place = 0; place * bytesOfAHash < one.length; place += 1) {
    const [from, to] = [place * bytesOfAHash, (place + 1) * bytesOfAHash];
    if (!one.subarray(from, to).equals(other.subarray(from, to))) return place;
  }
  return 0;
};

/** The tiles that were restored, beside those that the log leads to. */
const tileFaults = async (shelf: SealShelf, log: LogTree, size: number): Promise<readonly DrillFault[]> => {
  for (let level = 0; hashesOfATile ** level <= size; level += 1)
    for (let index = 0; widthOf({ level, index }, size) > 0; index += 1) {
      const at: TileAt = { level, index };
      const bytes = widthOf(at, size) * bytesOfAHash;
      const kept = (await shelf.tile(at))?.subarray(0, bytes);
      // a log that is too short makes fewer, and narrower ones
      const made = (await log.shelf.tile(at))?.subarray(0, bytes) ?? Buffer.alloc(0);
      if (kept === undefined || kept.length < bytes)
        return [drillFault('seal', 'O piesă a arborelui lipsește.', 'A tile of the tree is missing.', tilePath(at))];
      if (kept.equals(made)) continue;
      if (log.size < size && kept.subarray(0, made.length).equals(made)) return [];
      const number = index * hashesOfATile + firstDifference(kept, made) + 1;
      const path = tilePath(at);
      return [
        drillFault(
          'seal',
          `Piesa ${path} a arborelui nu este cea la care duce jurnalul.`,
          `The tile ${path} of the tree is not the one that the log leads to.`,
          level === 0 ? String(number) : path,
        ),
      ];
    }
  return [];
};

const rootFaults = ({ size, root }: SignedCheckpoint, log: LogTree, ro: string, en: string): readonly DrillFault[] => {
  if (log.size < size)
    return [
      drillFault(
        'seal',
        `Jurnalul are ${log.size} evenimente, iar ${ro} spune ${size}.`,
        `The log has ${log.size} events, and ${en} says ${size}.`,
        String(log.size + 1),
      ),
    ];
  if (log.roots.get(size)?.equals(root) === true) return [];
  return [drillFault('seal', `Jurnalul nu duce la rădăcina din ${ro}.`, `The log does not lead to the root in ${en}.`, String(size))];
};

const notOurs = (ro: string, en: string): DrillFault =>
  drillFault('seal', `${ro} nu poartă semnătura cheii acestui jurnal.`, `${en} does not bear the signature of this log's key.`);

export type SealChecked = {
  readonly faults: readonly DrillFault[];
  /** events under the newest checkpoint; left out where nothing is sealed */ readonly sealed?: number;
};

/**
 * The newest checkpoint, the tree, and a checkpoint that was kept elsewhere, beside the restored log.
 * The one call to replace where the whole of the seals is verified.
 * @param outside a signed note
 */
export const checkSeal = async (folder: string, outside: string | undefined, turn: DrillTurn): Promise<SealChecked> => {
  const place = pathIn(folder, dataFiles.seal);
  const shelf = createFolderShelf(place);
  const verifier: NoteVerifier | undefined = noteVerifierOf((existsSync(place) ? await shelf.get('verifier') : undefined) ?? '');
  if (verifier === undefined) {
    if (outside === undefined) return { faults: [] };
    return { faults: [drillFault('seal', 'Jurnalul restaurat nu este sigilat.', 'The restored log is not sealed.')] };
  }
  const faults: DrillFault[] = [];
  const verified = (note: string | undefined, ro: string, en: string): SignedCheckpoint | undefined => {
    const checkpoint = note === undefined ? undefined : verifiedCheckpoint(note, verifier);
    if (note !== undefined && checkpoint === undefined) faults.push(notOurs(ro, en));
    return checkpoint;
  };
  const newest = verified(await shelf.newest(), 'Ultimul punct de control', 'The newest checkpoint');
  const kept = verified(outside, 'Punctul de control dat', 'The given checkpoint');
  const sizes = [newest, kept].flatMap((checkpoint) => (checkpoint === undefined ? [] : [checkpoint.size]));
  const log = await treeOfLog(folder, new Set(sizes), Math.max(0, ...sizes), turn);
  if (newest !== undefined) {
    faults.push(...rootFaults(newest, log, 'ultimul punct de control', 'the newest checkpoint'));
    faults.push(...(await tileFaults(shelf, log, newest.size)));
  }
  if (kept !== undefined) faults.push(...rootFaults(kept, log, 'punctul de control dat', 'the given checkpoint'));
  return { faults, ...(newest === undefined ? {} : { sealed: newest.size }) };
};
