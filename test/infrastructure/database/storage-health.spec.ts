import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { type AskPlace, createStorageHealth, type Place } from '@tichet-albastru/event-log/database/storage-health';
import { silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { shortPauses } from '../../support/short-pauses';

shortPauses();

const away = (code: string): Error => new EventStoreUnavailable('away', code);

/** A health whose places answer as they are told to, and the lines that it writes. */
const watched = () => {
  const lines: string[] = [];
  const asked: string[] = [];
  const answers = new Map<Place, AskPlace>();
  const write = (event: string, values: object = {}): void => {
    lines.push([event, ...Object.values(values)].join(' '));
  };
  const health = createStorageHealth({ ...silentLogger, error: write, info: write });
  for (const place of ['log', 'tables', 'folder'] as const)
    health.watch(place, async (thoroughly) => {
      asked.push(`${place} ${thoroughly ? 'thoroughly' : 'lightly'}`);
      await answers.get(place)?.(thoroughly);
    });
  return { health, lines, asked, answers, failing: () => health.failing().map(({ place, code }) => `${place} ${code}`) };
};

describe('what is told of the log, the tables and the folder', () => {
  it('is of each by itself: what one of them takes says nothing about another', () => {
    const { health, failing } = watched();
    health.log.failed(away('access-denied'));
    health.folder.wrote();
    health.tables.wrote();
    expect(failing()).toEqual(['log access-denied']);
    health.log.wrote();
    expect(failing()).toEqual([]);
  });

  it('is told once, in however many ways it comes again, and once when it is over; that access is denied is told as well', () => {
    const { health, lines, failing } = watched();
    for (const code of ['unavailable', 'cancelled', 'unavailable']) health.log.failed(away(code));
    expect(failing()).toEqual(['log unavailable']);
    for (const code of ['access-denied', 'cancelled', 'access-denied']) health.log.failed(away(code));
    expect(failing()).toEqual(['log access-denied']);
    health.log.wrote();
    health.log.wrote();
    health.log.failed(new Error('a bug'));
    expect(lines).toEqual(['storage.failing log unavailable', 'storage.failing log access-denied', 'storage.recovered log']);
  });

  it('counts readings that failed; that a write goes through is no news of them', async () => {
    const { health, failing } = watched();
    health.heard(away('access-denied'));
    health.heard(new DatabaseUnavailable('57P01'));
    health.heard(Object.assign(new Error('disk'), { code: 'SQLITE_IOERR' }));
    health.log.wrote();
    expect(failing()).toEqual(['log access-denied', 'tables 57P01', 'folder SQLITE_IOERR']);
    await health.look();
    expect(failing()).toEqual([]);
  });

  it('passes over what nobody could say to be well again', () => {
    const health = createStorageHealth(silentLogger);
    health.heard(away('unavailable'));
    expect(health.failing()).toEqual([]);
  });
});

describe('a look at them', () => {
  it('asks lightly what has not written since, and thoroughly what failed', async () => {
    const { health, asked } = watched();
    health.log.wrote();
    health.tables.failed(new DatabaseUnavailable('57P01'));
    await health.look();
    expect(asked).toEqual(['tables thoroughly', 'folder lightly']);
    await health.look();
    expect(asked.slice(2)).toEqual(['log lightly', 'tables lightly', 'folder lightly']);
  });

  it('asks each third time though it has written: that says nothing about readings', async () => {
    const { health, asked, answers, failing } = watched();
    answers.set('log', () => Promise.reject(away('access-denied')));
    for (const seen of [0, 0, 1]) {
      health.log.wrote();
      await health.look();
      expect(asked.filter((one) => one.startsWith('log'))).toHaveLength(seen);
    }
    health.log.wrote();
    expect(failing()).toEqual(['log access-denied']);
  });

  it('finds what is away though nobody writes, and hears of it until it is there', async () => {
    const { health, answers, failing } = watched();
    answers.set('log', () => Promise.reject(away('unavailable')));
    await health.look();
    await health.look();
    expect(failing()).toEqual(['log unavailable']);
    answers.delete('log');
    await health.look();
    expect(failing()).toEqual([]);
  });

  it('does not wait for what keeps silent, asks it once at a time, and takes no answer that came too late for good news', async () => {
    const { health, asked, answers, failing } = watched();
    let answer: (value: unknown) => void = () => undefined;
    answers.set(
      'log',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await health.look();
    expect(failing()).toEqual(['log deadline-exceeded']);
    await health.look();
    expect(asked.filter((one) => one.startsWith('log'))).toHaveLength(1);
    answer(undefined);
    await new Promise(setImmediate);
    expect(failing()).toEqual(['log deadline-exceeded']);
    answers.delete('log');
    await health.look();
    expect(failing()).toEqual([]);
  });

  it('knows that a place is there that wrote while it did not answer', async () => {
    const { health, answers, failing } = watched();
    answers.set('log', () => new Promise(() => undefined));
    const look = health.look();
    health.log.wrote();
    await look;
    expect(failing()).toEqual([]);
  });
});
