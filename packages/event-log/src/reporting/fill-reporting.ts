import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ReadModels, Row } from '../ports/read-models';
import { type ReportingTable, type ReportingTableView, sourcesOf } from '../ports/reporting';
import type {
  AskedRow,
  ReportingBatch,
  ReportingPrepared,
  ReportingState,
  ReportingStore,
  ReportingWork,
  RowOfTable,
  SourceChange,
} from '../ports/reporting-store';
import type { Instant } from '@tichet-albastru/kernel/fact';
import { pause, yieldToOthers } from '../projector/projector-ports';
import { askRow } from './reporting-rows';

export type ReportingPorts = {
  readonly reporting: ReportingStore;
  readonly readModels: Pick<ReadModels, 'get' | 'select' | 'changes' | 'parked'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type ReportingDeclared = {
  readonly tables: readonly ReportingTable[];
  readonly views: readonly ReportingTableView[];
  /** of the sources whose rows the tables are made of, by their names; of one that is left out any version will do */
  readonly versions?: ReadonlyMap<string, number>;
  /** sources whose rows are derived from another table, and that table: rows that are parked there count for both */
  readonly derivedFrom?: ReadonlyMap<string, string>;
};

/** Rows of sources that are asked together: few enough that whoever writes beside them waits little. */
const rowsInOneTurn = 100;
/** With so many rows made, a turn ends: some rows of a source make one, some a thousand. */
const madeInOneTurn = 2000;
/** Where changes keep coming, each so many turns one goes to what is filled anew. */
const fillEvery = 4;
/** So long rows are asked before others have their turn, in milliseconds: some take long, most next to nothing. */
const longestGo = 5;
/** A clock that has gone back by less shows what is true in less: nothing is asked again for it. In milliseconds. */
const smallStep = 60_000;
/** At least so often it is looked whether the time of a row has come, in milliseconds. */
const lookEvery = 20_000;
/** Changes that come so close to each other are asked together, in milliseconds. */
const gathering = 50;
/** So long at most others go first after a turn, in milliseconds. */
const longestRest = 500;
/** So long whoever reads a table that is to be changed is left alone, in milliseconds. */
const leftAlone = 30_000;
/** So often it is told how far tables are that are behind, in milliseconds. */
const tellEvery = 5_000;

const wentBack = (before: Instant | undefined, at: Instant): boolean =>
  before !== undefined && Date.parse(before) - Date.parse(at) > smallStep;

/** What is asked together: a change with the rows that it makes in each table, or one row whose time has come. */
type Entry = { readonly change?: SourceChange; readonly rows: readonly RowOfTable[] };

/** In turns, so that neither changes keep time waiting nor time the changes. */
const entriesOf = (tables: readonly ReportingTable[], { changes, due, waiting }: ReportingWork): readonly Entry[] => {
  const asked = tables.filter(({ name }) => !waiting.includes(name));
  const changed = changes.map((change): Entry => {
    const ofSource = change.key === '' ? [] : asked.filter(({ source }) => source === change.source);
    return { change, rows: ofSource.map(({ name }) => ({ table: name, key: change.key })) };
  });
  return Array.from({ length: Math.max(changed.length, due.length) }, (_, n): readonly (Entry | undefined)[] => {
    const row = due[n];
    return [changed[n], row && { rows: [row] }];
  })
    .flat()
    .filter((entry) => entry !== undefined);
};

/**
 * What time has made of every row of it was asked for a moment that has not come yet, its source was filled anew, or has changed while nothing
 * of it was asked; or what all its rows look at has changed.
 */
const toBegin = (tables: readonly ReportingTable[], { changes, askedAt, waiting }: ReportingWork, at: Instant): readonly string[] => {
  const whole = new Set(changes.flatMap(({ source, key }) => (key === '' ? [source] : [])));
  const changed = new Set(changes.map(({ source }) => source));
  return tables
    .filter(
      ({ name, source, restsOn = [] }) =>
        whole.has(source) ||
        wentBack(askedAt, at) ||
        (waiting.includes(name) && changed.has(source)) ||
        restsOn.some((one) => changed.has(one)),
    )
    .map(({ name }) => name);
};

const isAnything = ({ changes, due }: ReportingWork, begun: readonly string[]): boolean =>
  changes.length > 0 || due.length > 0 || begun.length > 0;

/** Asks rows for one moment, each once, with turns for others in between. */
class Asking {
  readonly asked: AskedRow[] = [];
  private readonly known = new Set<string>();
  private since = performance.now();
  private made = 0;

  constructor(
    private readonly ports: Pick<ReportingPorts, 'readModels'>,
    private readonly at: Instant,
  ) {}

  isEnough(): boolean {
    return this.made >= madeInOneTurn;
  }

  async ask(table: ReportingTable, key: string, row: Row | undefined): Promise<void> {
    const name = JSON.stringify([table.name, key]);
    if (this.known.has(name)) return;
    this.known.add(name);
    const asked = await askRow(table, key, row, { at: this.at, readModels: this.ports.readModels });
    this.asked.push(asked);
    this.made += asked.rows.length;
    if (performance.now() - this.since < longestGo) return;
    await yieldToOthers();
    this.since = performance.now();
  }
}

/** Filling the reporting tables: what changed in their sources, what time has changed, and whole sources. */
class Filling {
  constructor(
    private readonly ports: ReportingPorts,
    private readonly declared: ReportingDeclared,
  ) {}

  private get tables(): readonly ReportingTable[] {
    return this.declared.tables;
  }

  private turns = 0;

  /** @returns whether there was anything to do: then there may be more */
  async turn(): Promise<boolean> {
    const { reporting, clock } = this.ports;
    const at = clock.now();
    const work = await reporting.look(at, rowsInOneTurn);
    const begun = toBegin(this.tables, work, at);
    const fill = work.fills.find(({ table }) => this.named(table) !== undefined && !work.waiting.includes(table));
    this.turns += 1;
    const goesFirst = begun.length === 0 && this.turns % fillEvery === 0;
    const batch = { generation: work.generation, at, begun };
    if (fill !== undefined && (goesFirst || !isAnything(work, begun))) return this.fillOn(fill, { ...batch, changes: [] });
    return isAnything(work, begun) && this.commit({ ...batch, ...(await this.askEach(work, at)) });
  }

  private named(name: string): ReportingTable | undefined {
    return this.tables.find((table) => table.name === name);
  }

  /** One page of a table that is filled anew. */
  private async fillOn(fill: ReportingWork['fills'][number], batch: Omit<ReportingBatch, 'asked'>): Promise<boolean> {
    const table = this.named(fill.table);
    if (table === undefined) return false;
    const page = await this.ports.reporting.page(table.source, fill.after, rowsInOneTurn);
    const asking = new Asking(this.ports, batch.at);
    for (const [key, row] of page) {
      if (asking.isEnough()) break;
      await asking.ask(table, key, row);
    }
    const isToTheEnd = page.size < rowsInOneTurn && asking.asked.length === page.size;
    const until = isToTheEnd ? undefined : asking.asked.at(-1)?.key;
    return this.commit({ ...batch, asked: asking.asked, filled: { ...fill, ...(until === undefined ? {} : { until }) } });
  }

  /** @returns what was asked, and the changes that are answered by it: what makes more than one turn takes is asked in the next */
  private async askEach(work: ReportingWork, at: Instant): Promise<Pick<ReportingBatch, 'asked' | 'changes'>> {
    const entries = entriesOf(this.tables, work);
    const loaded = await this.load(entries);
    const asking = new Asking(this.ports, at);
    const changes: SourceChange[] = [];
    for (const { change, rows } of entries) {
      if (asking.isEnough()) break;
      for (const row of rows) {
        const table = this.named(row.table);
        if (table !== undefined) await asking.ask(table, row.key, loaded.get(table.source)?.get(row.key));
      }
      if (change !== undefined) changes.push(change);
    }
    return { asked: asking.asked, changes };
  }

  /** The rows of each source. */
  private async load(entries: readonly Entry[]): Promise<ReadonlyMap<string, ReadonlyMap<string, Row>>> {
    const keys = new Map<string, Set<string>>();
    for (const { table, key } of entries.flatMap(({ rows }) => rows)) {
      const source = this.named(table)?.source;
      if (source !== undefined) keys.set(source, (keys.get(source) ?? new Set<string>()).add(key));
    }
    const loaded = new Map<string, ReadonlyMap<string, Row>>();
    for (const [source, some] of keys) loaded.set(source, await this.ports.reporting.load(source, [...some]));
    return loaded;
  }

  private async commit(batch: ReportingBatch): Promise<true> {
    const committed = await this.ports.reporting.commit(batch);
    if (committed === 'committed') this.tellParked(batch.asked);
    return true;
  }

  /** By table and error: nothing else tells an error where only the log is kept, and it holds nothing of what was read. */
  private tellParked(asked: readonly AskedRow[]): void {
    const counts = new Map<string, { readonly table: string; readonly error: string; readonly count: number }>();
    for (const { table, error } of asked) {
      if (error === undefined) continue;
      const name = JSON.stringify([table, error]);
      counts.set(name, { table, error, count: (counts.get(name)?.count ?? 0) + 1 });
    }
    for (const counted of counts.values()) this.ports.logger.error('reporting-parked', counted);
  }

  /** Keeps how far each table is. What has changed since the sources were looked at makes a table look further behind, and never less. */
  async tell(): Promise<void> {
    const { reporting, readModels, clock } = this.ports;
    const at = clock.now();
    const parked = (await readModels.parked()).filter(({ filling }) => !filling);
    const waiting = await reporting.waiting();
    const { fills } = await reporting.look(at, 0);
    const states: ReportingState[] = [];
    // most tables have their source with others: it is counted once
    const counted = new Map<string, number>();
    const leftIn = async (source: string, after: string): Promise<number> => {
      const name = JSON.stringify([source, after]);
      const left = counted.get(name) ?? (await reporting.remaining(source, after));
      if (!counted.has(name)) await yieldToOthers();
      counted.set(name, left);
      return Math.max(1, left);
    };
    for (const table of this.tables) {
      const sources = sourcesOf(table).map((source) => waiting.get(source) ?? { position: '', changes: 0 });
      const changes = sources.reduce((sum, one) => sum + one.changes, 0);
      const [position = ''] = sources.map((one) => one.position).sort();
      const fill = fills.find((one) => one.table === table.name);
      const left = fill === undefined ? 0 : await leftIn(table.source, fill.after);
      const made = new Set(sourcesOf(table).flatMap((source) => [source, this.declared.derivedFrom?.get(source)]));
      const sourceParked = parked.filter(({ projection }) => made.has(projection)).length;
      states.push({ table: table.name, position, behind: changes + left, sourceParked });
    }
    await reporting.tell(at, states);
  }
}

/** Brings tables and views to what is declared, behind whoever reads them for long. */
class Preparing {
  private triedAt = -Infinity;
  private prepared: ReportingPrepared = 'held';

  constructor(
    private readonly ports: Pick<ReportingPorts, 'reporting' | 'logger'>,
    private readonly declared: ReportingDeclared,
    private readonly patience: number,
  ) {}

  /** @returns whether rows can be written; not where the signal has aborted before */
  async untilFit(signal: AbortSignal): Promise<boolean> {
    const isOver = (): boolean => signal.aborted;
    await this.prepare();
    while (this.prepared === 'held' && !isOver()) {
      await pause(this.patience, signal);
      if (!isOver()) await this.prepare();
    }
    return this.prepared !== 'held';
  }

  /** What could not be changed for whoever read it, once he has been left alone for a while. */
  async again(): Promise<void> {
    if (this.prepared !== 'whole' && performance.now() - this.triedAt > this.patience) await this.prepare();
  }

  private async prepare(): Promise<void> {
    const { tables, views, versions } = this.declared;
    const isFirst = this.triedAt === -Infinity;
    this.prepared = await this.ports.reporting.prepare(tables, views, versions);
    this.triedAt = performance.now();
    if (isFirst && this.prepared !== 'whole') this.ports.logger.warn('reporting-behind-reader', { kind: this.prepared });
  }
}

/** Rings when a row of one of these sources has changed. */
class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  async listen(readModels: Pick<ReadModels, 'changes'>, sources: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      for await (const { projection } of readModels.changes(signal)) if (sources.has(projection)) this.ring();
      // whoever is sent back to the tables has missed some
      this.ring();
      await pause(gathering, signal);
    }
  }

  /** Until it rings, or has rung since it was waited for last; until the time is up, or the signal aborts. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      const rung = new AbortController();
      this.wake = () => {
        rung.abort();
      };
      await pause(milliseconds, AbortSignal.any([signal, rung.signal]));
      this.wake = undefined;
    }
    if (this.rung) await pause(gathering, signal);
    this.rung = false;
  }

  private ring(): void {
    this.rung = true;
    this.wake?.();
  }
}

/**
 * Keeps the reporting tables as their sources and the time make them until `signal` aborts: what changed as soon as it did, what time
 * changes at most `every` milliseconds late. Others go first: after each turn it rests as long as the turn has taken.
 */
