import { closing } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { type Filter, type Heard, RawClient } from '../../../support/eventstoredb/raw-client';

let emulator: Emulator;
let client: RawClient;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
});

const write = async (stream: string, type = 'Noted'): Promise<void> => {
  await client.append(stream, 'any', { type });
};
const places = ({ events }: Heard): readonly string[] => events.map(({ stream, revision }) => `${stream}@${revision}`);
const caughtUp = ({ others }: Heard): boolean => others.includes('caught-up');

describe('the emulator filters readings of the whole log', () => {
  beforeEach(async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      for (const stream of ['cluj.ticket-1', 'orders-1', 'cluj.person-1', 'cluj2.ticket-1']) await write(stream);
    }
    await write('orders-1', 'Paid');
    await client.delete('cluj.person-1');
  });

  const ours: Filter = { by: 'stream', prefixes: ['cluj.', '$$cluj.'] };

  it('by prefixes of streams, forwards and backwards, as observed on 23.10.8', async () => {
    const forwards = await client.read({ filter: ours });
    const expected = ['cluj.ticket-1@0', 'cluj.person-1@0', 'cluj.ticket-1@1', 'cluj.person-1@1', 'cluj.ticket-1@2', 'cluj.person-1@2'];
    expect(places(forwards)).toEqual([...expected, '$$cluj.person-1@0']);
    const backwards = await client.read({ filter: ours, backwards: true, from: 'end' });
    expect(places(backwards)).toEqual([...places(forwards)].reverse());
  });

  it('by an expression, and by the types of events, as observed on 23.10.8', async () => {
    const found = async (filter: Filter) => places(await client.read({ filter }));
    expect(await found({ by: 'stream', expression: '^cluj2?\\.ticket' })).toHaveLength(6);
    expect(await found({ by: 'type', prefixes: ['Pa', '$meta'] })).toEqual(['orders-1@3', '$$cluj.person-1@0']);
    expect(await found({ by: 'type', expression: 'aid$' })).toEqual(['orders-1@3']);
    // not observed: from the server's source: an expression wins over prefixes
    expect(await found({ by: 'stream', expression: '^orders', prefixes: ['cluj'] })).toHaveLength(4);
  });

  it('so that a page holds as many as were asked for, and one that is not full is the end, as observed on 23.10.8', async () => {
    const first = await client.read({ filter: ours, count: 4 });
    expect(first.events).toHaveLength(4);
    const from = BigInt(first.events.at(-1)?.position ?? 0);
    const second = await client.read({ filter: ours, count: 5, from });
    expect(places(second)).toEqual(['cluj.person-1@1', 'cluj.ticket-1@2', 'cluj.person-1@2', '$$cluj.person-1@0']);
    expect([...emulator.sent.keys()].filter((stream) => !/^\$?\$?cluj\./.test(stream))).toEqual([]);
  });

  it('and refuses one that it does not understand. Not observed: from the server’s source', async () => {
    const refused = async (filter: Filter) => (await client.read({ filter })).failure?.code;
    expect(await refused({ ...ours, window: 'none' })).toBe(3);
    expect(await refused({ by: 'stream', expression: '(' })).toBe(2);
    emulator.misbehaviour.refusesFilters = true;
    expect(await refused(ours)).toBe(3);
  });

  it('and subscriptions in the same way, without the server’s own, as observed on 23.10.8', async () => {
    await write('$epoch-information');
    const heard = await client.read({ subscription: true, filter: { by: 'stream', expression: '.' } }, caughtUp);
    expect(heard.events).toHaveLength(14);
    expect(places(await client.read({}))).not.toContain('$epoch-information@0');
  });
});
