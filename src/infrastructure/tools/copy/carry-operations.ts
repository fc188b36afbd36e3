import { carriedTables, type CarriedRow, type CarriedTableName, type OperationRows } from './carried-tables';

const atOnce = 500;
const names = [
  'idempotency',
  'verification',
  'email_cap',
  'attempts',
  'outbox',
  'registers',
  'openings',
  'refusals',
] as const satisfies readonly CarriedTableName[];

/**
 * Makes the operational state of the target that of the source, table by table. Whatever the target held is replaced: a target that
 * was served since would have another log, and be refused.
 * @returns rows by table
 */
export const carryOperations = async ({
  from,
  to,
}: {
  readonly from: Pick<OperationRows, 'after'>;
  readonly to: Pick<OperationRows, 'replace'>;
}): Promise<Readonly<Record<CarriedTableName, number>>> => {
  const carried = { idempotency: 0, verification: 0, email_cap: 0, attempts: 0, outbox: 0, registers: 0, openings: 0, refusals: 0 };
  async function* pages(table: CarriedTableName): AsyncGenerator<readonly CarriedRow[], void, undefined> {
    for (let last = ''; ;) {
      const page = await from.after(table, last, atOnce);
      const end = page.at(-1)?.[carriedTables[table].key];
      if (typeof end !== 'string') return;
      carried[table] += page.length;
      yield page;
      last = end;
    }
  }
  for (const table of names) await to.replace(table, pages(table));
  return carried;
};
