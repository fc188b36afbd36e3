import { randomUUID } from 'node:crypto';
import { credentials } from '@grpc/grpc-js';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { closing } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { type Failure, RawClient } from '../../../support/eventstoredb/raw-client';

let emulator: Emulator;
let client: RawClient;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
  for (const data of ['a', 'b', 'c']) await client.append('ticket-1', 'any', { data });
});

const codeOf = (answer: AppendResp | Failure): number | string | undefined =>
  answer instanceof AppendResp ? (answer.getSuccess()?.getCurrentRevision() ?? 'wrong') : (answer.exception ?? answer.code);
const placeOf = (index: number): bigint => emulator.log.events[index]?.position ?? -1n;

describe('the emulator is as narrow as the server', () => {
  it('about positions: one must be that of a record, as observed on 23.10.8', async () => {
    const [, second] = [placeOf(0), placeOf(1)];
    expect((await client.read({ from: second })).events).toHaveLength(2);
    for (const question of [{}, { backwards: true }, { subscription: true }]) {
      for (const place of [{ from: second + 1n }, { from: second, prepare: second - 1n }]) {
        const heard = await client.read({ ...question, ...place }, ({ others }) => others.includes('caught-up'));
        expect(heard).toMatchObject({ events: [], others: [], failure: { code: 2 } });
      }
    }
    expect((await client.read({ from: second, backwards: true })).events.map(({ revision }) => revision)).toEqual(['0']);
    expect(await client.read({ from: 0n })).toMatchObject({ events: [{}, {}, {}] });
  });

  it('about positions beyond the end: they are not refused, and nothing comes, as observed on 23.10.8', async () => {
    expect(await client.read({ from: placeOf(2) + 1_000_000n })).toEqual({ events: [], others: [] });
    let written = false;
    const heard = await client.read({ subscription: true, from: placeOf(2) + 1_000_000n }, ({ events, others }) => {
      if (others.includes('caught-up') && !written) {
        written = true;
        void client.append('ticket-1', 'any', {}).then(() => {
          emulator.kill();
        });
      }
      return events.length > 0;
    });
    expect([heard.events, heard.failure?.code]).toEqual([[], 14]);
    expect(emulator.log.events).toHaveLength(4);
  });

  it('about what is no question, as observed on 23.10.8', async () => {
    for (const question of [{ count: 0 }, { from: 'end' }, { stream: 'ticket-1', count: 0 }, { stream: 'ticket-1', from: 'end' }] as const)
      expect(await client.read(question)).toMatchObject({ events: [], failure: { code: 2 } });
    for (const proposal of [{ type: '' }, { id: '00000000-0000-0000-0000-000000000000' }, { id: 'x' }])
      expect(codeOf(await client.append('ticket-1', 'any', proposal))).toBe(2);
    expect(codeOf(await client.append('', 'any', {}))).toBe(2);
    expect(emulator.log.events).toHaveLength(3);
  });

  it('about an append of nothing, which has a position, as observed on 23.10.8', async () => {
    const answer = await client.append('ticket-9', 'any');
    const success = answer instanceof AppendResp ? answer.getSuccess() : undefined;
    expect([success?.hasNoStream(), success?.hasPosition()]).toEqual([true, true]);
    // nobody is shown it, and it is a place
    expect(await client.read({ from: BigInt(success?.getPosition()?.getCommitPosition() ?? 0) })).toEqual({ events: [], others: [] });
    expect(await client.read({ stream: 'ticket-9' })).toMatchObject({ others: ['stream-not-found'] });
  });

  it('about sizes, as observed on 23.10.8', async () => {
    const sized = async (megabytes: number) =>
      codeOf(await client.append('ticket-2', 'any', { data: new Uint8Array(megabytes * 1_048_576) }));
    expect([await sized(1), await sized(5), await sized(15), await sized(17)]).toEqual([
      '0',
      'maximum-append-size-exceeded',
      'maximum-append-size-exceeded',
      8,
    ]);
  });

  it('about content types: others come back as an octet-stream, as observed on 23.10.8', async () => {
    await client.append('ticket-2', 'any', { contentType: 'text/plain' }, { contentType: 'application/json', data: '{}' });
    expect(emulator.log.stream('ticket-2').map(({ contentType }) => contentType)).toEqual(['application/octet-stream', 'application/json']);
  });

  it('about what it offers: deletion and tombstones too, as observed on 23.10.8', async () => {
    const features = closing(new ServerFeaturesClient(`127.0.0.1:${emulator.wire.port}`, credentials.createInsecure()));
    const offered = await new Promise<readonly string[]>((resolve, reject) => {
      features.getSupportedMethods(new Empty(), (error, answer) => {
        if (error) reject(error);
        else resolve(answer.getMethodsList().map((method) => method.getMethodName()));
      });
    });
    expect(offered).toEqual(['read', 'append', 'batchappend', 'delete', 'tombstone']);
  });

  it('about the largest revision, which stands for none, as observed on 23.10.8', async () => {
    const id = randomUUID();
    expect(codeOf(await client.append('ticket-2', 2n ** 64n - 1n, { id }))).toBe('0');
    expect(codeOf(await client.append('ticket-2', 2n ** 64n - 1n, { id: randomUUID() }))).toBe('wrong');
    // not observed: from the server's source
    expect(codeOf(await client.append('ticket-2', 2n ** 63n, { id }))).toBe(2);
  });
});
