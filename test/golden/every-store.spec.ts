import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { everyEventStore } from '../support/every-event-store';
import { codec, openAll, type Golden } from './golden-file';

const files = readdirSync(__dirname)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(join(__dirname, name), 'utf8')) as Golden) }));
type GoldenFile = (typeof files)[number];

/** Every file is the first event of its stream: those of one stream go into different logs. */
const logs = files.reduce<GoldenFile[][]>((known, file) => {
  const free = known.find((log) => log.every(({ recorded }) => recorded.stream !== file.recorded.stream));
  if (free) free.push(file);
  else known.push([file]);
  return known;
}, []);

const standing = async (store: Pick<EventStore, 'readAll'>): Promise<readonly Recorded[]> => {
  const events: Recorded[] = [];
  for await (const event of store.readAll()) events.push(event);
  return events;
};

/** Names of files that a store does not give back as they were written, or that say something else then. */
const changedBy = async (store: Pick<EventStore, 'append' | 'readAll'>, log: readonly GoldenFile[]): Promise<readonly string[]> => {
  for (const { recorded } of log) {
    const { stream, id, type, body, hash } = recorded;
    await store.append(stream, { kind: 'no-stream' }, [{ id, type, body, hash }]);
  }
  const events = await standing(store);
  const changed: string[] = [];
  for (const [index, { name, recorded, event, opened }] of log.entries()) {
    const back = events[index];
    const { position, ...kept } = recorded;
    const same = back !== undefined && JSON.stringify({ ...kept, position }) === JSON.stringify({ ...back, position });
    const bytes = back !== undefined && Buffer.from(back.body).equals(Buffer.from(recorded.body));
    const decoded = back && codec.decode({ ...back, position });
    const says = JSON.stringify(decoded) === JSON.stringify(event) && JSON.stringify(await openAll(decoded?.fact.data)) === JSON.stringify(opened);
    if (!same || !bytes || !says) changed.push(name);
  }
  return changed;
};

describe('every fact ever written, in every store', () => {
  it.each(everyEventStore)('$name gives it back byte for byte, and it says the same', async ({ open }) => {
    const { inEmptyLog, close } = await open();
    const changed: string[] = [];
    try {
      for (const log of logs)
        await inEmptyLog(async (store) => {
          changed.push(...(await changedBy(store, log)));
        });
    } finally {
      await close();
    }
    expect(changed).toEqual([]);
    expect(logs.flat().length).toBe(files.length);
  });

  it.each([
    { fault: 'writes the JSON anew', alter: (body: string) => JSON.stringify(JSON.parse(body), undefined, 1) },
    { fault: 'takes one letter for another', alter: (body: string) => body.replaceAll('ț', 'ţ') },
  ])('catches a store that $fault', async ({ alter }) => {
    const store = createMemoryEventStore();
    const altering: EventStore = {
      ...store,
      readAll: async function* (options) {
        for await (const event of store.readAll(options)) yield { ...event, body: alter(event.body) };
      },
    };
    const log = files.filter(({ name }) => name === 'ticket.Held.v1.json');
    expect(await changedBy(altering, log)).toEqual(['ticket.Held.v1.json']);
  });
});
