import type { Clock } from '../../application/kernel/ports/clock';
import type { Logger } from '../../application/kernel/ports/logger';
import type { ReadModels, Row } from '../../application/kernel/ports/read-models';
import type { ReportingTable, ReportingTableView } from '../../application/kernel/ports/reporting';
import type {
  AskedRow,
  ReportingBatch,
  ReportingState,
  ReportingStore,
  ReportingWork,
} from '../../application/kernel/ports/reporting-store';
import type { Instant } from '../../domain/kernel/fact';
import { pause, yieldToOthers } from './ports';
import { askRow } from './reporting-rows';

export type ReportingPorts = {
  readonly reporting: ReportingStore;
  readonly readModels: Pick<ReadModels, 'get' | 'select' | 'changes'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type ReportingDeclared = { readonly tables: readonly ReportingTable[]; readonly views: readonly ReportingTableView[] };

/** Rows of sources that are asked together: few enough that whoever writes beside them waits little. */
const rowsInOneTurn = 100;
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
/** So often it is told how far tables are that are behind, in milliseconds. */
const tellEvery = 5_000;

const wentBack = (before: Instant | undefined, at: Instant): boolean =>
  before !== undefined && Date.parse(before) - Date.parse(at) > smallStep;

/** Which rows are to be asked, of each table by its name. */
type ToAsk = ReadonlyMap<string, ReadonlySet<string>>;

const toAsk = (tables: readonly ReportingTable[], { changes, due }: ReportingWork): ToAsk =>
  new Map(
    tables.map(({ name, source }) => [
      name,
      new Set([
        ...changes.flatMap((change) => (change.source === source && change.key !== '' ? [change.key] : [])),
        ...due.flatMap((row) => (row.table === name ? [row.key] : [])),
      ]),
    ]),
  );

/** What time has made of every row of it was asked for a moment that has not come yet, or its source was filled anew. */
const toBegin = (tables: readonly ReportingTable[], { changes, askedAt }: ReportingWork, at: Instant): readonly string[] => {
  const whole = new Set(changes.flatMap(({ source, key }) => (key === '' ? [source] : [])));
  return tables.filter(({ source }) => whole.has(source) || wentBack(askedAt, at)).map(({ name }) => name);
};

/** Filling the reporting tables: what changed in their sources, what time has changed, and whole sources. */
class Filling {
  constructor(
    private readonly ports: ReportingPorts,
    private readonly tables: readonly ReportingTable[],
  ) {}

  /** @returns whether there was anything to do: then there may be more */
  async turn(): Promise<boolean> {
    const { reporting, clock } = this.ports;
    const at = clock.now();
    const work = await reporting.look(at, rowsInOneTurn);
    const begun = toBegin(this.tables, work, at);
    const asked = await this.askEach(toAsk(this.tables, work), at);
    const batch = { turn: work.turn, at, asked, changes: work.changes, begun };
    if (work.changes.length > 0 || work.due.length > 0 || begun.length > 0) return this.commit(batch);
    const [fill] = work.fills;
    return fill !== undefined && this.fillOn(fill, { ...batch, at });
  }

  /** One page of a table that is filled anew. */
  private async fillOn(fill: ReportingWork['fills'][number], batch: ReportingBatch): Promise<boolean> {
    const table = this.tables.find(({ name }) => name === fill.table);
    if (table === undefined) return false;
    const page = await this.ports.reporting.page(table.source, fill.after, rowsInOneTurn);
    const asked = await this.askRows(table, page.keys(), page, batch.at);
    const until = page.size < rowsInOneTurn ? undefined : [...page.keys()].at(-1);
    return this.commit({ ...batch, asked, filled: { ...fill, ...(until === undefined ? {} : { until }) } });
  }

  private async askEach(asking: ToAsk, at: Instant): Promise<readonly AskedRow[]> {
    const loaded = new Map<string, ReadonlyMap<string, Row>>();
    for (const source of new Set(this.tables.map((table) => table.source))) {
      const keys = new Set(this.tables.flatMap((table) => (table.source === source ? [...(asking.get(table.name) ?? [])] : [])));
      if (keys.size > 0) loaded.set(source, await this.ports.reporting.load(source, [...keys]));
    }
    const asked: AskedRow[] = [];
    for (const table of this.tables)
      asked.push(...(await this.askRows(table, asking.get(table.name) ?? [], loaded.get(table.source) ?? new Map<string, Row>(), at)));
    return asked;
  }

  private async askRows(
    table: ReportingTable,
    keys: Iterable<string>,
    rows: ReadonlyMap<string, Row>,
    at: Instant,
  ): Promise<readonly AskedRow[]> {
    const asked: AskedRow[] = [];
    let since = performance.now();
    for (const key of keys) {
      asked.push(await askRow(table, key, rows.get(key), { at, readModels: this.ports.readModels }));
      if (performance.now() - since < longestGo) continue;
      await yieldToOthers();
      since = performance.now();
    }
    return asked;
  }

  private async commit(batch: ReportingBatch): Promise<true> {
    const committed = await this.ports.reporting.commit(batch);
    const parked = batch.asked.filter(({ error }) => error !== undefined);
    if (committed === 'committed' && parked.length > 0)
      for (const table of new Set(parked.map((row) => row.table)))
        this.ports.logger.error('reporting-parked', { table, count: parked.filter((row) => row.table === table).length });
    return true;
  }

  /** Keeps how far each table is. What has changed since the sources were looked at makes a table look further behind, and never less. */
  async tell(): Promise<void> {
    const { reporting, clock } = this.ports;
    const at = clock.now();
    const waiting = await reporting.waiting();
    const { fills } = await reporting.look(at, 0);
    const states: ReportingState[] = [];
    for (const { name, source } of this.tables) {
      const { position = '', changes = 0 } = waiting.get(source) ?? {};
      const fill = fills.find(({ table }) => table === name);
      const left = fill === undefined ? 0 : Math.max(1, await reporting.remaining(source, fill.after));
      states.push({ table: name, position, behind: changes + left });
    }
    await reporting.tell(at, states);
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
  { tables, views }: ReportingDeclared,
  { signal, every = lookEvery }: { readonly signal: AbortSignal; readonly every?: number },
): Promise<void> => {
  await ports.reporting.prepare(tables, views);
  const filling = new Filling(ports, tables);
  const over = new AbortController();
  const untilOver = AbortSignal.any([signal, over.signal]);
  const isOver = (): boolean => untilOver.aborted;
  const bell = new Bell();
  const turning = async (): Promise<void> => {
    let toldAt = -Infinity;
    while (!isOver()) {
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
  const begun = [turning(), bell.listen(ports.readModels, new Set(tables.map(({ source }) => source)), untilOver)];
  try {
    await Promise.all(begun);
  } finally {
    // whoever begins again after a fault must not find the other still at work
    over.abort();
    await Promise.allSettled(begun);
  }
};

/** Fills what there is to fill, and returns: for tests, and for commands that end. */
export const catchUpReporting = async (ports: ReportingPorts, { tables, views }: ReportingDeclared): Promise<void> => {
  await ports.reporting.prepare(tables, views);
  const filling = new Filling(ports, tables);
  while (await filling.turn()) await yieldToOthers();
  await filling.tell();
};
