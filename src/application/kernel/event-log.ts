import { defined } from '@tichet-albastru/kernel/defined';
import type { Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from './ports/ports';

export type EventsQuery = {
  readonly after?: Position;
  readonly limit?: number;
  /** who of the officials looked at what is no program's business */
  readonly withoutReadings?: boolean;
};

/** The log as it stands, personal data sealed: one JSON text an event, in global order. `body` goes out as it was hashed. */
export const eventLog = (ports: Pick<Ports, 'store'>) =>
  async function* ({ after, limit, withoutReadings = false }: EventsQuery): AsyncGenerator<string> {
    let told = 0;
    for await (const recorded of ports.store.readAll(defined({ after, limit: withoutReadings ? undefined : limit }))) {
      if (told === limit) return;
      if (withoutReadings && recorded.stream.startsWith('reading-')) continue;
      told += 1;
      yield line(recorded);
    }
  };

/** The events of one stream, a line each, as the whole log has them. */
export const streamLog = (ports: Pick<Ports, 'store'>) =>
  async function* (stream: string): AsyncGenerator<string> {
    for await (const recorded of ports.store.read(stream)) yield line(recorded);
  };

const line = ({ position, stream, revision, id, type, hash, body }: Recorded): string =>
  JSON.stringify({ position, stream, revision, id, type, hash, body });
