import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { closing, endsByItself } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { type Failure, RawClient } from '../../../support/eventstoredb/raw-client';

let emulator: Emulator;
let client: RawClient;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
  await client.append('ticket-1', 'any', { data: 'a' });
});

const codeOf = (answer: AppendResp | Failure): number | string =>
  answer instanceof AppendResp ? 'written' : (answer.exception ?? answer.code);

describe('the emulator out of reach', () => {
  it('that is away refuses connections, so that a real channel waits longer each time, as observed on 23.10.8', async () => {
    emulator.kill();
    expect(codeOf(await client.append('ticket-1', 'any', {}))).toBe(14);
    const { failure } = await client.read({});
    expect(failure?.details).toMatch(/ECONNREFUSED/);
    await emulator.open();
    const another = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
    // grpc keeps its connections, and how long it waits, for each address: whoever wants to ask at once takes a new one
    expect([14, 'written']).toContain(codeOf(await another.append('ticket-1', 'any', {})));
  });

  it('that is frozen holds every byte, also of connections that begin, and loses none, as observed on 23.10.8', async () => {
    emulator.freeze();
    const another = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
    const waiting = [client.append('ticket-1', 'any', {}), another.append('ticket-1', 'any', {})];
    const silence = Symbol('silence');
    const first = await Promise.race([...waiting, new Promise((resolve) => setTimeout(resolve, 300, silence))]);
    expect([first, emulator.log.events.length]).toEqual([silence, 1]);
    emulator.thaw();
    expect((await Promise.all(waiting)).map(codeOf)).toEqual(['written', 'written']);
  });

  it('without a quorum is not ready for who writes or wants the leader, and reads what it has. Not observed: from the server’s source', async () => {
    emulator.loseQuorum();
    expect(codeOf(await client.append('ticket-1', 'any', {}))).toBe(14);
    expect((await client.read({})).events).toHaveLength(1);
    client.headers.set('requires-leader', 'true');
    expect(await client.read({})).toMatchObject({ failure: { code: 14, details: 'Server Is Not Ready' } });
    const official = endsByItself(EventStoreDBClient.connectionString(emulator.url), 'dispose');
    await expect(official.appendToStream('ticket-1', jsonEvent({ type: 'Noted', data: {} }))).rejects.toThrow('Server Is Not Ready');
    emulator.regainQuorum();
    expect(codeOf(await client.append('ticket-1', 'any', {}))).toBe('written');
  });

  it('without a quorum has no leader to be found by gossip, as observed on 23.10.8', async () => {
    emulator.loseQuorum();
    const official = endsByItself(EventStoreDBClient.connectionString(emulator.url.replace('esdb:', 'esdb+discover:')), 'dispose');
    await expect(official.appendToStream('ticket-1', jsonEvent({ type: 'Noted', data: {} }))).rejects.toThrow(
      'Failed to discover after 10 attempts.',
    );
  });
});
