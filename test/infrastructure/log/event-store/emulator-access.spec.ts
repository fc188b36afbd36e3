import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { closing, endsByItself } from '../../../support/closing';
import { makeCertificate } from '../../../support/eventstoredb/certificate';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { type Failure, RawClient } from '../../../support/eventstoredb/raw-client';

let emulator: Emulator;
let client: RawClient;
const as = (user: string, password: string): void => {
  client.headers.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
};
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
  await client.append('ticket-1', 'any', { data: 'a' });
  emulator.access.setUser('admin', 'changeit', ['$admins']);
  emulator.access.setUser('clerk', 'secret');
  as('clerk', 'secret');
});

const codeOf = (answer: AppendResp | Failure | string): number | string => {
  if (answer instanceof AppendResp || typeof answer === 'string') return 'written';
  return `${answer.code} ${answer.exception ?? ''}`.trim();
};
const append = async (stream: string) => codeOf(await client.append(stream, 'any', {}));
const read = async (stream?: string) => {
  const { failure, events } = await client.read(stream === undefined ? {} : { stream });
  return failure ? codeOf(failure) : events.length;
};

describe('users of the emulator', () => {
  it('with a wrong password, and unknown ones, are answered 16 without a trailer, as observed on 23.10.8', async () => {
    for (const [user, password] of [
      ['clerk', 'wrong'],
      ['nobody', 'secret'],
    ] as const) {
      as(user, password);
      expect([await append('ticket-1'), await read('ticket-1'), await read(), codeOf(await client.delete('ticket-1'))]).toEqual(
        Array<string>(4).fill('16'),
      );
    }
    client.headers.remove('authorization');
    // not observed: from the server's source
    expect(await append('ticket-1')).toBe('7 access-denied');
  });

  it('read and write streams, and the whole log only with a right to it, as observed on 23.10.8', async () => {
    expect([await append('ticket-1'), await read('ticket-1'), await read(), await read('$settings')]).toEqual([
      'written',
      2,
      '7 access-denied',
      '7 access-denied',
    ]);
    emulator.log.setMetadata('$all', { $acl: { $r: ['$admins', 'clerk'] } });
    expect(await read()).toBe(3);
    as('admin', 'changeit');
    expect([await read(), await read('$settings')]).toEqual([3, 0]);
  });

  it('are kept from single streams, for reading and for writing, while calls go on, as observed on 23.10.8', async () => {
    emulator.log.setMetadata('ticket-1', { $acl: { $w: '$admins' } });
    expect([await append('ticket-1'), await read('ticket-1'), await append('ticket-2')]).toEqual(['7 access-denied', 1, 'written']);
    emulator.access.userStreams = { $r: 'clerk', $w: '$admins' };
    expect([await append('ticket-2'), await read('ticket-2')]).toEqual(['7 access-denied', 1]);
    emulator.access.userStreams = { $w: 'clerk' };
    expect([await append('ticket-2'), await read('ticket-2')]).toEqual(['written', '7 access-denied']);
    expect(codeOf(await client.delete('ticket-2'))).toBe('7 access-denied');
  });

  it('whose password was changed meanwhile are unknown from the next call on, as observed on 23.10.8', async () => {
    expect(await append('ticket-1')).toBe('written');
    emulator.access.setUser('clerk', 'other');
    expect(await append('ticket-1')).toBe('16');
    as('clerk', 'other');
    expect(await append('ticket-1')).toBe('written');
  });

  it('speak through the official client over TLS, which tells 16 as denied access, as observed on 23.10.8', async () => {
    const secure = closing(await Emulator.start({ certificate: makeCertificate() }));
    secure.access.setUser('clerk', 'secret');
    const official = endsByItself(EventStoreDBClient.connectionString(secure.urlFor('clerk', 'secret')), 'dispose');
    const write = () => official.appendToStream('ticket-1', jsonEvent({ type: 'Noted', data: {} }));
    await write();
    secure.access.userStreams = { $r: 'clerk', $w: '$admins' };
    // in the shared call that is open already
    await expect(write()).rejects.toMatchObject({ type: 'access-denied' });
    secure.access.setUser('clerk', 'other');
    await expect(official.readStream('ticket-1')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      type: 'access-denied',
      code: 16,
    });
  });
});
