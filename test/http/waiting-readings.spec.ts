import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReadingLog } from '../../src/infrastructure/api/access/reading-log';
import { LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { dataFiles } from '../../src/infrastructure/database/data-folder/data-files';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { applicant, bookingToken, inPerson, startSeeded, type Service } from './support/service';
import { emptyFolder } from '../support/closing';

const started = async (folder: string, overrides: Parameters<typeof startSeeded>[0] = {}): Promise<Service> =>
  startSeeded(overrides, {
    dataDirectory: folder,
    opened: { purposeKeys: derivedFrom(Buffer.alloc(32, 7)) },
  });

const readingsIn = async ({ ports }: Service): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { id, stream } of ports.store.readAll()) if (stream.startsWith('reading-')) ids.push(id);
  return ids;
};

/** A service with a ticket, and how an official looks at it. */
const looked = async (folder: string) => {
  const service = await started(folder);
  const { ports, call, token } = service;
  const { body } = await call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  const append = ports.store.append.bind(ports.store);
  return {
    service,
    waiting: join(folder, dataFiles.waitingReadings),
    look: async () => call('GET', `/api/v1/tickets/${body.ticketId}`, { token: await token('staff', 's002') }),
    readOnly: () => {
      ports.store.append = () => Promise.reject(new LogReadOnly());
    },
    fails: (isMeant: (stream: string) => boolean) => {
      ports.store.append = (stream, ...more) =>
        isMeant(stream) ? Promise.reject(Object.assign(new Error('full'), { code: 'SQLITE_FULL' })) : append(stream, ...more);
    },
    writable: () => {
      ports.store.append = append;
    },
  };
};
const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

it('while the log is read-only, a reading is in a local file before it is shown, and is appended once when the log opens', async () => {
  const folder = emptyFolder();
  const { service, waiting, look, readOnly, writable } = await looked(folder);
  readOnly();
  expect((await look()).body.applicant.name).toBe(applicant);
  expect(await readingsIn(service)).toEqual([]);
  const [first = ''] = filesIn(waiting);
  const kept = join(emptyFolder(), first);
  copyFileSync(join(waiting, first), kept);
  expect(`${first}${readFileSync(kept, 'latin1')}`).not.toMatch(/s002|ticket|staff|Andrei/);
  expect((await look()).status).toBe(200);
  expect(filesIn(waiting)).toHaveLength(2);

  writable();
  expect((await look()).status).toBe(200);
  expect(await readingsIn(service)).toHaveLength(3);
  expect(filesIn(waiting)).toEqual([]);

  // ended between the log and the file: what stands in the file stands in the log already
  copyFileSync(kept, join(waiting, first));
  await service.close();
  const again = await started(folder, { ...service.ports, streamCache: service.ports.streamCache });
  expect(new Set(await readingsIn(again)).size).toBe(3);
  expect(await readingsIn(again)).toHaveLength(3);
  expect(filesIn(waiting)).toEqual([]);
  await again.close();
});

it('what was torn keeps no other from being appended, and what no key opens stays where it is', async () => {
  const folder = emptyFolder();
  const { service, waiting, look, readOnly, writable } = await looked(folder);
  readOnly();
  await look();
  const [first = ''] = filesIn(waiting);
  const bytes = readFileSync(join(waiting, first));
  // a draft of which the machine ended in the middle, which nobody was shown; and one that the disk has spoilt
  writeFileSync(join(waiting, `${first}.new`), bytes.subarray(0, 40));
  const spoilt = first.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  writeFileSync(join(waiting, spoilt), Buffer.concat([bytes.subarray(0, 40), bytes.subarray(41)]));
  await look();
  writable();
  expect((await look()).status).toBe(200);
  expect(await readingsIn(service)).toHaveLength(3);
  expect(filesIn(waiting).toSorted()).toEqual([`${first}.new`, spoilt].toSorted());
});

it('several processes of one folder append each reading once', async () => {
  const { service, waiting, readOnly, writable } = await looked(emptyFolder());
  const opened = service.app.get<OpenedPorts>(openedToken);
  const processes = [new ReadingLog(opened), new ReadingLog(opened)];
  readOnly();
  const reading = { role: 'staff', purpose: 'ticket', page: 'GET /x', tickets: ['one'], requests: [] } as const;
  for (let turn = 0; turn < 5; turn += 1) for (const log of processes) await log.record({ ...reading, person: `s00${turn}` });
  expect(filesIn(waiting)).toHaveLength(10);
  writable();
  await Promise.all(processes.map((log) => log.appendWaiting()));
  const ids = await readingsIn(service);
  expect([ids.length, new Set(ids).size]).toEqual([10, 10]);
  expect(filesIn(waiting)).toEqual([]);
});

it('what waits and cannot be appended yet keeps nobody from looking, and waits on', async () => {
  const { service, waiting, look, readOnly, fails, writable } = await looked(emptyFolder());
  readOnly();
  await look();
  const [before = ''] = filesIn(waiting);
  let turn = 0;
  // the reading of now goes into the log, then the disk is full
  fails((stream) => stream.startsWith('reading-') && (turn += 1) > 1);
  expect((await look()).status).toBe(200);
  expect([await readingsIn(service), filesIn(waiting)]).toMatchObject([{ length: 1 }, [before]]);
  writable();
  await look();
  expect([await readingsIn(service), filesIn(waiting)]).toMatchObject([{ length: 3 }, []]);
});

it('what is in no log and no file is not shown', async () => {
  const folder = emptyFolder();
  const { waiting, look, readOnly, fails, writable } = await looked(folder);
  fails((stream) => stream.startsWith('reading-'));
  const full = await look();
  readOnly();
  // no folder can stand there, as where the disk is full
  writeFileSync(waiting, '');
  const nowhere = await look();
  for (const answer of [full, nowhere]) {
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toContain(applicant);
  }
  rmSync(waiting);
  writable();
  expect((await look()).status).toBe(200);
});
