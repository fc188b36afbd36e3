import type { Envelope, Expected, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';

/** Events that fit their places, as a service would make them. @param size of each body, about, in characters */
export const envelopes = (stream: string, from: number, count: number, name: string, size = 0): NonEmpty<Envelope> => {
  const one = (revision: number): Envelope => {
    const id = deriveIdentifier(stream, String(revision), name);
    const body = JSON.stringify({ type: 'Noted', version: 1, data: { text: 'ș'.repeat(size) }, metadata: { name } });
    return { id, type: 'Noted', body, hash: hashEvent({ stream, revision, id, body }) };
  };
  return [one(from), ...Array.from({ length: count - 1 }, (_, index) => one(from + 1 + index))];
};

/** What a writer says that has seen these events at the end of their stream. */
export const seen = (events: NonEmpty<Envelope>, revision: number): Expected => ({
  kind: 'at',
  revision,
  hash: (events.at(-1) ?? events[0]).hash,
});
