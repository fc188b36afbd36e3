import { existsSync, readFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { dataFiles } from '../../src/infrastructure/database/data-folder/data-files';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
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

it('while the log is read-only, a reading is in a local file before it is shown, and is appended once when the log opens', async () => {
  const folder = emptyFolder();
  const file = join(folder, dataFiles.waitingReadings);
  const service = await started(folder);
  const { ports, call, token } = service;
  const { body } = await call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  const look = async () => call('GET', `/api/v1/tickets/${body.ticketId}`, { token: await token('staff', 's002') });

  const append = ports.store.append.bind(ports.store);
  ports.store.append = () => Promise.reject(new LogReadOnly());
  expect((await look()).body.applicant.name).toBe(applicant);
  expect(await readingsIn(service)).toEqual([]);
  const kept = readFileSync(file, 'utf8');
  expect(kept.split('\n').filter((line) => line !== '')).toHaveLength(1);
  expect(kept).not.toMatch(/s002|ticket|reading/);
  // cut off by a crash: nobody was given that answer
  appendFileSync(file, `\n${kept.trim().slice(0, 40)}`);
  expect((await look()).status).toBe(200);

  ports.store.append = append;
  expect((await look()).status).toBe(200);
  expect(await readingsIn(service)).toHaveLength(3);
  expect(existsSync(file)).toBe(false);

  // the file of before comes back: what stands there stands in the log already
  appendFileSync(file, kept);
  await service.close();
  const again = await started(folder, { ...ports, streamCache: ports.streamCache });
  expect(new Set(await readingsIn(again)).size).toBe(3);
  expect(existsSync(file)).toBe(false);
  await again.close();
});

it('what is in no log and no file is not shown', async () => {
  const service = await started(join(emptyFolder(), 'no\u0000folder'));
  const { ports, call, token } = service;
  const { body } = await call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  ports.store.append = () => Promise.reject(new LogReadOnly());
  const answer = await call('GET', `/api/v1/tickets/${body.ticketId}`, { token: await token('staff', 's002') });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(answer.text).not.toContain(applicant);
});
