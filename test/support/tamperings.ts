import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import {
  anyOf,
  changedByte,
  forged,
  insert,
  inTheLog,
  rechain,
  rewrite,
  rowAt,
  shiftFrom,
  tilesOf,
  placeOfTile,
  type Chance,
} from './behind-its-back';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { leafHash, notesIn, signCheckpoint, verifiedCheckpoint, verifierLine } from '@tichet-albastru/signed-log';
import { otherSealKey, sealKey, sealNow, checkpointsIn, type SealedLog } from './sealed-tickets';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { appendSmall } from './small-events';

/** What a report must say: the number of the first event concerned, or a range in which it must lie, or only that something is wrong. */
export type Expected = { readonly number: number } | { readonly within: readonly [number, number] } | 'anything';
/** Changes a copy of the data folder behind the service's back. */
export type Tampering = (folder: string, base: SealedLog, chance: Chance) => Expected | Promise<Expected>;

const editOf =
  (column: 'stream' | 'id' | 'type' | 'data'): Tampering =>
  (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      const bytes = database.prepare<[number], Buffer>(`SELECT CAST(${column} AS BLOB) FROM events WHERE position = ?`).pluck().get(number);
      database
        .prepare(`UPDATE events SET ${column} = CAST(? AS TEXT) WHERE position = ?`)
        .run(changedByte(bytes ?? Buffer.alloc(1), chance), number);
    });
    return { number };
  };

