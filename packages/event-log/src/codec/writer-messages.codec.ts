import type { Envelope, Expected } from '../ports/event-store';
import type { AppendOutcome, AppendRequest } from '../stores/append-rules';

// Both ends are ours and of one build. A flat list of texts crosses to another thread several times faster than objects do.

const noStream = '';

/** Appends as one list of texts: stream, expected revision and hash, number of events, then four texts an event. */
export const requestsMessage = (requests: readonly AppendRequest[]): readonly string[] => {
  const texts: string[] = [];
  for (const { stream, expected, events } of requests) {
    const seen = expected.kind === 'at' ? [String(expected.revision), expected.hash] : [noStream, noStream];
    texts.push(stream, ...seen, String(events.length));
    for (const { id, type, body, hash } of events) texts.push(id, type, body, hash);
  }
  return texts;
};

/** `undefined` for the message that ends the thread. */
export const requestsOf = (message: unknown): readonly AppendRequest[] | undefined => {
  if (message === endMessage) return undefined;
  const texts = message as readonly string[];
  let at = 0;
  const next = (): string => texts[at++] ?? '';
  const requests: AppendRequest[] = [];
  while (at < texts.length) {
    const stream = next();
    const revision = next();
    const hash = next();
    const expected: Expected = revision === noStream ? { kind: 'no-stream' } : { kind: 'at', revision: Number(revision), hash };
    const events: Envelope[] = [];
    for (let left = Number(next()); left > 0; left -= 1) events.push({ id: next(), type: next(), body: next(), hash: next() });
    requests.push({ stream, expected, events });
  }
  return requests;
};

export const endMessage = 'end';
export const readyMessage = 'ready';

export const outcomesOf = (message: unknown): readonly AppendOutcome[] => message as readonly AppendOutcome[];