export const runReporting = async (
  ports: ReportingPorts,
  declared: ReportingDeclared,
  {
    signal,
    every = lookEvery,
    patience = leftAlone,
  }: { readonly signal: AbortSignal; readonly every?: number; readonly patience?: number },
): Promise<void> => {
  const { tables } = declared;
  const preparing = new Preparing(ports, declared, patience);
  if (!(await preparing.untilFit(signal))) return;
  const filling = new Filling(ports, declared);
  const over = new AbortController();
  const untilOver = AbortSignal.any([signal, over.signal]);
  const isOver = (): boolean => untilOver.aborted;
  const bell = new Bell();
  const turning = async (): Promise<void> => {
    let toldAt = -Infinity;
    while (!isOver()) {
      await preparing.again();
      const from = performance.now();
      const isMore = await filling.turn();
      if (!isMore || performance.now() - toldAt > tellEvery) {
        await filling.tell();
        toldAt = performance.now();
      }
      if (isMore) await pause(Math.min(performance.now() - from, longestRest), untilOver);
      else await bell.wait(every, untilOver);
    }
  };
  const begun = [turning(), bell.listen(ports.readModels, new Set(tables.flatMap(sourcesOf)), untilOver)];
  try {
    await Promise.all(begun);
  } finally {
    // whoever begins again after a fault must not find the other still at work
    over.abort();
    await Promise.allSettled(begun);
  }
};

/** Fills what there is to fill, and returns: for tests, and for commands that end. */
export const catchUpReporting = async (ports: ReportingPorts, declared: ReportingDeclared): Promise<void> => {
  if (!(await new Preparing(ports, declared, leftAlone).untilFit(new AbortController().signal))) return;
  const filling = new Filling(ports, declared);
  while (await filling.turn()) await yieldToOthers();
  await filling.tell();
};
