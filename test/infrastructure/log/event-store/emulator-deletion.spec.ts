import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { EventStoreDBClient, streamNameFilter } from '@eventstore/db-client';
import { closing, endsByItself } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { type Failure, type Heard, RawClient } from '../../../support/eventstoredb/raw-client';

let emulator: Emulator;
let client: RawClient;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
  for (const data of ['a', 'b', 'c', 'd']) await client.append('ticket-1', 'any', { data });
  await client.append('orders-1', 'any', { data: 'x' });
});

const revisions = ({ events, others, failure }: Heard): readonly string[] | string =>
  failure?.exception ?? others[0] ?? events.map(({ revision }) => revision);
const read = async (
  stream: string,
  question: { readonly from?: bigint | 'end'; readonly backwards?: boolean; readonly count?: number } = {},
) => revisions(await client.read({ stream, ...question }));
const inLog = async (): Promise<readonly string[]> =>
  (await client.read({})).events.map(({ stream, revision, type }) => `${stream}@${revision} ${type}`);
const said = (answer: AppendResp | Failure): string | undefined => {
  if (!(answer instanceof AppendResp)) return answer.exception;
  return answer.getSuccess()?.getCurrentRevision() ?? `wrong, at ${answer.getWrongExpectedVersion()?.getCurrentRevision() ?? '-1'}`;
};
const real = (): EventStoreDBClient => endsByItself(EventStoreDBClient.connectionString(emulator.url), 'dispose');

describe('a stream that was deleted on the emulator', () => {
  it('is not found, and stands in the log with the metadata that say so, as observed on 23.10.8', async () => {
    const position = await client.delete('ticket-1');
    expect(await read('ticket-1')).toBe('stream-not-found');
    expect(await read('ticket-1', { from: 'end', backwards: true })).toBe('stream-not-found');
    const all = await client.read({});
    expect(await inLog()).toEqual([
      ...['0', '1', '2', '3'].map((n) => `ticket-1@${n} Noted`),
      'orders-1@0 Noted',
      '$$ticket-1@0 $metadata',
    ]);
    expect(all.events.at(-1)?.position).toBe(position);
    expect(Buffer.from(emulator.log.events.at(-1)?.data ?? []).toString()).toBe('{"$tb":9223372036854775807}');
  });

  it('is appended to behind its last revision, but not as one that exists, as observed on 23.10.8', async () => {
    for (const expected of ['no-stream', 'any', 3n] as const) {
      const copy = emulator.log.copy();
      await client.delete('ticket-1');
      expect(said(await client.append('ticket-1', 'stream-exists', {}))).toBe('stream-deleted');
      expect(said(await client.append('ticket-1', 1n, {}))).toBe('wrong, at 3');
      expect([expected, said(await client.append('ticket-1', expected, {}))]).toEqual([expected, '4']);
      expect(await read('ticket-1')).toEqual(['4']);
      expect(emulator.log.metadataOf('ticket-1')).toEqual({ $tb: 4 });
      emulator.log.putBack(copy);
    }
  });

  it('stands again when its metadata are written anew, as observed on 23.10.8', async () => {
    const official = real();
    await official.deleteStream('ticket-1');
    expect(await read('ticket-1')).toBe('stream-not-found');
    await official.setStreamMetadata('ticket-1', {});
    // not observed: from the server's source: the first time it cuts the stream at its end
    expect([await read('ticket-1'), emulator.log.metadataOf('ticket-1')]).toEqual([[], { $tb: 4 }]);
    await official.setStreamMetadata('ticket-1', {});
    expect(await read('ticket-1')).toEqual(['0', '1', '2', '3']);
  });

  it('is gone after a scavenge, but for its last event, which nobody can take back. Not observed: from the server’s source', async () => {
    await client.delete('ticket-1');
    emulator.log.scavenge();
    emulator.log.takeBack('ticket-1');
    expect(await read('ticket-1')).toEqual(['3']);
    expect((await inLog()).slice(0, 3)).toEqual(['ticket-1@3 Noted', 'orders-1@0 Noted', '$$ticket-1@0 $metadata']);
    expect(said(await client.append('ticket-1', 3n, {}))).toBe('4');
  });

  it('cannot be deleted when it was never there', async () => {
    expect(await client.delete('ticket-9')).toMatchObject({ exception: 'wrong-expected-version', trailers: { 'actual-version': '-1' } });
  });
});