export const tamperings = {
  'a byte of the body': editOf('data'),
  'a byte of the stream': editOf('stream'),
  'a byte of the id': editOf('id'),
  'a byte of the type': editOf('type'),
  'a byte of the hash': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      const { hash } = rowAt(database, number);
      database.prepare('UPDATE events SET hash = ? WHERE position = ?').run(changedByte(hash, chance), number);
    });
    return { number };
  },
  'the revision': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      database.prepare('UPDATE events SET revision = revision + ? WHERE position = ?').run(1000 + chance(1000), number);
    });
    return { number };
  },
  'an event deleted': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      database.prepare('DELETE FROM events WHERE position = ?').run(number);
    });
    return { number };
  },
  'an event deleted, and those behind it moved up': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      database.prepare('DELETE FROM events WHERE position = ?').run(number);
      database.prepare('UPDATE events SET position = -position WHERE position > ?').run(number);
      database.prepare('UPDATE events SET position = -position - 1 WHERE position < 0').run();
    });
    return { number };
  },
  'an event inserted, of a stream of its own': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      shiftFrom(database, number);
      insert(database, number, forged(chance, `ticket-${chance(1e9)}`, 0, noHash));
    });
    return { number };
  },
  'an event inserted into a stream, its chain computed again to its end': (folder, base, chance) => {
    const number = anyOf(base, chance);
    inTheLog(folder, (database) => {
      const { stream, revision } = rowAt(database, number);
      shiftFrom(database, number);
      database.prepare('UPDATE events SET revision = -revision WHERE stream = ? AND revision >= ?').run(stream, revision);
      database.prepare('UPDATE events SET revision = -revision + 1 WHERE stream = ? AND position > ?').run(stream, number);
      insert(database, number, forged(chance, stream, revision, noHash));
      rechain(database, stream, revision);
    });
    return { number };
  },
  'an event at a place that no store gives': (folder, _, chance) => {
    inTheLog(folder, (database) => {
      insert(database, -chance(1000), forged(chance, `ticket-${chance(1e9)}`, 0, noHash));
    });
    return { number: 0 };
  },
  'an event behind the end, with a hash that is not its own': (folder, base, chance) => {
    inTheLog(folder, (database) => {
      insert(database, base.size + 1, { ...forged(chance, `ticket-${chance(1e9)}`, 0, noHash), hash: Buffer.alloc(32, chance(256)) });
    });
    return { number: base.size + 1 };
  },
  'an event far behind the end': (folder, base, chance) => {
    inTheLog(folder, (database) => {
      insert(database, base.size + 2 + chance(1e12), forged(chance, `ticket-${chance(1e9)}`, 0, noHash));
    });
    return { number: base.size + 1 };
  },
  'an event rewritten, its chain computed again to the end of the stream': (folder, base, chance) => ({
    number: rewrite(folder, base, chance).number,
  }),
  'an event rewritten, its chain and its leaf computed again': async (folder, base, chance) => {
    const { number, hash } = rewrite(folder, base, chance);
    const checkpoints = checkpointsIn(folder);
    const at = { level: 0, index: Math.floor((number - 1) / 256) };
    const tile = await checkpoints.tile(at);
    if (tile === undefined) throw new Error('There is no tile.');
    leafHash(hash).copy(tile, ((number - 1) % 256) * 32);
    await checkpoints.putTile(at, tile);
    // later events of the stream have other hashes, too, and their leaves tell
    return { within: [1, base.size] };
  },
  'two events in each other’s place': (folder, base, chance) => {
    const a = 1 + chance(base.size - 1);
    const b = a + 1 + chance(base.size - a);
    inTheLog(folder, (database) => {
      const move = database.prepare('UPDATE events SET position = ? WHERE position = ?');
      move.run(-1, a);
      move.run(a, b);
      move.run(b, -1);
    });
    return { number: a };
  },
  'the end cut off': (folder, base, chance) => {
    const left = chance(base.size);
    inTheLog(folder, (database) => {
      database.prepare('DELETE FROM events WHERE position > ?').run(left);
    });
    return { number: left + 1 };
  },
  'the log as it was': (folder, base, chance) => {
    const older = base.before[chance(base.before.length)];
    if (older === undefined) throw new Error('There is no older log.');
    cpSync(pathIn(older.folder, dataFiles.events), pathIn(folder, dataFiles.events));
    return { number: older.size + 1 };
  },
  'log and seals as they were': (folder, base, chance) => {
    const older = base.before[chance(base.before.length)];
    if (older === undefined) throw new Error('There is no older log.');
    rmSync(folder, { recursive: true });
    cpSync(older.folder, folder, { recursive: true });
    return { number: older.size + 1 };
  },
  'log and seals as they were, and sealed on with our own key': async (folder, base, chance) => {
    const older = base.before[chance(base.before.length)];
    if (older === undefined) throw new Error('There is no older log.');
    rmSync(folder, { recursive: true });
    cpSync(older.folder, folder, { recursive: true });
    const store = await openSqliteEventStore({ folder });
    await appendSmall(store, base.size - older.size + chance(20), `small-${chance(1e9)}`);
    await sealNow(store, checkpointsIn(folder));
    await store.close();
    return { within: [1, older.size + 1] };
  },
  'a byte of a tile': (folder, _, chance) => {
    const tiles = tilesOf(folder);
    const path = tiles[chance(tiles.length)] ?? '';
    const bytes = readFileSync(path);
    const changed = changedByte(bytes, chance);
    writeFileSync(path, changed);
    const place = Math.floor(bytes.findIndex((byte, at) => byte !== changed[at]) / 32);
    const [level, index] = placeOfTile(path);
    return { number: (index * 256 + place) * 256 ** level + 1 };
  },
  'a tile gone': (folder, _, chance) => {
    const tiles = tilesOf(folder);
    const path = tiles[chance(tiles.length)] ?? '';
    rmSync(path);
    const [level, index] = placeOfTile(path);
    return { number: index * 256 ** (level + 1) + 1 };
  },
  'a byte of the checkpoints': (folder, _, chance) => {
    const path = join(pathIn(folder, dataFiles.seal), 'checkpoints');
    writeFileSync(path, changedByte(readFileSync(path), chance));
    return 'anything';
  },
  'the newest checkpoints gone': (folder, base, chance) => {
    const path = join(pathIn(folder, dataFiles.seal), 'checkpoints');
    const notes = notesIn(readFileSync(path, 'utf8'));
    const left = notes.slice(0, chance(notes.length));
    writeFileSync(path, left.join(''));
    return { number: (verifiedCheckpoint(left.at(-1) ?? '', sealKey)?.size ?? 0) + 1 };
  },
  'all checkpoints signed again with another key': (folder) => {
    const path = join(pathIn(folder, dataFiles.seal), 'checkpoints');
    const checkpoints = notesIn(readFileSync(path, 'utf8')).flatMap((note) => verifiedCheckpoint(note, sealKey) ?? []);
    writeFileSync(path, checkpoints.map((checkpoint) => signCheckpoint(checkpoint, otherSealKey).note).join(''));
    writeFileSync(join(pathIn(folder, dataFiles.seal), 'verifier'), `${verifierLine(otherSealKey)}\n`);
    // with no seal left that counts, the one that is noted as signed is missing from the first event on
    return { number: 1 };
  },
} satisfies Record<string, Tampering>;

export type TamperingName = keyof typeof tamperings;
/** With the key of the service in hand nothing that it holds can tell: only a checkpoint kept elsewhere does. */
export const foundFromOutsideAlone: readonly TamperingName[] = [
  'log and seals as they were',
  'log and seals as they were, and sealed on with our own key',
];

/** These change files of the seals, too; the others only the log. */
export const touchSeals: ReadonlySet<TamperingName> = new Set([
  ...foundFromOutsideAlone,
  'an event rewritten, its chain and its leaf computed again',
  'a byte of a tile',
  'a tile gone',
  'a byte of the checkpoints',
  'the newest checkpoints gone',
  'all checkpoints signed again with another key',
]);
