import { placements } from '../../../../src/domain/audit/case-file';
import type { Instant, RecordedFact } from '../../../../src/domain/kernel/fact';
import type { TicketFact } from '../../../../src/domain/ticket/facts';
import { plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import type { History } from '../../../support/history';

export type DataOf<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>['data'];
export type Event<T extends TicketFact['type']> = RecordedFact<Extract<TicketFact, { readonly type: T }>>;
/** Whether a history gives the occasion for something. */
export type Occasion = (history: History) => boolean;

export const isOf =
  <T extends TicketFact['type']>(type: T) =>
  (event: RecordedFact<TicketFact>): event is Event<T> =>
    event.fact.type === type;

export const all = <T extends TicketFact['type']>({ ticket }: History, type: T): readonly Event<T>[] => ticket.filter(isOf(type));
export const lastOf = <T extends TicketFact['type']>(history: History, type: T): Event<T> | undefined => all(history, type).at(-1);
export const one = <T extends TicketFact['type']>(history: History, type: T): DataOf<T> | undefined =>
  all(history, type)[0]?.fact.data as DataOf<T> | undefined;

export const requestedAt = (history: History): Instant => one(history, 'Requested')?.requestedAt ?? '';
export const beforeAsking = (history: History, minutes: number): Instant => plusMinutes(requestedAt(history), -minutes);
/** Whom the citizen asked to meet. */
export const askedFor = (history: History): string => one(history, 'Requested')?.staffId ?? '';
export const startOf = (history: History): Instant => placements(history).at(-1)?.fact.data.slot.startsAt ?? '';
/** So many seconds after a moment that the fact of the meeting names. */
export const fromHeld = (
  history: History,
  moment: 'startedAt' | 'endedAt' | 'resolutionTargetAt' | 'resolutionHardLimitAt',
  seconds: number,
): Instant => plusSeconds(one(history, 'Held')?.[moment] ?? '', seconds);

export const not =
  (occasion: Occasion): Occasion =>
  (history) =>
    !occasion(history);
export const both =
  (...occasions: readonly Occasion[]): Occasion =>
  (history) =>
    occasions.every((holds) => holds(history));
export const has =
  (type: TicketFact['type']): Occasion =>
  ({ ticket }) =>
    ticket.some(isOf(type));

export const isOnline: Occasion = (history) => one(history, 'Requested')?.mode === 'online';
export const isInPerson: Occasion = (history) => one(history, 'Requested')?.mode === 'in-person';
export const isHeld = has('Held');
export const heldOnline = both(isOnline, isHeld);
export const recordedOnline = both(heldOnline, has('RecordingAttached'));
export const isClarification: Occasion = (history) => one(history, 'Requested')?.ground.kind === 'clarification';
export const inOperation: Occasion = (history) => one(history, 'Requested')?.ground.kind === 'in-operation';
export const asBooked = both(has('Scheduled'), not(has('Rescheduled')), not(has('Reassigned')));
/** Held, and what was sent did not come back. */
export const delivered = both(isHeld, not(has('ResolutionBounced')));
export const byEmail = has('EmailVerified');
/** The meeting came to its hour, and the link was owed. */
export const linkOwed = both(isOnline, (history) => isHeld(history) || has('CitizenAbsent')(history));
export const movedBy =
  (who: DataOf<'Rescheduled'>['by']): Occasion =>
  (history) =>
    all(history, 'Rescheduled').some(({ fact }) => fact.data.by === who);
export const onlyMovedByStaff = both(movedBy('staff'), not(has('StaffAbsent')), not(has('Cancelled')));
export const movedOnce: Occasion = (history) => all(history, 'Rescheduled').length === 1;
export const toldOf =
  (about: DataOf<'CitizenNotified'>['about']): Occasion =>
  (history) =>
    all(history, 'CitizenNotified').some(({ fact }) => fact.data.about === about);
