import type { DayPlan } from '../../../src/domain/agenda/day-plan';
import type { AgendaState } from '../../../src/domain/agenda/agenda';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import type { Decision } from '../../../src/domain/kernel/decider';
import type { Fact } from '../../../src/domain/kernel/fact';
import { policiesWith } from '../../../src/domain/policies';
import type { RequestState } from '../../../src/domain/request/request';
import type { TicketState } from '../../../src/domain/ticket/state';

export const early = '2026-03-02T08:00:00.000Z';
export const until = '2026-03-02T08:15:00.000Z';
export const late = '2026-03-02T09:00:00.000Z';
export const policies = policiesWith({ 'slot-release-delay': { value: null, version: 2 } });
export const calendar = workingCalendar.initial;
export const plan: DayPlan = {
  date: '2026-03-09',
  kind: 'working',
  windows: [{ from: '2026-03-09T06:00:00.000Z', to: '2026-03-09T14:00:00.000Z' }],
};

/** A history: one more fact than its parent, and the state it folds to. */
export type History<S> = { readonly id: number; readonly parent: History<S> | undefined; readonly state: S };
export type AnyState = RequestState | TicketState | AgendaState;
export type Decide = (state: never) => Decision<Fact>;
export type Step = { readonly id: number; readonly stream: number; readonly decide: Decide; readonly name: string };
export type World = { readonly heads: readonly History<AnyState>[]; readonly steps: readonly number[]; readonly depth: number };

export const identityOf = (request: string) => ({ number: request, filedOn: '2026-02-20' });
