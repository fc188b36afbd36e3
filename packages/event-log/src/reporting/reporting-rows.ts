import type { ReportingColumn, ReportingRow, ReportingRows, ReportingTable, ReportingValue } from '../ports/reporting';
import type { AskedRow } from '../ports/reporting-store';
import { cleanedError } from '../projector/cleaned-error';
import { RowParked, type ReadModels, type Row } from '../ports/read-models';
import type { Instant } from '@tichet-albastru/kernel/fact';
import { sentenceOf } from '../projector/projector-ports';

/** A row that could not be made because another one is parked is asked for again by itself, in milliseconds. */
const askedAgainAfter = 300_000;

/** What a declared table makes of a row does not fit its own columns. Its sentence says nothing of what was read. */
class NoRowOfTable extends TypeError {
  override readonly name = 'NoRowOfTable';
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const date = /^\d{4}-\d\d-\d\d$/;
const most = 2 ** 31;

const fits: Readonly<Record<ReportingColumn['type'], (value: ReportingValue) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value) && Math.abs(Number(value)) < most,
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  instant: (value) => typeof value === 'string' && instant.test(value),
  date: (value) => typeof value === 'string' && date.test(value),
};

/** No database is asked to take what it would refuse: one row would keep all others out. */
const mustFit = ({ columns, key: keys, sourceKey }: ReportingTable, row: ReportingRow, key: string): void => {
  for (const name of Object.keys(row)) if (!(name in columns)) throw new NoRowOfTable('It has a column that is not declared.');
  for (const [name, { type, required }] of Object.entries(columns)) {
    const value = row[name] ?? null;
    const isMissing = value === null && (required === true || keys.includes(name));
    if (isMissing || (value !== null && !fits[type](value))) throw new NoRowOfTable(`${name} is no ${type}.`);
  }
  if (row[sourceKey] !== key) throw new NoRowOfTable(`${sourceKey} is not the key of the row of the source.`);
};

/** Reads that failed for another reason than the row's own: the table is to be asked again when the reason has passed. */
class WatchedReads {
  failed: Error | undefined;

  constructor(private readonly readModels: Pick<ReadModels, 'get' | 'select'>) {}

  readonly reads: Pick<ReadModels, 'get' | 'select'> = {
    get: (projection, key) => this.watch(this.readModels.get(projection, key)),
    select: (projection, selection) => this.watch(this.readModels.select(projection, selection)),
  };

  private async watch<T>(read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof RowParked)) this.failed = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}

/** A later row of the same key replaces an earlier one, as it would in the table. */
const nameOf = (table: ReportingTable, row: ReportingRow): string => JSON.stringify(table.key.map((column) => row[column]));

const mustStand = ({ nextChangeAt }: ReportingRows, at: Instant): void => {
  if (nextChangeAt !== undefined && nextChangeAt < at) throw new NoRowOfTable(`It has turned at ${nextChangeAt}, before it was asked.`);
};

/**
 * What this row of the source makes in the table at this moment; what its declaration throws is told in place of rows. What it made
 * before stands where it waits for a parked row, and until that is mended.
 * @param row absent: it is not there any more
 * @throws what kept a read of `readModels` from being answered, but for a parked row
 */
export const askRow = async (
  table: ReportingTable,
  key: string,
  row: Row | undefined,
  { at, readModels }: { readonly at: Instant; readonly readModels: Pick<ReadModels, 'get' | 'select'> },
): Promise<AskedRow> => {
  const named = { table: table.name, key };
  if (row === undefined) return { ...named, rows: [] };
  const watched = new WatchedReads(readModels);
  try {
    const made = await table.rowsOf(row, key, at, watched.reads);
    for (const one of made.rows) mustFit(table, one, key);
    mustStand(made, at);
    const rows = [...new Map(made.rows.map((one) => [nameOf(table, one), one])).values()];
    return { ...named, rows, ...(made.nextChangeAt === undefined ? {} : { nextChangeAt: made.nextChangeAt }) };
  } catch (error) {
    if (watched.failed !== undefined) throw watched.failed;
    const sentence = sentenceOf(error);
    // it is kept where others may read it
    const told = { ...named, rows: [], error: error instanceof NoRowOfTable ? sentence : cleanedError(sentence) };
    // nothing tells when somebody has mended the row that it waits for
    return error instanceof RowParked
      ? { ...told, stands: true, nextChangeAt: new Date(Date.parse(at) + askedAgainAfter).toISOString() }
      : told;
  }
};
