import type { CheckId } from '../../../../src/domain/audit/judge';
import { workingCalendar } from '../../../../src/domain/calendar/calendar';
import { clarificationWindow } from '../../../../src/domain/calendar/working-days';
import { personal } from '../../../../src/domain/kernel/personal-text';
import type { Actor, Instant } from '../../../../src/domain/kernel/fact';
import type { RequestFact } from '../../../../src/domain/request/facts';
import type { TicketFact } from '../../../../src/domain/ticket/facts';
import { addDays, civilDateOf } from '../../../../src/domain/time/civil-time';
import type { Slot } from '../../../../src/domain/time/slot';
import { handlerAssigned } from '../../../support/entries';
import type { History } from '../../../support/history';
import { clerk, type Entry, policies, type TicketEntry } from '../../../support/plot';
import { adding, addingToRequest, requestOtherwise, ticketOtherwise, withStaff } from '../../../support/retelling';
import { asBooked, askedFor, type DataOf, isOf, lastOf, type Occasion, one } from './occasions';

/** One way to break one sentence. */
export type Breach = {
  /** of the Annex; `Order 4` of the Order itself */
  readonly article: string;
  /** which of our readings makes the sentence precise */
  readonly reading: string;
  /** the check that must notice it */
  readonly check: CheckId;
  readonly told: string;
  /** `undefined` where this history gives no occasion for it */
  readonly breaks: (history: History) => History | undefined;
  /** only who says it is broken: a lower grade is notice enough */
  readonly origin?: true;
};

export type Breaks = Breach['breaks'];
/** `undefined` takes a field away. */
export type Changed<T extends TicketFact['type']> = { readonly [K in keyof DataOf<T>]?: DataOf<T>[K] | undefined };
type Change<T extends TicketFact['type']> = (data: DataOf<T>, history: History) => Changed<T> | undefined;

/** Ways to break the same sentence, each by what is told of it. */
export const of = (article: string, reading: string, check: Breach['check'], ways: Readonly<Record<string, Breaks>>): readonly Breach[] =>
  Object.entries(ways).map(([told, breaks]) => ({ article, reading, check, told, breaks }));

export const ofOrigin = (...said: Parameters<typeof of>): readonly Breach[] => of(...said).map((breach) => ({ ...breach, origin: true }));

/** Broken only where all of these hold. */
export const only =
  (...occasions: readonly Occasion[]) =>
  (breaks: Breaks): Breaks =>
  (history) =>
    occasions.every((holds) => holds(history)) ? breaks(history) : undefined;

/** One after the other, each of the story that the one before has told. */
export const inTurn =
  (...steps: readonly Breaks[]): Breaks =>
  (history) =>
    steps.reduce<History | undefined>((told, step) => told && step(told), history);

/** Asked for at the counter, by somebody with a postal address and nothing else (A10). */
export const addressAlone: Breaks = (history) =>
  each('Requested', ({ contact: { name } }) => ({ contact: { name, postalAddress: personal('contact', 'Str. Horea 1') } }))(history);

/** Each fact of that type, as this says of it. */
export const each =
  <T extends TicketFact['type']>(type: T, change: Change<T>): Breaks =>
  (history) =>
    ticketOtherwise(history, (event) => {
      if (!isOf(type)(event)) return undefined;
      const data = change(event.fact.data as DataOf<T>, history);
      return data && { data };
    });

/** The same, and it was recorded at that time, too. */
export const eachAt =
  <T extends TicketFact['type']>(type: T, at: (data: DataOf<T>, history: History) => Instant, field: keyof DataOf<T> & string): Breaks =>
  (history) =>
    ticketOtherwise(history, (event) => {
      if (!isOf(type)(event)) return undefined;
      const moment = at(event.fact.data as DataOf<T>, history);
      return { at: moment, data: { [field]: moment } };
    });

/** Each fact of these types, all with the same in them. */
export const eachOf =
  (types: readonly TicketFact['type'][], same: (history: History) => object): Breaks =>
  (history) => {
    const data = same(history);
    return ticketOtherwise(history, ({ fact }) => (types.includes(fact.type) ? { data } : undefined));
  };

/** Each change that this side made. */
export const eachBy = <T extends 'Rescheduled' | 'Cancelled'>(who: DataOf<T>['by'], type: T, change: Change<T>): Breaks =>
  each(type, (data, history) => (data.by === who ? change(data, history) : undefined));

