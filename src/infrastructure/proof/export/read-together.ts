import { EventLogCorrupt, type EventStore, namesOfDamaged, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { EventStatus, LogCheckpoint, SignedLog } from '../../../application/kernel/ports/signed-log';
import { tables } from '../../../application/kernel/ports/tables';
import { type LogReadOnce, readOnce } from '@tichet-albastru/event-log/stores/log-read-once';
import { pagesBehind } from '../verify/stored-log';

/** Streams that are kept for a second reading: a page of the list is judged together, and then told ticket by ticket. */
const mostStreams = 400;

/** As far as it can be read. */
type Stream = { readonly events: readonly Recorded[]; readonly fault?: EventLogCorrupt };

/** A store for an export, which reads each stream once, and, where it wants most of them, the whole log once. */
export type ReadTogether = {
  readonly ports: Ports;
  /** Whether the tables knew no more of the log at the end of the work than what was read at its beginning. */
  holds(): Promise<boolean>;
  close(): void;
};

/** @param whole the whole log is read at once: better, where most of its tickets are wanted */
export const readTogether = async (ports: Ports, whole: boolean): Promise<ReadTogether> => {
  const { store, signedLog, readModels } = ports;
  const log: LogReadOnce | undefined = whole ? readOnce((after) => pagesBehind(store, after)) : undefined;
  // of these the log tells more than their streams do
  const damaged = await namesOfDamaged(store);
  const streams = new Map<string, Promise<Stream>>();
  const places = new Map<string, number>();
  const standings = new Map<string, Promise<EventStatus>>();
  const forget = (): void => {
    for (const known of [streams, places, standings]) known.clear();
  };

  const fromStore = async (stream: string): Promise<Stream> => {
    const events: Recorded[] = [];
    try {
      for await (const event of store.read(stream)) events.push(event);
      return { events };
    } catch (fault) {
      if (fault instanceof EventLogCorrupt) return { events, fault };
      throw fault;
    }
  };
  /** Without gaps, or as the store says it. */
  const ask = async (stream: string): Promise<Stream> => {
    const found = damaged.has(stream) ? undefined : await log?.ofStream(stream);
    if (found?.every(({ event }, revision) => event.revision === revision) !== true) return fromStore(stream);
    for (const { number, event } of found) places.set(event.position, number - 1);
    return { events: found.map(({ event }) => event) };
  };
  const read = async function* (stream: string, from = 0, most = Infinity): AsyncGenerator<Recorded> {
    if (streams.size >= mostStreams && !streams.has(stream)) forget();
    const asked = streams.get(stream) ?? ask(stream);
    streams.set(stream, asked);
    const { events, fault } = await asked;
    yield* events.slice(from, from + most);
    if (fault !== undefined && from + most > events.length) throw fault;
  };
  const standing = (event: Recorded, upTo: LogCheckpoint, of: SignedLog): Promise<EventStatus> => {
    const name = `${upTo.size} ${event.position} ${event.hash}`;
    const known = standings.get(name) ?? of.standing(event, upTo, places.get(event.position));
    standings.set(name, known);
    return known;
  };

  let known = await readModels.position(tables.auditTrail);
  return {
    ports: {
      ...ports,
      store: readingBy(store, read),
      ...(signedLog && {
        signedLog: {
          verifier: signedLog.verifier,
          checkpoint: () => signedLog.checkpoint(),
          witnessed: () => signedLog.witnessed(),
          timeStamped: () => signedLog.timeStamped(),
          standing: (event, upTo) => standing(event, upTo, signedLog),
        },
      }),
    },
    holds: async () => {
      const now = await readModels.position(tables.auditTrail);
      if (now === known) return true;
      known = now;
      forget();
      await log?.readOn();
      return false;
    },
    close: () => log?.close(),
  };
};

const readingBy = (store: EventStore, read: EventStore['read']): EventStore => ({
  append: (stream, expected, events) => store.append(stream, expected, events),
  read,
  readAll: (options) => store.readAll(options),
  subscribe: (options) => store.subscribe(options),
  end: () => store.end(),
});
