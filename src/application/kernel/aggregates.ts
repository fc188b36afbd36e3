import type * as log from '@tichet-albastru/event-log/execute/load';
import type * as cache from '@tichet-albastru/event-log/execute/stream-cache';
import type { AgendaState } from '../../domain/agenda/agenda';
import type { CalendarState } from '../../domain/calendar/calendar';
import type { Category, FactsByCategory } from '../../domain/facts';
import type { OpsState } from '../../domain/ops/ops';
import type { ReadingState } from '../../domain/reading/reading';
import type { RequestState } from '../../domain/request/request';
import type { StaffState } from '../../domain/staff/staff-member';
import type { TicketState } from '../../domain/ticket/ticket';

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
export type AggregateOf<C extends Category> = log.AggregateIn<FactsByCategory, C, StateOf[C]>;

/** A stream as it stands. */
export type Loaded<C extends Category> = cache.Loaded<StateOf[C], FactsByCategory[C]>;

/** What a command needs to read and write the log. */
export type ExecutePorts = log.ExecutePorts<FactsByCategory>;
