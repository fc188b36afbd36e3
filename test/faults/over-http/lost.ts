import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rememberedIn } from '../../../src/infrastructure/proof/acknowledged/notes-file';
import { askDatabase } from '../../support/postgres';
import type { Service } from '../../support/service';
import { readLedger } from './ledger';

type Kept = Pick<Service, 'dataFolder' | 'postgresUrl'>;

export const idsIn = async (kept: Kept): Promise<readonly string[]> => (await readLedger(kept)).events.map(({ id }) => id);

export const readinessOf = async ({ url }: Service): Promise<string> => (await fetch(`${url}/health/ready`)).text();

export const untilAlarmed = async (service: Service): Promise<void> => {
  while (!(await readinessOf(service)).includes('log-corrupt')) await sleep(50);
};

/** The files of these memories are up to a second behind: until one of them has the newest event of the log. */
export const untilRemembered = async (services: readonly Service[], kept: Kept): Promise<void> => {
  const newest = (await idsIn(kept)).at(-1);
  for (;;) {
    const remembered = await Promise.all(services.map(({ dataFolder }) => rememberedIn(dataFolder)));
    if (remembered.some(({ events }) => events.some(({ id }) => id === newest))) return;
    await sleep(20);
  }
};

const statement = `SELECT value FROM registers WHERE name = 'acknowledged-missing'`;

const keptMissing = async ({ dataFolder, postgresUrl }: Kept): Promise<string | undefined> => {
  if (postgresUrl !== undefined)
    return (await askDatabase<{ readonly value: string }>(postgresUrl, statement.replace('registers', 'tichet.registers')))[0]?.value;
  const database = openSqlite(join(dataFolder, 'operations.db'), { readonly: true });
  try {
    return database.prepare<[], string>(statement).pluck().get();
  } finally {
    database.close();
  }
};

type Told = { readonly id: string; readonly position: string };

/** What the processes tell, for everybody to see, of what they had acknowledged and the log lacks; once they tell of any, or of so many and no more. */
export const toldMissing = async (kept: Kept, count?: number): Promise<readonly Told[]> => {
  for (;;) {
    const { events } = JSON.parse((await keptMissing(kept)) ?? '{"events":[]}') as { readonly events: readonly Told[] };
    if (count === undefined ? events.length > 0 : events.length === count) return events;
    await sleep(50);
  }
};
