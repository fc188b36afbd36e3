import type { Pool } from 'pg';
import type { Columns } from '../../../../application/kernel/ports/projection';
import { decodeRow } from '../../../log/codec/row.codec';
import { UnknownTable } from '../columns';
import type { SelectedTable } from '../sql/selecting';
import { plainTableName } from '../table-shape';
import { namedStatement } from './named-statement';
import { tableIsGone } from './unavailable';

/** A table that was replaced so often while it was read is broken in another way. */
const mostSwitches = 20;

const liveTable = namedStatement(`
  SELECT t.build, t.columns FROM tichet.tables t JOIN tichet.builds b ON b.build = t.build WHERE t.name = $1 AND b.state = 'live'`);

/**
 * Which table is read for a projection, as far as this process knows. A build is live until it is replaced, and then it is gone: a read that
 * finds its build standing, in the same statement, has read the live one, and any other read is done again.
 */
export class LiveTables {
  private readonly tables = new Map<string, SelectedTable>();

  constructor(private readonly pool: Pool) {}

  /** @param read answers `gone` when the build does not stand any more */
  async reading<T>(name: string, read: (table: SelectedTable) => Promise<T | 'gone'>): Promise<T> {
    for (let attempt = 0; attempt < mostSwitches; attempt += 1) {
      const table = this.tables.get(name) ?? (await this.find(name));
      try {
        const answer = await read(table);
        if (answer !== 'gone') return answer;
      } catch (error) {
        if (!tableIsGone(error)) throw error;
      }
      if (this.tables.get(name) === table) this.tables.delete(name);
    }
    throw new Error(`The live table of ${name} is not there.`);
  }

  /** @throws UnknownTable */
  private async find(name: string): Promise<SelectedTable> {
    const { rows } = await this.pool.query<{ readonly build: string; readonly columns: string }>({ ...liveTable, values: [name] });
    const [found] = rows;
    if (found === undefined) throw new UnknownTable(name);
    const build = Number(found.build);
    const table = { table: plainTableName(name, build), build, name, columns: decodeRow<Columns>(found.columns) };
    this.tables.set(name, table);
    return table;
  }
}
