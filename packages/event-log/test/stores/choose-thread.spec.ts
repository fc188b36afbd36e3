import { chooseThread } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import type { AppendOutcome, AppendRequest } from '@tichet-albastru/event-log/stores/append-rules';

const request: AppendRequest = { stream: 'a-1', expected: { kind: 'no-stream' }, events: [] };
const conflict: AppendOutcome = { kind: 'conflict', revision: 0 };

describe('Where an append is written', () => {
  let went: string[];
  let now: number;
  let commitTakes: number;
  beforeEach(() => {
    went = [];
    now = 0;
    commitTakes = 0.2;
  });

  const chosen = () => {
    const writer = (where: string) => (requests: readonly AppendRequest[]) => {
      went.push(where);
      now += commitTakes;
      return requests.map(() => conflict);
    };
    const inThread = writer('thread');
    return chooseThread({ here: writer('here'), inThread: (requests) => Promise.resolve(inThread(requests)) }, () => now);
  };
  const oneAfterTheOther = async (write: ReturnType<typeof chosen>, times: number): Promise<readonly string[]> => {
    went = [];
    for (let n = 0; n < times; n += 1) expect(await write([request])).toEqual([conflict]);
    return [...new Set(went)];
  };

  it('is here for whoever writes alone, after a while', async () => {
    const write = chosen();
    await oneAfterTheOther(write, 20);
    expect(went[0]).toBe('thread');
    expect(await oneAfterTheOther(write, 20)).toEqual(['here']);
  });

  it('is the thread as soon as two write at the same time', async () => {
    const write = chosen();
    await oneAfterTheOther(write, 40);
    went = [];
    await write([request, request]);
    await write([request]);
    expect(went).toEqual(['thread', 'thread']);
  });

  it('is the thread while a commit is on its way: there is never one here beside it', async () => {
    const write = chosen();
    await oneAfterTheOther(write, 40);
    went = [];
    await Promise.all([write([request, request]), write([request])]);
    expect(went).toEqual(['thread', 'thread']);
    for (let n = 0; n < 40; n += 1) await Promise.all([write([request]), write([request])]);
    expect(new Set(went)).toEqual(new Set(['thread']));
  });

  it('is the thread while the disk is slow, after one commit here has felt it', async () => {
    const write = chosen();
    await oneAfterTheOther(write, 40);
    commitTakes = 5;
    went = [];
    await write([request]);
    expect(went).toEqual(['here']);
    expect(await oneAfterTheOther(write, 40)).toEqual(['thread']);
  });
});
