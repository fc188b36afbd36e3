import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RememberedEvent } from '../../../../src/infrastructure/proof/acknowledged/missing';
import { openNotes, rememberedIn } from '../../../../src/infrastructure/proof/acknowledged/notes-file';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { emptyFolder } from '../../../support/closing';
import { officialToken } from '../../../support/official-token';
import { createService } from '../../../support/service';
import { logInFolder } from '../../../../src/infrastructure/tools/doctor/stored-in-folder';

const event = (number: number): RememberedEvent => ({
  ...{ position: positionOf(number), stream: `ticket-${number}`, revision: 0, id: `id-${number}` },
  hash: String(number).padStart(64, '0'),
});
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => event(from + place));
const noting = async (folder: string, what: readonly RememberedEvent[], told: unknown[] = []) => {
  const notes = await openNotes(folder, { ...silentLogger, warn: (...line: unknown[]) => told.push(line) });
  for (const one of what) notes.add(one);
  await notes.close();
  return notes;
};
const file = (folder: string) => join(folder, 'acknowledged', 'newest');

describe('the file of what a process has acknowledged', () => {
  it('is read again at the next start, and goes on from there, for its owner alone', async () => {
    const folder = emptyFolder();
    expect(await rememberedIn(folder)).toEqual({ events: [], samples: [], unreadable: 0, found: false });
    await noting(folder, events(1, 3));
    await noting(folder, [event(3), event(4)]);
    expect(await rememberedIn(folder)).toEqual({ events: events(1, 4), samples: [], unreadable: 0, found: true });
    expect(readFileSync(file(folder), 'utf8').split('\n')).toHaveLength(5);
    expect(statSync(file(folder)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'acknowledged')).mode & 0o777).toBe(0o700);
  });

  it('is written while the process runs, without anybody who closes it', async () => {
    const folder = emptyFolder();
    const notes = await openNotes(folder, silentLogger);
    for (const one of events(1, 3)) notes.add(one);
    while ((await rememberedIn(folder)).events.length < 3) await sleep(10);
    await notes.close();
    expect(notes.waits()).toBe(0);
  });

  it('bears what a crash has cut off, silently, and what is damaged, which it tells', async () => {
    const folder = emptyFolder();
    await noting(folder, events(1, 3));
    appendFileSync(file(folder), '{"position":"0000');
    const told: unknown[] = [];
    await noting(folder, [event(4)], told);
    expect(told).toEqual([]);
    expect(await rememberedIn(folder)).toMatchObject({ events: events(1, 4), unreadable: 0 });
    writeFileSync(file(folder), readFileSync(file(folder), 'utf8').replace('"revision":0,"id":"id-2"', '"revision":0,"ie":"id-2"'));
    await noting(folder, [event(5)], told);
    expect(told).toEqual([['acknowledged.unreadable', { count: 1 }]]);
    expect(await rememberedIn(folder)).toMatchObject({ events: [event(1), ...events(3, 5)], unreadable: 1 });
  });

  it('loses no note to a disk that took half of a line', async () => {
    const folder = emptyFolder();
    await noting(folder, [event(1)]);
    const notes = await openNotes(folder, silentLogger);
    const probe = await open(file(folder), 'r');
    const handles = Object.getPrototypeOf(probe) as Pick<FileHandle, 'appendFile'>;
    await probe.close();
    const half = jest.spyOn(handles, 'appendFile').mockImplementationOnce(async () => {
      appendFileSync(file(folder), '{"position":"0000');
      await Promise.resolve();
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    notes.add(event(2));
    notes.add(event(3));
    while (notes.waits() > 0) await sleep(20);
    half.mockRestore();
    await notes.close();
    expect(await rememberedIn(folder)).toMatchObject({ events: events(1, 3), unreadable: 0 });
  });

  it('stays small: the newest 10,000 at least one by one, of those before them one of a thousand', async () => {
    const folder = emptyFolder();
    const notes = await noting(folder, events(1, 34_567));
    const kept = await rememberedIn(folder);
    expect(kept).toEqual({ ...notes.remembered(), unreadable: 0, found: true });
    expect(kept.events).toEqual(events(20_001, 34_567));
    expect(kept.samples).toHaveLength(22);
    expect(kept.samples.at(-1)).toEqual(event(20_000));
    expect(readdirSync(join(folder, 'acknowledged')).sort()).toEqual(['before', 'newest']);
    await noting(folder, [event(34_568)]);
    expect((await rememberedIn(folder)).samples).toEqual(kept.samples);
  });

  it('holds after a kill -9 what a running service had acknowledged a second before', async () => {
    const service = await createService();
    await service.start();
    const inLog = async (): Promise<readonly string[]> => {
      const ids: string[] = [];
      for await (const stream of logInFolder(service.dataFolder).streams()) ids.push(...stream.map(({ id }) => id));
      return ids.sort();
    };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await officialToken(service, { role: 'admin' })}` };
    const person = {
      name: 'Levente Fodor',
      role: 'executive',
      department: 'Autorizări',
      departmentCode: '425',
      email: 'a@primarie.example',
    };
    for (const id of ['s001', 's002', 's003']) {
      const answer = await fetch(`${service.url}/api/v1/staff/${id}`, { method: 'PUT', headers, body: JSON.stringify(person) });
      expect(answer.status).toBe(200);
    }
    const ids = await inLog();
    expect(ids.length).toBeGreaterThanOrEqual(3);
    await sleep(1000);
    await service.kill();
    const { events: kept, unreadable } = await rememberedIn(service.dataFolder);
    expect({ ids: kept.map(({ id }) => id).sort(), unreadable }).toEqual({ ids, unreadable: 0 });
    expect(await inLog()).toEqual(ids);
  });
});
