import { type Envelope, type EventStore, noHash, type NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { v5 } from 'uuid';

/** Appends so many events to one new stream: envelopes with a whole chain, and with next to nothing in them, or with `more`. */
export const appendSmall = async (store: EventStore, count: number, stream = 'small', more: object = {}): Promise<void> => {
  let previousHash = noHash;
  const events: Envelope[] = [];
  for (let revision = 0; revision < count; revision += 1) {
    const id = v5(`${stream}-${revision}`, v5.URL);
    const body = JSON.stringify({
      type: 'Small',
      version: 1,
      data: { revision, ...more },
      metadata: {
        commandId: id,
        correlationId: id,
        causationId: id,
        actor: { kind: 'system', id: 'test' },
        recordedAt: '2026-03-05T09:00:00.000Z',
        previousHash,
      },
    });
    previousHash = hashEvent({ stream, revision, id, body });
    events.push({ id, type: 'Small', body, hash: previousHash });
  }
  const [first, ...others] = events;
  if (first !== undefined) await store.append(stream, { kind: 'no-stream' }, [first, ...others] satisfies NonEmpty<Envelope>);
};
