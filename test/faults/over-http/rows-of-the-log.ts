import type { ReadModels, Row } from '@tichet-albastru/event-log/ports/read-models';
import { allProcesses } from '../../../src/application/operation/all-processes';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgresForReading } from '../../../src/infrastructure/nest/postgres';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { allProjections } from '../../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';

const everyTable = [...allProjections, ...allProcesses];
const tableNames = everyTable.flatMap(({ name, derived }) => (derived === undefined ? [name] : [name, derived.name]));

const rowsOf = async (readModels: ReadModels, table: string): Promise<readonly string[]> => {
  const rows: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readModels.select<Row>(table, cursor === undefined ? {} : { cursor });
    rows.push(...page.rows.map((row) => JSON.stringify(row)));
    cursor = page.next;
  } while (cursor !== undefined);
  return rows.sort();
};

/** Rows that the processes have kept and that one who folds the whole log alone, from its beginning, does not get; or the other way round. */
export const differencesFromTheLog = async (postgresUrl: string) => {
  const postgres = await openPostgresForReading({ url: postgresUrl });
  const store = new PostgresEventStore(postgres);
  const kept = new PostgresReadModels(postgres);
  try {
    const alone = new MemoryReadModels();
    const ignore = (): void => undefined;
    const logger = { info: ignore, warn: ignore, error: ignore };
    const codec = createEventCodec({ keys: createMemoryKeyStore() });
    await catchUp({ store, codec, rows: alone, clock: systemClock, logger }, everyTable);
    const differences: { readonly table: string; readonly row: string }[] = [];
    let rows = 0;
    for (const table of tableNames) {
      const [ours, right] = [await rowsOf(kept, table), await rowsOf(alone, table)];
      rows += ours.length;
      const [oursOnce, rightOnce] = [new Set(ours), new Set(right)];
      for (const row of ours) if (!rightOnce.has(row)) differences.push({ table, row });
      for (const row of right) if (!oursOnce.has(row)) differences.push({ table, row });
    }
    return { rows, differences };
  } finally {
    kept.close();
    await store.close();
    await postgres.close();
  }
};
