import { join } from 'node:path';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import type { CommandContext } from '../../src/application/kernel/execute';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createPersonalData } from '../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';
import { mustBeDone, registered, staff } from '../http/support/service';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { contextAt } from '../support/command-context';
import { emptyFolder } from '../support/closing';

const masterKey = Buffer.alloc(32, 5);
const context: CommandContext = contextAt('2026-03-02T08:00:00.000Z', 'c1');

describe('a crash between the making of a key and the append that uses it', () => {
  it('leaves a key that harms nothing: the same command, done again, uses it, and what it sealed can be opened', async () => {
    const path = join(emptyFolder(), 'keys.db');
    const namesIn = (): readonly unknown[] => {
      const database = openSqlite(path, { readonly: true });
      const rows = database.prepare('SELECT name, hex(wrapped) AS wrapped FROM keys ORDER BY name').all();
      database.close();
      return rows;
    };
    const store = createMemoryEventStore();
    const openAll = () => {
      const keys = openSqliteKeyStore({ path, masterKey });
      const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(masterKey) });
      return { keys, ports: createTestPorts({ store, keys, codec: createEventCodec({ keys }), personalData }) };
    };

    const before = openAll();
    mustBeDone(await registerStaff(before.ports)({ ...context, commandId: 'c0' }, staff.s002));
    const end = await store.end();
    const known = namesIn();
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new EventStoreUnavailable('the process dies here'));
    await expect(registerRequest(before.ports)(context, registered)).rejects.toThrow(EventStoreUnavailable);
    before.keys.close();
    store.append = append;
    const leftOver = namesIn();
    expect(leftOver).toHaveLength(known.length + 1);
    expect(await store.end()).toBe(end);

    const after = openAll();
    const done = await registerRequest(after.ports)(context, registered);
    expect(done).toMatchObject({ position: await store.end() });
    expect(namesIn()).toEqual(leftOver);
    const names: unknown[] = [];
    for await (const recorded of store.readAll()) {
      const { fact } = after.ports.codec.decode(recorded);
      if (fact.type === 'RequestRegistered') names.push(await after.ports.personalData.open(fact.data.applicantName));
    }
    expect(JSON.stringify(names)).toContain(registered.applicantName);
    after.keys.close();
  });
});
