import type { AgendaState } from '../../domain/agenda/agenda';
import type { CalendarState } from '../../domain/calendar/calendar';
import type { Category, FactsByCategory } from '../../domain/facts';
import type { Aggregate } from '../../domain/kernel/decider';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import type { OpsState } from '../../domain/ops/ops';
import type { ReadingState } from '../../domain/reading/reading';
import type { RequestState } from '../../domain/request/request';
import type { StaffState } from '../../domain/staff/staff-member';
import type { TicketState } from '../../domain/ticket/ticket';
import type { Expected, Position } from '@tichet-albastru/event-log/ports/event-store';

/** What the streams of each category are folded to. */
export type StateOf = {
  readonly request: RequestState;
  readonly agenda: AgendaState;
  readonly ticket: TicketState;
  readonly staff: StaffState;
  readonly calendar: CalendarState;
  readonly ops: OpsState;
  readonly reading: ReadingState;
};
export type AggregateOf<C extends Category> = Aggregate<StateOf[C], FactsByCategory[C]> & { readonly category: C };

/** A stream as it stands. */
export type Loaded<C extends Category> = {
  readonly state: StateOf[C];
  readonly events: readonly RecordedFact<FactsByCategory[C]>[];
  readonly revision: number;
  readonly position: Position;
  /** what the next append goes on from */
  readonly tail: { readonly expected: Expected; readonly previousHash: string; readonly recordedAt: Instant };
};

/** How many streams of one category are remembered; the one not looked at for longest is forgotten first. */
const mostStreams = 2_000;
/** Longer streams are read anew each time: what is remembered stays small. */
const mostEvents = 500;

/** What is remembered from one command to the next; what a single command remembers is gone with it. */
const isWorthIt = ({ events }: Pick<Loaded<Category>, 'events'>): boolean => events.length > 0 && events.length <= mostEvents;

/** `by`: only the very aggregate that folded it may go on from there. */
type Entry<C extends Category> = { readonly by: AggregateOf<C>; readonly loaded: Loaded<C> };
type Entries = { readonly [C in Category]: Map<string, Entry<C>> };

/**
 * What streams came to when they were last read. It stands beside the store in the ports, and whoever puts another log there puts
 * another memory there. A log only grows, so a reader goes on from there: what is remembered is never wrong, only short of the newest
 * events. Where the log may have become another one under a running process (a restored backup, a standby that had not heard
 * everything), everything is forgotten; before that is found out, the next append to a stream finds it.
 *
 * Of what one command has `known`, see `inOneCommand`, nothing is left out.
 */
export class StreamCache {
  readonly #entries: Entries = {
    request: new Map(),
    agenda: new Map(),
    ticket: new Map(),
    staff: new Map(),
    calendar: new Map(),
    ops: new Map(),
    reading: new Map(),
  };

  constructor(private readonly isKept: (loaded: Pick<Loaded<Category>, 'events'>) => boolean = isWorthIt) {}

  get<C extends Category>(aggregate: AggregateOf<C>, stream: string): Loaded<C> | undefined {
    const entry = this.#entries[aggregate.category].get(stream);
    return entry?.by === aggregate ? entry.loaded : undefined;
  }

  forget(category: Category, stream: string): void {
    this.#entries[category].delete(stream);
  }

  forgetAll(): void {
    for (const entries of Object.values(this.#entries)) entries.clear();
  }

  put<C extends Category>(aggregate: AggregateOf<C>, stream: string, loaded: Loaded<C>): void {
    const entries: Map<string, Entry<C>> = this.#entries[aggregate.category];
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
