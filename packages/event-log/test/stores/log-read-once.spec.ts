import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { readOnce } from '@tichet-albastru/event-log/stores/log-read-once';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { closing } from '../../../../test/support/closing';

const eventAt = (place: number, streams: number): Recorded => ({
  position: positionOf(place),
  stream: `ticket-${place % streams}`,
  revision: Math.floor(place / streams),
  id: `id-${place}`,
  type: 'Fact',
  body: `{"n":${place}}`,
  hash: String(place).padStart(64, '0'),
});
const log = Array.from({ length: 2_345 }, (_, place) => eventAt(place, 7));
const all = async <T>(pages: AsyncIterable<readonly T[]>): Promise<(readonly T[])[]> => {
  const taken: (readonly T[])[] = [];
  for await (const page of pages) taken.push(page);
  return taken;
};

describe('a log that is read once', () => {
  it('is asked for once, and told as often as somebody asks, in its order and by streams', async () => {
    let asked = 0;
    const once = closing(
      readOnce(async function* () {
        asked += 1;
        yield await Promise.resolve(log.slice(0, 1_500));
        yield log.slice(1_500);
      }),
    );
    const [pages, streams, again] = await Promise.all([all(once.pages()), all(once.streams()), all(once.streams())]);
    expect(asked).toBe(1);
    expect(pages.flat()).toEqual(log);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
    expect(again).toEqual(streams);
    expect(streams).toEqual(Array.from({ length: 7 }, (_, nth) => log.filter(({ stream }) => stream === `ticket-${nth}`)));
  });

  it('that cannot be read to its end is told so far, and that it goes no further, to everybody', async () => {
    const fault = new EventLogCorrupt('Position 1501 of the log is missing.');
    const once = closing(
      readOnce(async function* () {
        yield await Promise.resolve(log.slice(0, 1_500));
        throw fault;
      }),
    );
    for (const read of [() => once.pages(), () => once.streams()]) {
      const told: Recorded[] = [];
      await expect(async () => {
        for await (const page of read()) told.push(...page);
      }).rejects.toBe(fault);
      expect(told).toHaveLength(1_500);
    }
  });
});
