import { type Database, sqliteDriver } from '@tichet-albastru/event-log/database/sqlite/driver';
import { noHash, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createMemoryCheckpointStore } from '@tichet-albastru/signed-log';
import type { StoredLog } from '../../../src/infrastructure/proof/verify/stored-log';
import { createChainCheck, verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import { closing } from '../../support/closing';
import { appendSmall } from '../../support/small-events';
import { sealKey } from '../../support/sealed-tickets';
import { events, smallEvents, uncounted } from './support/small-logs';

describe('the chain of more streams than are in memory', () => {
  it('is known for those that fell out, whoever keeps the log: nothing is asked of it', async () => {
    const store = createMemoryEventStore();
    await appendSmall(store, 3, 's-0');
    for (let nth = 1; nth <= 20_001; nth += 1) await appendSmall(store, 1, `s-${nth}`);
    const [first, second, third, ...others] = await events(store);
    if (first === undefined || second === undefined || third === undefined) throw new Error('There are no events.');
    const check = closing(createChainCheck());
    const half = others.length / 2;
    for (const event of [first, ...others.slice(0, half), second, ...others.slice(half), third])
      expect(check.reasonOf(event)).toBeUndefined();
    expect(check.reasonOf(first)).toBe('revision-gap');
    expect(check.reasonOf({ ...first, hash: noHash })).toBe('hash-differs');
  });

  /** Of every database that was set up since, whether it is open now. */
  const databasesSince = (): (() => readonly boolean[]) => {
    const setUp = jest.spyOn(sqliteDriver().prototype, 'exec');
    closing({
      close: () => {
        setUp.mockRestore();
      },
    });
    return () => setUp.mock.contexts.map((database) => (database as Database).open);
  };
  /** The first events of so many streams. */
  const beginnings = async (count: number): Promise<readonly Recorded[]> => {
    const [first] = await smallEvents(1);
    if (first === undefined) throw new Error('There is no event.');
    return Array.from({ length: count }, (_, nth) => ({ ...first, stream: `s-${nth}` }));
  };
  const hashOf = ({ hash }: Recorded): string => hash;

  it('takes no more memory from ten thousand on: a database has the older ones, until it is closed', async () => {
    const databases = databasesSince();
    const check = closing(createChainCheck(hashOf));
    const all = await beginnings(10_000);
    for (const event of all.slice(0, -1)) expect(check.reasonOf(event)).toBeUndefined();
    expect(databases()).toEqual([]);
    for (const event of all.slice(-1)) expect(check.reasonOf(event)).toBeUndefined();
    expect(databases()).toEqual([true]);
    check.close();
    expect(databases()).toEqual([false]);
  });

  it('leaves no database open, not even where the log cannot be read to its end', async () => {
    const databases = databasesSince();
    const all = await beginnings(10_000);
    const asked = { checkpoints: createMemoryCheckpointStore(), verifier: sealKey, hashOf };
    const breaking: StoredLog = {
      ...uncounted(all),
      pages: async function* () {
        yield await Promise.resolve(all);
        throw new Error('no such disk');
      },
    };
    expect((await verifyLog({ ...asked, log: uncounted(all) })).faults).toEqual([]);
    expect(databases()).toEqual([false]);
    await expect(verifyLog({ ...asked, log: breaking })).rejects.toThrow('no such disk');
    expect(databases()).toEqual([false, false]);
  });
});
