import type { EventStore, Position } from '@tichet-albastru/event-log/ports/event-store';
import { copyLog } from '../../src/infrastructure/tools/copy/copy-log';
import { appendsOf } from '../../src/infrastructure/tools/copy/copy-log';
import { stands, type AppendInOrder } from '@tichet-albastru/event-log/stores/append-in-order';

export type CopyFunction = (from: EventStore, to: EventStore) => Promise<void>;

/** Remembers how far it got, and never looks at what the target holds. It notes where it is before it writes. */
export const copyFromOffset = (): CopyFunction => {
  let offset: Position = '';
  return async (from, to) => {
    for await (const { appends } of appendsOf(from.readAll({ after: offset })))
      for (const { stream, expected, events } of appends) {
        const [first, ...rest] = events;
        if (!first) continue;
        for await (const event of from.read(stream, expected.kind === 'no-stream' ? 0 : expected.revision + 1)) {
          if (event.id === (rest.at(-1) ?? first).id) offset = event.position;
        }
        await to.append(stream, expected, [first, ...rest]);
      }
  };
};

/** Sends everything at once, as a store that gathers appends would like it. */
export const atOnce =
  (to: EventStore): AppendInOrder =>
  async (requests) => {
    const outcomes = await Promise.all(
      requests.map(async ({ stream, expected, events: [first, ...rest] }) => first && to.append(stream, expected, [first, ...rest])),
    );
    const because = outcomes.find((outcome) => outcome && !stands(outcome));
    return because ? { written: outcomes.indexOf(because), because } : { written: requests.length };
  };

export const copyAtOnce = (): CopyFunction => async (from, to) => {
  await copyLog({ from, to, append: atOnce(to), waits: [] });
};
