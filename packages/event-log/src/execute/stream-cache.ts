import type { Aggregate } from '@tichet-albastru/kernel/decider';
import type { Fact, Instant, RecordedFact } from '@tichet-albastru/kernel/fact';
import type { Expected, Position } from '../ports/event-store';

/** A stream as it stands. */
export type Loaded<State, F extends Fact> = {
  readonly state: State;
  readonly events: readonly RecordedFact<F>[];
  readonly revision: number;
  readonly position: Position;
  /** what the next append goes on from */
  readonly tail: { readonly expected: Expected; readonly previousHash: string; readonly recordedAt: Instant };
};

/** How many streams of one category are remembered; the one not looked at for longest is forgotten first. */
const mostStreams = 2_000;
/** Longer streams are read anew each time: what is remembered stays small. */
const mostEvents = 500;

type Events = { readonly events: readonly unknown[] };
/** What is remembered from one command to the next; what a single command remembers is gone with it. */
const isWorthIt = ({ events }: Events): boolean => events.length > 0 && events.length <= mostEvents;

/** `by`: only the very aggregate that folded it may go on from there. */
type Entry = { readonly by: object; readonly loaded: Events };

/**
 * What streams came to when they were last read. It stands beside the store in the ports: another log there has another memory. A log only
 * grows, so a reader goes on from there: what is remembered is never wrong, only short of the newest events. Where the log may have become
 * another one under a running process (a restored backup, a standby that had not heard everything), everything is forgotten; before that is
 * found out, the next append to a stream finds it.
 *
 * Of what one command has `known`, see `inOneCommand`, nothing is left out.
 */
export class StreamCache {
  readonly #entries = new Map<string, Map<string, Entry>>();

  constructor(private readonly isKept: (loaded: Events) => boolean = isWorthIt) {}

  get<State, F extends Fact>(aggregate: Aggregate<State, F>, stream: string): Loaded<State, F> | undefined;
  // the aggregate that put it there is the one that asks, so what it folded is of its types
  get(aggregate: { readonly category: string }, stream: string): unknown {
    const entry = this.#entries.get(aggregate.category)?.get(stream);
    return entry?.by === aggregate ? entry.loaded : undefined;
  }

  forget(category: string, stream: string): void {
    this.#entries.get(category)?.delete(stream);
  }

  forgetAll(): void {
    this.#entries.clear();
  }

  put<State, F extends Fact>(aggregate: Aggregate<State, F>, stream: string, loaded: Loaded<State, F>): void {
    const entries = this.#entries.get(aggregate.category) ?? new Map<string, Entry>();
    this.#entries.set(aggregate.category, entries);
    entries.delete(stream);
    if (!this.isKept(loaded)) return;
    entries.set(stream, { by: aggregate, loaded });
    if (entries.size <= mostStreams) return;
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      return;
    }
  }
}
