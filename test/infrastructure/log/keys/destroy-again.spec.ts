import { noHash, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { DomainFact } from '../../../../src/domain/facts';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { destroyAgain } from '../../../../src/infrastructure/log/keys/destroy-again';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createTestPorts } from '../../../../src/infrastructure/testing';

const logOfErasures = () => {
  const { store, codec, keys, clock } = createTestPorts();
  const erase = async (stream: string, type: 'PersonalDataErased' | 'ConclusionsErased' = 'PersonalDataErased'): Promise<void> => {
    const fact: DomainFact = { type, data: { erasedAt: clock.now(), reason: personal('office', 'cerere') } };
    const context = { commandId: 'c', correlationId: 'c', causationId: 'c', actor: { kind: 'staff', id: 's' } as const };
    const envelope = await codec.encode(fact, {
      ...context,
      stream,
      revision: 0,
      id: stream,
      previousHash: noHash,
      recordedAt: clock.now(),
    });
    await store.append(stream, { kind: 'no-stream' }, [envelope]);
  };
  return { store, codec, keys, erase };
};

it('destroys again, after a backup of the keys was put back, the keys of everybody whom the log says is erased', async () => {
  const { store, codec, keys, erase } = logOfErasures();
  await erase('ticket-1');
  await erase('request-1_2026-01-05');
  const names = ['contact:ticket-1', 'record:ticket-1', 'name:request-1_2026-01-05', 'contact:ticket-2'];
  const restored = createMemoryKeyStore();
  await restored.obtain(names);

  expect(await destroyAgain(store, codec, restored)).toEqual(['contact:ticket-1', 'name:request-1_2026-01-05']);
  expect(await restored.destroyed()).toEqual(['contact:ticket-1', 'manage:ticket-1', 'name:request-1_2026-01-05']);
  expect(await restored.find('record:ticket-1')).toBeDefined();
  expect(await restored.find('contact:ticket-2')).toBeDefined();
  expect(await destroyAgain(store, codec, restored)).toEqual([]);
  expect(await keys.destroyed()).toEqual([]);
});

it('destroys again the key of conclusions whose retention had ended, and that one only', async () => {
  const { store, codec, erase } = logOfErasures();
  await erase('ticket-1', 'ConclusionsErased');
  const restored = createMemoryKeyStore();
  await restored.obtain(['contact:ticket-1', 'record:ticket-1', 'record:ticket-2']);
  expect(await destroyAgain(store, codec, restored)).toEqual(['record:ticket-1']);
  expect(await restored.find('contact:ticket-1')).toBeDefined();
  expect(await restored.find('record:ticket-2')).toBeDefined();
});

/** The store, and from where it was read. */
const watched = (store: EventStore) => {
  const readFrom: string[] = [];
  const readAll: EventStore['readAll'] = (options) => {
    readFrom.push(options?.after ?? '');
    return store.readAll(options);
  };
  return { readFrom, store: { ...store, readAll } };
};

it('reads only what is new since the last start; with older keys, and for a log that was put back, everything', async () => {
  const { store: whole, codec, erase } = logOfErasures();
  const { store, readFrom } = watched(whole);
  const keys = createMemoryKeyStore();
  await erase('ticket-1');
  await destroyAgain(store, codec, keys);
  const afterFirst = await store.end();
  await erase('ticket-2');
  expect(await destroyAgain(store, codec, keys)).toEqual(['contact:ticket-2']);
  const older = createMemoryKeyStore();
  await destroyAgain(store, codec, older);
  await older.noteErasedUntil(`${await store.end()}9`);
  await destroyAgain(store, codec, older);
  expect(readFrom).toEqual(['', afterFirst, '', '']);
  expect(await older.erasedUntil()).toBe(await store.end());
});
