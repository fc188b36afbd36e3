import { noHash } from '../../../src/application/ports/event-store';
import type { DomainFact } from '../../../src/domain/facts';
import { personal } from '../../../src/domain/kernel/personal-text';
import { destroyAgain } from '../../../src/infrastructure/privacy/destroy-again';
import { createMemoryKeyStore } from '../../../src/infrastructure/privacy/memory-key-store';
import { createTestPorts } from '../../../src/infrastructure/testing';

it('destroys again, after a backup of the keys was put back, the keys of everybody whom the log says is erased', async () => {
  const { store, codec, keys, clock } = createTestPorts();
  const erase = async (stream: string): Promise<void> => {
    const fact: DomainFact = { type: 'PersonalDataErased', data: { erasedAt: clock.now(), reason: personal('office', 'cerere') } };
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
  await erase('ticket-1');
  await erase('request-1_2026-01-05');
  const names = ['contact:ticket-1', 'record:ticket-1', 'name:request-1_2026-01-05', 'contact:ticket-2'];
  const restored = createMemoryKeyStore();
  await restored.obtain(names);

  expect(await destroyAgain(store, codec, restored)).toBe(2);
  expect(await restored.destroyed()).toEqual(['contact:ticket-1', 'name:request-1_2026-01-05']);
  expect(await restored.find('record:ticket-1')).toBeDefined();
  expect(await restored.find('contact:ticket-2')).toBeDefined();
  expect(await destroyAgain(store, codec, restored)).toBe(2);
  expect(await keys.destroyed()).toEqual([]);
});