/** Without those facts. */
export const never =
  (...types: readonly TicketFact['type'][]): Breaks =>
  (history) =>
    ticketOtherwise(history, ({ fact }) => (types.includes(fact.type) ? { gone: true } : undefined));

/** Without those facts since the last change of that type. */
export const neverSince =
  (change: TicketFact['type'], ...types: readonly TicketFact['type'][]): Breaks =>
  (history) => {
    const since = lastOf(history, change);
    return (
      since &&
      ticketOtherwise(history, ({ revision, fact }) =>
        revision > since.revision && types.includes(fact.type) ? { gone: true } : undefined,
      )
    );
  };

export const more =
  (entries: (history: History) => readonly TicketEntry[] | undefined): Breaks =>
  (history) => {
    const added = entries(history);
    return added && adding(history, ...added);
  };

type DataOfRequest<T extends RequestFact['type']> = Extract<RequestFact, { readonly type: T }>['data'];

/** Each fact of the request of that type: at another time, with other data, by somebody else, or not at all. */
export const ofRequest =
  <T extends RequestFact['type']>(
    type: T,
    change: (data: DataOfRequest<T>, history: History) => ReturnType<Parameters<typeof requestOtherwise>[1]>,
  ): Breaks =>
  (history) =>
    requestOtherwise(history, ({ fact: { type: told, data } }) => (told === type ? change(data as DataOfRequest<T>, history) : undefined));

export const toRequest =
  (entries: (history: History) => readonly Entry<RequestFact>[]): Breaks =>
  (history) =>
    addingToRequest(history, ...entries(history));

export const stranger = 'S-077';

/** More was recorded of the person that the citizen asked to meet. */
export const ofStaff =
  (entry: (history: History) => Parameters<typeof withStaff>[2]): Breaks =>
  (history) =>
    withStaff(history, askedFor(history), entry(history));

/** Somebody else has the file from then on. */
export const fileMoves =
  (at: (history: History) => Instant): Breaks =>
  (history) => {
    const assignedAt = at(history);
    return addingToRequest(withStaff(history, stranger), handlerAssigned(stranger, assignedAt));
  };

/** The meeting at that hour from its booking on, and nothing said of it elsewhere. */
export const bookedAt = (hour: (slot: Slot, history: History) => Slot): Breaks =>
  only(asBooked)((history) =>
    ticketOtherwise(history, ({ fact }) => ('slot' in fact.data ? { data: { slot: hour(fact.data.slot, history) } } : undefined)),
  );

/** What the citizen accepted of the recording, told otherwise. */
export const noticeOtherwise = (
  change: (
    notice: Readonly<NonNullable<DataOf<'Requested'>['recordingNotice']>>,
    history: History,
  ) => DataOf<'Requested'>['recordingNotice'],
): Breaks => each('Requested', ({ recordingNotice }, history) => recordingNotice && { recordingNotice: change(recordingNotice, history) });

/** The register tells at that time of an answer, communicated so many days before. */
export const answered = (history: History, registeredAt: Instant, daysBefore = 0): Entry<RequestFact> => {
  const communicatedOn = addDays(civilDateOf(registeredAt), -daysBefore);
  const policy = policies['clarification-window'];
  const data = {
    documentNumber: 'R7',
    communicatedOn,
    channel: 'email',
    answeredBy: askedFor(history),
    ...clarificationWindow(communicatedOn, policy, workingCalendar.initial),
    policy,
    calendarVersion: one(history, 'Requested')?.calendarVersion ?? '',
    registeredAt,
  } as const;
  return [registeredAt, { type: 'AnswerCommunicated', data }];
};

/** The same, only that a person says so instead of whoever had seen it. */
export const declaredBy =
  (type: TicketFact['type'], person: Actor): Breaks =>
  (history) =>
    ticketOtherwise(history, ({ fact }) =>
      fact.type === type && 'grade' in fact.data && fact.data.grade === 'observed'
        ? { actor: person, data: { grade: 'declared' } }
        : undefined,
    );

/** The request's facts of that type, typed in by somebody instead of read in the register. */
export const typedIn = (type: RequestFact['type']): Breaks =>
  ofRequest(type, () => ({ actor: clerk(stranger), data: { grade: 'declared' } }));
