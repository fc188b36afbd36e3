import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { skipParkedGroup } from '../../../src/application/operation/skip-parked';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { mustBeDone } from '../../http/support/service';
import { contextAt } from '../../support/command-context';

const projection = 'tasks';
const at = '2026-03-02T08:00:00.000Z';
const parked = Array.from({ length: 150 }, (_, n): ParkedKey => {
  const key = `t${String(n).padStart(3, '0')}`;
  return {
    ...{ id: String(n + 1), projection, key, position: String(n + 1).padStart(20, '0'), stream: `ticket-${key}`, type: 'Requested' },
    ...{ eventId: `event-${key}`, error: 'Error', parkedAt: at, waiting: 0, filling: false },
  };
});

it.each([
  ['all of them still wait', parked],
  ['those that were skipped have gone', parked.slice(100)],
])(
  'a group of parked rows that was cut off between two appends is skipped by the same command again, each row once: %s',
  async (_, left) => {
    const readModels = new MemoryReadModels();
    const ports = createTestPorts({ readModels });
    const { store } = ports;
    const waiting = jest.spyOn(readModels, 'parked').mockResolvedValue(parked);
    const append = store.append.bind(store);
    let calls = 0;
    jest.spyOn(store, 'append').mockImplementation((...given) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('cut off')) : append(...given);
    });
    const skip = () => skipParkedGroup(ports)(contextAt(at), { projection, upTo: String(parked.length), reason: 'dubluri' });
    const skipped = async (): Promise<readonly string[]> => {
      const keys: string[] = [];
      for await (const { body } of store.read(opsStream(projection))) keys.push(/"key":"(t\d+)"/.exec(body)?.[1] ?? '');
      return keys;
    };
    await expect(skip()).rejects.toThrow('cut off');
    expect(await skipped()).toEqual(parked.slice(0, 100).map(({ key }) => key));
    waiting.mockResolvedValue(left);
    mustBeDone(await skip());
    expect(await skipped()).toEqual(parked.map(({ key }) => key));
  },
);
