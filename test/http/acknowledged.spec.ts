import { setTimeout as sleep } from 'node:timers/promises';
import { createLogAlarm } from '../../src/infrastructure/proof/alarm/log-alarm';
import { createNotesInMemory } from '../../src/infrastructure/proof/acknowledged/notes-file';
import { type Acknowledged, watchAcknowledged } from '../../src/infrastructure/proof/acknowledged/watch';
import { createMemoryCheckpointStore, createNoteSigner } from '@tichet-albastru/signed-log';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { switchedStore } from '../support/switched-store';
import { bookingToken, inPerson, startSeeded } from './support/service';

/** A service behind whose back the server of its log becomes another one. */
const served = async (variant: (acknowledged: Acknowledged) => Acknowledged = (same) => same) => {
  const store = switchedStore();
  const operations = createMemoryOperations();
  const { keyValues } = operations;
  const alarm = createLogAlarm({ keyValues, clock: fixedClock(), logger: silentLogger });
  const acknowledged = watchAcknowledged({ store, notes: createNotesInMemory(), alarm, keyValues, logger: silentLogger });
  const key = createNoteSigner('test', Buffer.alloc(32, 1));
  const sealing = { checkpoints: createMemoryCheckpointStore(), key, alarm, acknowledged: variant(acknowledged) };
  const service = await startSeeded({ store, operations }, { opened: { sealing } });
  const events = Number(await store.end());
  const made = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  const { ticketId, manageToken: token } = made.body;
  const shown = () => service.call('GET', `/api/v1/tickets/${ticketId}`, { token });
  expect([made.status, (await shown()).status]).toEqual([201, 200]);
  await store.switchTo(events);
  return { ...service, alarm, shown, ready: async () => (await service.call('GET', '/health/ready')).text };
};

describe('a service whose log becomes one that lacks a booking', () => {
  it('finds it by itself, shows the booking to nobody, and takes no other', async () => {
    const { alarm, shown, ready, call } = await served();
    while (alarm.standing() === undefined) await sleep(20);
    expect(alarm.standing()?.fault).toMatchObject({ reason: 'acknowledged-missing', missing: 5 });
    expect((await shown()).status).not.toBe(200);
    expect(await ready()).toContain('log-corrupt');
    const lookup = { requestNumber: '519073', applicantName: 'Andrei Lacatus', filedOn: '2026-02-02' };
    const { bookingToken: token } = (await call('POST', '/api/v1/requests/lookup', { body: lookup })).body;
    const again = await call('POST', '/api/v1/tickets', { token, body: inPerson });
    expect([again.status, again.body.code]).toEqual([503, 'read-only']);
  });

  it('would go on showing it where what is remembered of streams is not dropped', async () => {
    const { alarm, shown } = await served((acknowledged) => ({ ...acknowledged, whenDropped: () => undefined }));
    while (alarm.standing() === undefined) await sleep(20);
    expect((await shown()).status).toBe(200);
  });
});
