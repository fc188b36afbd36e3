// Appends under load and says on its output what was acknowledged, until it is killed: `appending-child FOLDER [early]`.
// `early` is the broken variant: it acknowledges before the commit.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { noHash, type Expected } from '../../src/application/ports/event-store';
import { lockDataFolder } from '../../src/infrastructure/data-folder/lock-data-folder';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store';
import { createMemoryKeyStore } from '../../src/infrastructure/privacy/memory-key-store';
import { createEventCodec } from '../../src/infrastructure/serialization/event-codec.codec';

const [folder = '', variant] = process.argv.slice(2);
const codec = createEventCodec({ keys: createMemoryKeyStore() });
const at = new Date().toISOString();
const acknowledge = (ids: readonly string[]): void => {
  writeSync(1, `${ids.join(' ')}\n`);
};

const main = async (): Promise<void> => {
  lockDataFolder(folder);
  const store = await openSqliteEventStore({ folder });
  const write = async (): Promise<void> => {
    const stream = `ticket-${randomUUID()}`;
    let expected: Expected = { kind: 'no-stream' };
    let previousHash = noHash;
    for (let revision = 0; ; revision += 2) {
      const encode = async (next: number) => {
        const envelope = await codec.encode(
          { type: 'TaskDone', data: { taskId: randomUUID(), doneAt: at } },
          {
            stream,
            revision: next,
            id: randomUUID(),
            previousHash,
            recordedAt: at,
            actor: { kind: 'system', id: 'load' },
            commandId: 'c',
            correlationId: 'c',
            causationId: 'c',
          },
        );
        previousHash = envelope.hash;
        return envelope;
      };
      const [first, second] = [await encode(revision), await encode(revision + 1)];
      const ids = [first.id, second.id];
      if (variant === 'early') acknowledge(ids);
      await store.append(stream, expected, [first, second]);
      if (variant !== 'early') acknowledge(ids);
      expected = { kind: 'at', revision: revision + 1, hash: second.hash };
    }
  };
  await Promise.all(Array.from({ length: 8 }, write));
};

void main();
