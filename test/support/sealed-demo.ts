import { followedTables } from '../../src/infrastructure/nest/tables';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { tellDemo, type DemoStory } from '../../src/infrastructure/tools/demo/tell-demo';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import type { SealedLog } from '../../src/infrastructure/nest/signed-log';
import { createLogAlarm } from '../../src/infrastructure/proof/alarm/log-alarm';
import {
  type CheckpointStore,
  createMemoryCheckpointStore,
  createNoteSigner,
  createSigner,
  type NoteSigner,
} from '@tichet-albastru/signed-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { createCurrentSignedLog } from '../../src/infrastructure/proof/signing/current-signed-log';
import { createTestPorts, type TestPorts } from '../../src/infrastructure/testing/test-ports';

export type SealedDemo = {
  readonly ports: TestPorts;
  readonly told: DemoStory;
  readonly checkpoints: CheckpointStore;
  readonly key: NoteSigner;
  /** as a service has it open */
  readonly sealing: SealedLog;
  /** signs the log as it stands now */
  readonly sign: () => Promise<void>;
};

/** Signs what stands in the log. */
export const signedOnce = async (store: EventStore, checkpoints: CheckpointStore, key: NoteSigner): Promise<void> => {
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) sealing.add(event);
  await sealing.sign();
};

/** The week of the demonstration in memory, its log sealed. Its tables are empty until a service follows. */
export const sealedDemo = async (now: string): Promise<SealedDemo> => {
  const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
  const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));
  const signedLog = createCurrentSignedLog({ checkpoints, verifier: key, counts: true });
  const ports = createTestPorts({ store, signedLog });
  ports.clock.set(now);
  const told = await tellDemo({ ports, rows: ports.rows, ...followedTables() }, now);
  const sign = (): Promise<void> => signedOnce(store, checkpoints, key);
  await sign();
  const alarm = createLogAlarm({ keyValues: ports.operations.keyValues, clock: ports.clock, logger: ports.logger });
  return { ports, told, checkpoints, key, sealing: { checkpoints, key, alarm }, sign };
};
