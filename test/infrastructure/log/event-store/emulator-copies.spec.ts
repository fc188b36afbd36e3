import { closing } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { RawClient } from '../../../support/eventstoredb/raw-client';

it('the emulator stands on an older copy of its log when one is put back, and on nothing, as observed on 23.10.8', async () => {
  const emulator = closing(await Emulator.start());
  const client = closing(new RawClient(`127.0.0.1:${emulator.wire.port}`));
  const log = async (): Promise<readonly string[]> => (await client.read({})).events.map(({ stream, revision }) => `${stream}@${revision}`);
  await client.append('ticket-1', 'any', {}, {});
  const copy = emulator.copyOfLog();
  const end = emulator.log.events.at(-1)?.position;
  await client.append('ticket-1', 1n, { data: 'later' });
  await client.delete('ticket-2', true);
  await emulator.putBack(copy);
  // the first question after that finds its connection cut
  await client.read({});
  expect(await log()).toEqual(['ticket-1@0', 'ticket-1@1']);
  await client.append('ticket-1', 1n, { data: 'other' });
  expect(emulator.log.events.at(-1)?.position).toBeGreaterThan(end ?? 0n);
  expect(await client.read({ stream: 'ticket-2' })).toMatchObject({ others: ['stream-not-found'] });
  await emulator.putBack();
  await client.read({});
  expect(await log()).toEqual([]);
  await client.append('ticket-1', 'no-stream', {});
  expect(await log()).toEqual(['ticket-1@0']);
});
