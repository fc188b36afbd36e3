import type { AppendResult, EventStore, Recorded } from '../../ports/event-store';
import { AppendRefused, checkAppend, expectedRevision, numberOf, positionOf } from '../append-rules';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';

/** Lets others run in between, as every real store does. */
const breath = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const readersBreath = 256;

/** The reference: what every other adapter must do, in the fewest lines. Forgets everything with the process. */
export const createMemoryEventStore = (): EventStore => {
  const all: Recorded[] = [];
  const streams = new Map<string, Recorded[]>();
  const byId = new Map<string, Recorded>();
  const wakeUp = createWakeUp();

  const append: EventStore['append'] = async (stream, expected, events) => {
    checkAppend(stream, events);
    await Promise.resolve();
    const standing = streams.get(stream) ?? [];
    const first = byId.get(events[0].id);
    if (first) return repeated(first, stream, standing, events);
    if (events.some(({ id }) => byId.has(id))) throw new AppendRefused(`An event for ${stream} has the id of another event.`);
    const last = standing.at(-1);
    const revision = last?.revision ?? -1;
    if (revision !== expectedRevision(expected) || (expected.kind === 'at' && last?.hash !== expected.hash)) {
      return { kind: 'conflict', revision };
    }
    let result: AppendResult = { kind: 'conflict', revision };
    for (const event of events) {
      const recorded = { ...event, stream, revision: standing.length, position: positionOf(all.length + 1) };
      standing.push(recorded);
      all.push(recorded);
      byId.set(recorded.id, recorded);
      result = { kind: 'appended', revision: recorded.revision, position: recorded.position };
    }
    streams.set(stream, standing);
    wakeUp.wake();
    return result;
  };

  async function* read(stream: string, from = 0, most = Infinity): AsyncGenerator<Recorded> {
    await Promise.resolve();
    for (let index = from; index - from < most; index += 1) {
      const event = streams.get(stream)?.[index];
      if (!event) return;
      yield event;
    }
  }

  async function* readAll({
    after,
    limit = Infinity,
  }: { readonly after?: string; readonly limit?: number } = {}): AsyncGenerator<Recorded> {
    await Promise.resolve();
    const start = numberOf(after);
    for (let index = start; index - start < limit; index += 1) {
      const event = all[index];
      if (!event) return;
      yield event;
      if (index % readersBreath === 0) await breath();
    }
  }

  const subscribe: EventStore['subscribe'] = async function* ({ after = '', signal }) {
    let position = after;
    const stopped = (): boolean => signal.aborted;
    while (!stopped()) {
      const turn = wakeUp.turn();
      for await (const event of readAll({ after: position })) {
        if (stopped()) return;
        yield event;
        position = event.position;
      }
      if (!stopped()) yield { kind: 'caught-up', position };
      await wakeUp.sleep(signal, turn);
    }
  };

  return {
    ...{ append, read, readAll, subscribe },
    end: () => Promise.resolve(all.length === 0 ? '' : positionOf(all.length)),
    at: (position) => Promise.resolve(all[numberOf(position) - 1]),
  };
};

const repeated = (
  first: Recorded,
  stream: string,
  standing: readonly Recorded[],
  events: readonly { readonly id: string }[],
): AppendResult => {
  if (first.stream !== stream) throw new AppendRefused(`An event for ${stream} has the id of an event of another stream.`);
  let last = first;
  for (const { id } of events.slice(1)) {
    const next = standing[last.revision + 1];
    if (next?.id !== id) break;
    last = next;
  }
  return { kind: 'already-appended', revision: last.revision, position: last.position };
};