describe('a stream that was deleted for ever on the emulator', () => {
  it('ends with an event of its own in the stream itself, as observed on 23.10.8', async () => {
    const official = real();
    await official.tombstoneStream('ticket-1');
    const last = (await client.read({})).events.at(-1);
    expect(last).toMatchObject({ stream: 'ticket-1', type: '$streamDeleted', revision: '9223372036854775807' });
    const heard: string[] = [];
    const subscription = official.subscribeToAll({ filter: streamNameFilter({ prefixes: ['ticket-'] }) });
    for await (const { event } of subscription) if (heard.push(event?.type ?? '') === 5) break;
    await subscription.unsubscribe();
    expect(heard.at(-1)).toBe('$streamDeleted');
  });

  it('refuses everybody, its metadata too, and a subscription without a confirmation, as observed on 23.10.8', async () => {
    await client.delete('ticket-1', true);
    expect(await read('ticket-1')).toBe('stream-deleted');
    expect(await read('$$ticket-1')).toBe('stream-deleted');
    for (const expected of ['no-stream', 'any', 'stream-exists', 3n] as const)
      expect(said(await client.append('ticket-1', expected, {}))).toBe('stream-deleted');
    expect(await client.read({ stream: 'ticket-1', subscription: true })).toMatchObject({
      others: [],
      failure: { exception: 'stream-deleted' },
    });
    emulator.log.scavenge();
    expect(await inLog()).toEqual(['orders-1@0 Noted', 'ticket-1@9223372036854775807 $streamDeleted']);
  });
});

describe('metadata on the emulator', () => {
  it('cut what readers of the stream are shown, and nothing in the log, as observed on 23.10.8', async () => {
    const official = real();
    await official.setStreamMetadata('ticket-1', { maxCount: 2 });
    expect(await read('ticket-1')).toEqual(['2', '3']);
    expect(await read('ticket-1', { count: 1 })).toEqual(['2']);
    expect(await read('ticket-1', { from: 'end', backwards: true })).toEqual(['3', '2']);
    await official.setStreamMetadata('ticket-1', { truncateBefore: 1 });
    expect(await read('ticket-1')).toEqual(['1', '2', '3']);
    await official.setStreamMetadata('ticket-1', { truncateBefore: 9 });
    expect(await read('ticket-1')).toEqual([]);
    emulator.log.setMetadata('ticket-1', { $maxAge: -1 });
    expect(await read('ticket-1')).toEqual([]);
    expect((await inLog()).filter((place) => place.startsWith('ticket-1@'))).toHaveLength(4);
    expect(said(await client.append('ticket-1', 3n, {}))).toBe('4');
    emulator.log.setMetadata('ticket-1', {});
    expect(await read('ticket-1')).toEqual(['0', '1', '2', '3', '4']);
  });

  it('lose for ever what they hide when somebody scavenges, and of themselves all but the newest. Not observed: from the source', async () => {
    emulator.log.setMetadata('ticket-1', { $maxCount: 3 });
    emulator.log.setMetadata('ticket-1', { $maxCount: 2 });
    emulator.log.scavenge();
    emulator.log.setMetadata('ticket-1', {});
    expect(await read('ticket-1')).toEqual(['2', '3']);
    expect((await inLog()).filter((place) => place.startsWith('$$'))).toEqual(['$$ticket-1@1 $metadata', '$$ticket-1@2 $metadata']);
  });

  it('do not disturb who follows: a subscription goes on over a scavenge', async () => {
    let scavenged = false;
    const heard = await client.read({ subscription: true }, ({ events, others }) => {
      if (others.includes('caught-up') && !scavenged) {
        scavenged = true;
        emulator.log.softDelete('ticket-1');
        emulator.log.scavenge();
        emulator.log.softDelete('orders-1');
      }
      return events.length === 7;
    });
    expect(heard.events.slice(5).map(({ stream }) => stream)).toEqual(['$$ticket-1', '$$orders-1']);
  });
});
