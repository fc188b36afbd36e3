import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openDisk } from '../support/disk';
import { itOnDisks } from '../support/on-disks';
import { createService, type Service } from '../support/service';
import { broken } from './over-http/broken';
import { type Answered, createCaller } from './over-http/caller';
import { lookup, monday, populate, staffIds } from './over-http/city';
import { readLedger } from './over-http/ledger';

const requests = staffIds.map((staffId, index) => ({ number: String(400_000 + index), staffId }));

const requestedIn = async (service: Service): Promise<readonly string[]> =>
  (await readLedger(service)).events.filter(({ fact }) => fact.type === 'Requested').map(({ stream }) => stream);

/** The disk fails under a running service, which hears EIO from then on, and is mended before the service starts again. */
const throughAFailure = async (settings: NodeJS.ProcessEnv = {}) => {
  const disk = openDisk(256);
  const service = await createService(settings);
  const caller = createCaller(service.url, 4);
  const health = async (which: string): Promise<string> => {
    const answer = await fetch(`${service.url}/health/${which}`);
    return `${String(answer.status)} ${await answer.text()}`;
  };
  const tokenFor = async (index: number): Promise<string> => (await lookup(caller, requests[index]?.number ?? '')).body.bookingToken;
  const book = (token: string): Promise<Answered> =>
    caller.call('POST', '/api/v1/tickets', {
      token,
      body: { startsAt: '2026-03-09T09:00:00.000Z', mode: 'in-person', phone: '0740 123 456' },
    });
  try {
    const data = join(disk.folder, 'data');
    mkdirSync(data);
    symlinkSync(data, service.dataFolder);
    service.moveClockTo(monday);
    await service.start();
    await populate(service, caller, requests);
    const booked = await book(await tokenFor(0));
    const token = await tokenFor(1);
    disk.cut();
    const during = [await book(token), await book(token)];
    const [ready, live] = [await health('ready'), await health('live')];
    const exit = await service.stop();
    disk.start();
    await service.start();
    const standing = await requestedIn(service);
    const again = await book(token);
    return { booked, during, ready, live, exit, standing, again, readyAgain: await health('ready'), output: service.output() };
  } finally {
    caller.close();
    await service.dispose();
    disk.remove();
  }
};

// too long for every run
const itFails = process.env['FAULTS'] === 'full' ? itOnDisks() : it.skip;

itFails(
  'a service whose disk answers EIO says 503, promises nothing, stays alive, stops in order, and a restart on the mended disk goes on',
  async () => {
    const { booked, during, ready, live, exit, standing, again, readyAgain, output } = await throughAFailure();
    expect(booked.status).toBe(201);
    for (const { status, headers, body } of during) {
      expect([status, body.code]).toEqual([503, 'unavailable']);
      expect(headers['retry-after']).toBe('5');
    }
    expect(ready).toMatch(/^503 \{"status":"storage-failing","failing":\[\{"place":"(log|folder)","code":"(SQLITE_IOERR|EIO)/);
    expect(live).toBe('200 {"status":"live"}');
    expect(exit).toBe(0);
    expect(standing).toEqual([`ticket-${booked.body.ticketId}`]);
    expect(again.status).toBe(201);
    expect(readyAgain).toBe('200 {"status":"ready"}');
    expect(output).not.toMatch(/Ana|Pop/);
  },
);

itFails('a service that does not listen to its disk does not tell of it: the test would see it', async () => {
  expect((await throughAFailure(broken('unheard-disk'))).ready).not.toContain('storage-failing');
});
