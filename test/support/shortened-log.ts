import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cancelTicket } from '../../src/application/booking/cancel-ticket';
import { requestTicket } from '../../src/application/booking/request-ticket';
import { isRefusal } from '../../src/domain/kernel/refusal';
import { readSettings } from '../../src/infrastructure/config/settings';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { everyTable } from '../../src/infrastructure/nest/tables';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { environmentOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { emptyFolder, endsByItself } from './closing';
import { contextAt } from './command-context';
import { onEventStoreDb, onPostgres } from './places';
import { askDatabase } from './postgres';
import { register, registerDemoStaff, sealNow } from './sealed-folder';

type Environment = Record<string, string>;
export const now = '2026-03-02T08:00:00.000Z';
export const [keptTicket, lostTicket] = ['019c0000-0001-7000-8000-00000000000a', '019c0000-0001-7000-8000-00000000000b'] as const;
const slots = { kept: '2026-03-05T08:00:00.000Z', lost: '2026-03-05T09:00:00.000Z' };

/** Opens, works and closes. @param at a moment; the present one when left out */
export const opening = async <T>(environment: Environment, work: (opened: OpenedPorts) => Promise<T>, at?: string): Promise<T> => {
  const { settings } = readSettings(environment, () => '');
  const opened = await openPorts(settings, at === undefined ? {} : { clock: { now: () => at } });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
};

/** Whether the hour of the ticket that is lost can be had. */
export const bookAgain = (opened: OpenedPorts): Promise<boolean> => book(opened, '019c0000-0001-7000-8000-00000000000c', '200', slots.lost);

const book = async ({ ports }: OpenedPorts, ticketId: string, number: string, startsAt: string): Promise<boolean> =>
  !isRefusal(
    await requestTicket(ports)(contextAt(now, `book ${ticketId}`), {
      ...{ ticketId, startsAt, holdId: ticketId.replace('019c', '019d'), request: { number, filedOn: '2026-02-10' } },
      ...{ mode: 'phone', phone: '0740123456' },
    }),
  );

/** What is done is acknowledged: folded into the tables, and signed. */
const acknowledged = async (opened: OpenedPorts): Promise<number> => {
  await catchUp({ ...opened.ports, rows: opened.rows }, everyTable(opened));
  return sealNow(opened);
};

/** A log, and how to have an older one in its place. */
type Losing = {
  readonly environment: Environment;
  /** @returns how to put what stands now in the place of what stands then */
  readonly keep: () => Promise<() => Environment | Promise<Environment>>;
  /** keys, tables and operations are as old as the log then */
  readonly allOlder?: true;
};

const inFolder = (): Losing => {
  const [folder, older] = [emptyFolder(), emptyFolder()];
  const environment = environmentOf(folder);
  return {
    environment,
    keep: () => {
      cpSync(join(folder, 'events.db'), join(older, 'events.db'));
      return Promise.resolve(() => {
        for (const name of ['events.db', 'events.db-wal', 'events.db-shm']) rmSync(join(folder, name), { force: true });
        cpSync(join(older, 'events.db'), join(folder, 'events.db'));
        return environment;
      });
    },
  };
};

/** Put back as the documents say, by whoever did not know what was acknowledged since. */
const fromBackup = (): Losing => {
  const environment = environmentOf(emptyFolder());
  const backup = join(emptyFolder(), 'copy');
  const run = async (...argv: readonly string[]): Promise<Environment> => {
    expect(await tichetIn(environment, argv)).toMatchObject({ exit: 0 });
    return environment;
  };
  return {
    environment,
    allOlder: true,
    keep: async () => {
      await run('backup', backup);
      return () => run('restore', backup);
    },
  };
};

const inPostgres = async (): Promise<Losing> => {
  const { settings } = await onPostgres();
  const environment: Environment = { ...environmentOf(emptyFolder()), ...settings };
  return {
    environment,
    allOlder: true,
    keep: async () => {
      const url = new URL(environment['TICHET_POSTGRES_URL'] ?? '');
      const [name, server] = [url.pathname.slice(1), new URL(url)];
      server.pathname = '/postgres';
      await askDatabase(server.href, `CREATE DATABASE ${name}_older TEMPLATE ${name}`);
      endsByItself({ drop: () => askDatabase(server.href, `DROP DATABASE IF EXISTS ${name}_older WITH (FORCE)`) }, 'drop');
      url.pathname = `/${name}_older`;
      return () => ({ ...environment, TICHET_POSTGRES_URL: url.href });
    },
  };
};

/** @param on where tables, operations and keys are; in the data folder when left out */
const inEventStoreDb = async (put: 'older' | 'empty', on: { readonly settings: Environment } = { settings: {} }): Promise<Losing> => {
  const { settings, emulator } = await onEventStoreDb();
  const environment: Environment = { ...environmentOf(emptyFolder()), ...on.settings, ...settings };
  return {
    environment,
    keep: () => {
      const copy = put === 'empty' ? undefined : emulator.copyOfLog();
      return Promise.resolve(async () => {
        await emulator.putBack(copy);
        return environment;
      });
    },
  };
};

const withTablesInPostgres = async (put: 'older' | 'empty'): Promise<Losing> => {
  const { settings } = endsByItself(await onPostgres(), 'close');
  return inEventStoreDb(put, { settings: { ...settings, TICHET_READ_MODELS: 'postgres' } });
};

export const losing = {
  'a data folder': inFolder,
  'a data folder, put back from a backup': fromBackup,
  PostgreSQL: inPostgres,
  EventStoreDB: () => inEventStoreDb('older'),
  'EventStoreDB, emptied': () => inEventStoreDb('empty'),
  'EventStoreDB, with tables in PostgreSQL': () => withTablesInPostgres('older'),
  'EventStoreDB, emptied, with tables in PostgreSQL': () => withTablesInPostgres('empty'),
} as const;

export type ShortenedLog = {
  readonly environment: Environment;
  readonly folder: string;
  /** under the newest checkpoint that is left, and under the newest that was signed */
  readonly sealed: number;
  readonly verifier: string;
  /** the newest that was signed, as a witness has kept it */
  readonly note: string;
  readonly allOlder: boolean;
};

/**
 * A log that is older than what was acknowledged: one booking is gone whole, of the other one its cancelling.
 * @param isSigned whether what is gone was signed before
 */
export const shortenedLog = async (
  where: keyof typeof losing,
  { isSigned = true }: { readonly isSigned?: boolean } = {},
): Promise<ShortenedLog> => {
  const { environment, keep, allOlder = false } = await losing[where]();
  const first = await opening(
    environment,
    async (opened) => {
      await registerDemoStaff(opened);
      await register(opened, ['100', '200']);
      expect(await book(opened, keptTicket, '100', slots.kept)).toBe(true);
      return acknowledged(opened);
    },
    now,
  );
  const putBack = await keep();
  const { last, note, verifier } = await opening(
    environment,
    async (opened) => {
      const { ports, sealing } = opened;
      const { idempotency, attempts, outbox } = ports.operations;
      expect(await book(opened, lostTicket, '200', slots.lost)).toBe(true);
      const cancelling = { ticketId: keptTicket, by: 'staff', reason: 'illness' } as const;
      expect(isRefusal(await cancelTicket(ports)(contextAt(now, 'cancel'), cancelling))).toBe(false);
      for (const [name, ticketId] of Object.entries({ kept: keptTicket, lost: lostTicket })) {
        await idempotency.remember(`key-${name}`, 'print', { commandId: `book ${ticketId}`, at: now, ids: [] });
        await idempotency.settle(`key-${name}`, { status: 201, body: '{}', headers: {} });
      }
      await attempts.begin(`process-cancellation-letters:${keptTicket}:019c0000-0001-5000-8000-0000000000cc:${now}`, now);
      await outbox.note({ letterId: 'letter', ticketId: lostTicket, kind: 'invitation', state: 'accepted', at: now, attempts: 1 });
      const signed = isSigned ? await acknowledged(opened) : first;
      if (!isSigned) await catchUp({ ...opened.ports, rows: opened.rows }, everyTable(opened));
      const newest = (await sealing?.checkpoints.newest()) ?? '';
      return { last: signed, note: newest, verifier: ((await sealing?.checkpoints.get('verifier')) ?? '').trim() };
    },
    now,
  );
  const folder = environment['TICHET_DATA_DIR'] ?? '';
  return { environment: await putBack(), folder, sealed: allOlder ? first : last, verifier, note, allOlder };
};
