import { closing } from '../../../support/closing';
import { makeCertificate } from '../../../support/eventstoredb/certificate';
import { EmulatorProcess } from '../../../support/eventstoredb/emulator-process';
import { RawClient } from '../../../support/eventstoredb/raw-client';

describe('an emulator in a process of its own', () => {
  it('does what it is told, and keeps a hundred thousand events of others that are never sent', async () => {
    const emulator = closing(await EmulatorProcess.start());
    const client = closing(new RawClient(`127.0.0.1:${emulator.port}`));
    await client.append('cluj.ticket-1', 'any', {});
    await emulator.tell('pourAsOthers', 100_000);
    await client.append('cluj.ticket-1', 'any', {});
    await emulator.tell('keepCopy', 'before');
    await emulator.tell('softDelete', 'cluj.ticket-1');
    expect(await client.read({ stream: 'cluj.ticket-1' })).toMatchObject({ others: ['stream-not-found'] });
    const heard = await client.read({ filter: { by: 'stream', prefixes: ['cluj.', '$$cluj.'] } });
    expect(heard.events.map(({ stream }) => stream)).toEqual(['cluj.ticket-1', 'cluj.ticket-1', '$$cluj.ticket-1']);
    expect((await emulator.tell('figures')).sent).toEqual({ 'cluj.ticket-1': 2, '$$cluj.ticket-1': 1 });
    await emulator.tell('putBack', 'before');
    await client.read({ count: 1 });
    expect((await client.read({ stream: 'cluj.ticket-1' })).events).toHaveLength(2);
    await emulator.tell('kill');
    expect(await client.read({ count: 1 })).toMatchObject({ failure: { code: 14 } });
    await emulator.tell('open');
    const { events } = await emulator.tell('figures');
    expect(events).toBe(100_002);
  });

  it('speaks TLS, and has users', async () => {
    const emulator = closing(await EmulatorProcess.start(makeCertificate()));
    await emulator.tell('setUser', 'clerk', 'secret');
    expect(emulator.urlFor('clerk', 'secret')).toMatch(/^esdb:\/\/clerk:secret@localhost:\d+\?tlsCAFile=/);
  });
});
