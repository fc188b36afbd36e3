import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { noHash, type EventStore, type Expected } from '@tichet-albastru/event-log/ports/event-store';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';

const codec = createEventCodec({ keys: createMemoryKeyStore() });
const at = new Date().toISOString();

/** A line is written whole; while the pipe is full because the test is busy, everybody here waits for it. */
const acknowledge = (ids: readonly string[]): void => {
  for (;;)
    try {
      writeSync(1, `${ids.join(' ')}\n`);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
};

const write = async (store: EventStore, early: boolean): Promise<void> => {
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
    if (early) {
      acknowledge(ids);
      // the moment that a kill must meet
      if (revision > 0) process.kill(process.pid, 'SIGKILL');
    }
    await store.append(stream, expected, [first, second]);
    if (!early) acknowledge(ids);
    expected = { kind: 'at', revision: revision + 1, hash: second.hash };
  }
};

/**
 * Eight writers append two events at a time and say on the output what was acknowledged, until the process is killed or its parent has died.
 * Rejects with the first append that fails.
 * @param early the broken variant: acknowledges before the commit, and is killed between the two
 */
export const appendWithoutEnd = async (store: EventStore, early = false): Promise<void> => {
  process.stdin.on('end', () => process.exit()).resume();
  await Promise.all(Array.from({ length: 8 }, () => write(store, early)));
};
