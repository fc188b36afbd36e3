import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { EventLogCorrupt, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { BuildName, ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { needsRebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import type { FollowedTables } from '../../nest/provided';
import { everyTable } from '../../nest/tables';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { inBoth } from '../../phrasing/sentences';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';

const rowsAtOnce = 500;

export type TableCompared = { readonly name: string; readonly rows: number; readonly differing: number };
export type TablesChecked = {
  readonly faults: readonly DrillFault[];
  readonly tables: readonly TableCompared[];
  /** tables of another version of the program, which the service fills anew by itself, or of a program that embeds this one */
  readonly outdated: readonly string[];
};

const liveBuild = async (rows: ProjectionStore, { name }: Projection): Promise<BuildName | undefined> =>
  (await rows.builds()).find(({ projection, state }) => projection === name && state === 'live');

/** Rows of both, side by side in the order of their keys. @returns how many there are, and the keys of those that are not the same */
const compareTable = async (
  table: string,
  standing: readonly [ProjectionStore, BuildName],
  anew: readonly [ProjectionStore, BuildName],
  turn: DrillTurn,
): Promise<{ readonly rows: number; readonly differing: readonly string[] }> => {
  const differing: string[] = [];
  let rows = 0;
  for (let after = ''; ;) {
    const [ours, theirs] = [
      await standing[0].page(standing[1], table, after, rowsAtOnce),
      await anew[0].page(anew[1], table, after, rowsAtOnce),
    ];
    const ends = [ours, theirs].flatMap((page) => (page.size < rowsAtOnce ? [] : [[...page.keys()].at(-1) ?? '']));
    // up to where both pages tell of every key
    const until = ends.length === 0 ? undefined : ends.reduce((one, other) => (one < other ? one : other));
    const keys = new Set([...ours.keys(), ...theirs.keys()].filter((key) => until === undefined || key <= until));
    rows += keys.size;
    for (const key of keys) if (!isDeepStrictEqual(ours.get(key), theirs.get(key))) differing.push(key);
    if (until === undefined) return { rows, differing };
    after = until;
    await breathe(turn);
  }
};

const ignore = (): void => undefined;
const silent = { info: ignore, warn: ignore, error: ignore };

/**
 * Fills every table anew from the restored log and compares it with the one that came in the backup, read up to the same event.
 * @param work a folder for the tables that are made anew
 */
export const checkTables = async (
  {
    folder,
    work,
    store,
    codec,
    tables: followed,
  }: {
    readonly folder: string;
    readonly work: string;
    readonly store: EventStore;
    readonly codec: EventCodec;
    readonly tables: FollowedTables;
  },
  turn: DrillTurn,
): Promise<TablesChecked> => {
  const standing = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  const anew = new SqliteReadModels(join(work, 'tables-made-anew.db'));
  try {
    const ports = { store, codec, clock: systemClock, logger: silent };
    const outdated: Projection[] = [];
    const known = everyTable(followed);
    for (const table of known) {
      await standing.prepare(table);
      if (await needsRebuild({ ...ports, rows: standing }, table)) outdated.push(table);
    }
    const current = known.filter((table) => !outdated.includes(table));
    await catchUp({ ...ports, rows: standing }, current);
    for (const [index, table] of current.entries()) {
      turn.tell('rebuild', index, current.length);
      await breathe(turn);
      await catchUp({ ...ports, rows: anew }, [table]);
    }
    const tables: TableCompared[] = [];
    const faults: DrillFault[] = [];
    for (const [index, table] of current.entries()) {
      turn.tell('compare', index, current.length);
      const [ours, theirs] = [await liveBuild(standing, table), await liveBuild(anew, table)];
      if (ours === undefined || theirs === undefined) throw new Error(`The table ${table.name} has no live build.`);
      for (const name of [table.name, ...(table.derived === undefined ? [] : [table.derived.name])]) {
        const { rows, differing } = await compareTable(name, [standing, ours], [anew, theirs], turn);
        tables.push({ name, rows, differing: differing.length });
        if (differing.length === 0) continue;
        faults.push(
          drillFault('compare', inBoth.backup.drill.rowsDiffer({ name, count: differing.length }), `${name} ${differing[0] ?? ''}`),
        );
      }
    }
    const others = (await standing.builds()).filter(({ projection }) => !known.some(({ name }) => name === projection));
    return { faults, tables, outdated: [...outdated.map(({ name }) => name), ...new Set(others.map(({ projection }) => projection))] };
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return { faults: [drillFault('rebuild', inBoth.backup.drill.notCompared)], tables: [], outdated: [] };
  } finally {
    standing.close();
    anew.close();
  }
};
