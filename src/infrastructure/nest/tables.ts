import { Inject, Injectable } from '@nestjs/common';
import type { Asker } from '../../application/kernel/access';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Projection } from '../../application/kernel/ports/projection';
import type { Rebuilt } from '@tichet-albastru/event-log/ports/projection-store';
import type { ParkedKey, ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { isChosen, type ParkedChoice } from '../../application/operation/parked-groups';
import { allProcesses } from '../../application/operation/all-processes';
import { actedFor } from '../../application/operation/operator-acts';
import { unfinishedBuilds } from '../../application/operation/table-rebuilds';
import type { Refusal } from '../../domain/kernel/refusal';
import { allProjections } from '../../projections/all-projections';
import { retryParked, type Retried } from '@tichet-albastru/event-log/projector/parked';
import { rebuildTogether } from '@tichet-albastru/event-log/projector/rebuild';
import { inBoth } from '../phrasing/sentences';
import { withOneMore } from '@tichet-albastru/kernel/json.codec';
import { tablesOf } from '@tichet-albastru/event-log/read-models/columns';
import type { OwnParts } from './options';
import { mustBeTables, TableUnusable } from './own-declarations';
import { keepingTable } from './own-tables';
import type { FollowedTables, OpenedPorts } from './provided';
import { openedToken } from './tokens';

const tableName = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** SQLite makes no table that is called so, with the number of its build behind. */
const keptBySqlite = /^sqlite(?:-|$)/;
const viewName = /^[a-z][a-z0-9_]*$/;
/** PostgreSQL cuts longer names of tables, indexes and views off, and then two are one. */
const longestName = 40;

/** Every table by its name and every view by its own: the names by which the stores tell them apart. */
const namesOf = (projection: Projection): readonly (readonly [what: 'table' | 'view', name: string])[] =>
  tablesOf(projection).flatMap(({ name, views }) => [['table', name] as const, ...views.map((view) => ['view', view.name] as const)]);

/**
 * Our tables and the host's, each under a name of its own.
 * @throws TableUnusable before anything is opened
 */
export const followedTables = ({ projections: own = [] }: OwnParts = {}): FollowedTables => {
  mustBeTables(own);
  const taken = new Set([...allProjections, ...allProcesses].flatMap(namesOf).map(String));
  for (const named of own.flatMap(namesOf)) {
    const [what, name] = named;
    if (!(what === 'table' ? tableName : viewName).test(name) || name.length > longestName)
      throw new TableUnusable(inBoth.unusable.table.noName({ name, longest: longestName }));
    if (what === 'table' && keptBySqlite.test(name)) throw new TableUnusable(inBoth.unusable.table.reserved({ name }));
    if (taken.has(String(named))) throw new TableUnusable(inBoth.unusable.table.taken({ name }));
    taken.add(String(named));
  }
  return { projections: [...allProjections, ...own.map(keepingTable)], processes: allProcesses };
};

/** Everything that follows the log. */
export const everyTable = ({ projections, processes }: FollowedTables): readonly Projection[] => [...projections, ...processes];

/** The host's: the threads of ours do not know their code. */
export const ownTables = ({ projections }: Pick<FollowedTables, 'projections'>): readonly Projection[] =>
  projections.filter((projection) => !allProjections.includes(projection));

/** Those that are meant by a name; a derived table is filled with its source. All of them, where none is named. */
export const tablesNamed = (tables: FollowedTables, name?: string): readonly Projection[] =>
  everyTable(tables).filter((table) => name === undefined || table.name === name || table.derived?.name === name);

type Listed = { readonly name: string; readonly version: number; readonly derivedFrom?: string; readonly process?: true };

/** A table, and how much of the log it has read. */
export type TableView = Listed & { readonly position: Position; readonly rows: number };

/** A derived table after the one it is computed from and filled with; then the to-dos of the processes. */
const listed = ({ projections, processes }: FollowedTables): readonly Listed[] => [
  ...projections.flatMap(({ name, version, derived }): readonly Listed[] => [
    { name, version },
    ...(derived === undefined ? [] : [{ name: derived.name, version, derivedFrom: name }]),
  ]),
  ...processes.map(({ name, version }): Listed => ({ name, version, process: true })),
];

/**
 * How far each is; one that was never made stands at the beginning. In the version that is read: a newer one may still fill, or was refused.
 * @param read the tables that are read, under the names of those that fill them
 */
export const listTables = async (
  readModels: Pick<ReadModels, 'position' | 'count'>,
  tables: FollowedTables,
  read: readonly { readonly projection: string; readonly version: number }[],
): Promise<readonly TableView[]> => {
  const versions = new Map(read.map(({ projection, version }) => [projection, version]));
  const views: TableView[] = [];
  for (const table of listed(tables)) {
    const position = await readModels.position(table.name);
    const version = versions.get(table.derivedFrom ?? table.name) ?? table.version;
    views.push({ ...table, version, position, rows: position === '' ? 0 : await readModels.count(table.name) });
  }
  return views;
};

/** What became of a table that was to be removed; `left`: nobody has confirmed that it is. */
type Dropped =
  { readonly outcome: 'not-found' | 'declared' } | { readonly outcome: 'left' | 'dropped'; readonly rows: number; readonly parked: number };

/** What came of rows that were tried again together, each counted once; of one that was parked no more, nothing. `left`: not tried, for want of time. */
export type RetriedAll = { readonly applied: number; readonly still: number; readonly needsRebuild: number; readonly left: number };

/** A person waits for the answer, and so may what stands between them and the service. */
const retryingMilliseconds = 15_000;

/** The operational register in which it is kept who has removed which table, and when; the newest last. */
const droppedKey = 'tables-dropped';

/** The tables of this application, ours and the host's: what `tichet projections` does, for whoever embeds the module. */
@Injectable()
export class Tables {
  constructor(@Inject(openedToken) private readonly opened: Pick<OpenedPorts, 'ports' | 'rows' | 'projections' | 'processes'>) {}

  async list(): Promise<readonly TableView[]> {
    const live = (await this.opened.rows.builds()).filter(({ state }) => state === 'live');
    return listTables(this.opened.ports.readModels, this.opened, live);
  }

  /** Fills the table anew beside the one that is read, and replaces it in one step; every table, where none is named. No letter is sent. */
  async rebuild(name?: string): Promise<readonly { readonly projection: string; readonly outcome: Rebuilt }[]> {
    return (await this.rebuildEach(name)).map(({ projection, settled }) => {
      if (settled.status === 'rejected') throw settled.reason;
      return { projection, outcome: settled.value };
    });
  }

  /** The same, and for each table what kept it from being filled, where something did. */
  async rebuildEach(name?: string): Promise<readonly { readonly projection: string; readonly settled: PromiseSettledResult<Rebuilt> }[]> {
    const { ports, rows } = this.opened;
    const chosen = tablesNamed(this.opened, name);
    const settled = await rebuildTogether({ ...ports, rows, unfinished: unfinishedBuilds(ports) }, chosen);
    return settled.map((result, place) => ({ projection: chosen[place]?.name ?? '', settled: result }));
  }

  /** Rows that wait for a person because an event of theirs could not be applied. */
  parked(): Promise<readonly ParkedKey[]> {
    return this.opened.ports.readModels.parked();
  }

  /** Applies the events of a parked row again, with the code as it is now. */
  retry(id: string): Promise<Retried> {
    const { ports, rows } = this.opened;
    return retryParked({ ...ports, rows }, everyTable(this.opened), id);
  }

  /** The same for whoever must be allowed to. */
  retryFor(asker: Asker, id: string): Promise<Retried | Refusal> {
    const { ports } = this.opened;
    return actedFor(
      ports,
      asker,
      'row.tried-again',
      () => this.retry(id),
      (outcome) => (outcome === 'done' || outcome === 'still-parked' ? 1 : 0),
    );
  }

  /**
   * The same for all rows of a table, or of one error there, one after the other. What is not tried within some seconds is left, and counted:
   * the same can be asked again.
   */
  retryAllFor(asker: Asker, choice: ParkedChoice, milliseconds = retryingMilliseconds): Promise<RetriedAll | Refusal> {
    const tried = ({ applied, still }: RetriedAll): number => applied + still;
    return actedFor(this.opened.ports, asker, 'row.tried-again', () => this.#retryAll(choice, milliseconds), tried);
  }

  async #retryAll(choice: ParkedChoice, milliseconds: number): Promise<RetriedAll> {
    const until = performance.now() + milliseconds;
    const chosen = (await this.parked()).filter((item) => isChosen(choice, item));
    const outcomes: Retried[] = [];
    for (const { id } of chosen) {
      if (performance.now() > until) break;
      outcomes.push(await this.retry(id));
    }
    const counted = (...which: readonly Retried[]): number => outcomes.filter((outcome) => which.includes(outcome)).length;
    return {
      applied: counted('done'),
      still: counted('still-parked'),
      needsRebuild: counted('needs-rebuild', 'of-another-program'),
      left: chosen.length - outcomes.length,
    };
  }

  /**
   * Removes a table that is not declared any more: its rows, its views, what is parked and how far it was.
   * @param by who wants it, which is kept
   * @param confirmed false: nothing is removed, and only said what would be
   */
  async drop(name: string, by: string, confirmed = true): Promise<Dropped> {
    const { ports, rows } = this.opened;
    const { keyValues } = ports.operations;
    if (tablesNamed(this.opened, name).length > 0) return { outcome: 'declared' };
    const builds = (await rows.builds()).filter(({ projection }) => projection === name);
    if (builds.length === 0) return { outcome: 'not-found' };
    const isRead = builds.some(({ state }) => state === 'live');
    const counted = { rows: isRead ? await ports.readModels.count(name) : 0, parked: 0 };
    for (const build of builds) counted.parked += (await rows.parkedEvents(build)).length;
    if (!confirmed) return { outcome: 'left', ...counted };
    for (const build of builds) await rows.dropBuild(build);
    const dropped = { table: name, ...counted, by, at: ports.clock.now() };
    await keyValues.put(droppedKey, withOneMore(await keyValues.get(droppedKey), dropped));
    ports.logger.warn('table.dropped', { table: name, count: counted.rows });
    return { outcome: 'dropped', ...counted };
  }
}
