import { placements } from '../../../../src/domain/audit/case-file';
import type { CheckId } from '../../../../src/domain/audit/judge';
import { workingCalendar } from '../../../../src/domain/calendar/calendar';
import { clarificationWindow } from '../../../../src/domain/calendar/working-days';
import type { Actor, Instant, RecordedFact } from '../../../../src/domain/kernel/fact';
import { policiesWith } from '../../../../src/domain/policies';
import type { RequestFact } from '../../../../src/domain/request/facts';
import type { TicketFact } from '../../../../src/domain/ticket/facts';
import { recordingKeptUntil } from '../../../../src/domain/ticket/recording';
import {
  addDays,
  atLocal,
  civilDateOf,
  plusHours,
  plusMinutes,
  plusSeconds,
  secondsBetween,
  weekdayNumber,
} from '../../../../src/domain/time/civil-time';
import { type Slot } from '../../../../src/domain/time/slot';
import type { History } from '../../../support/history';
import { type TicketEntry, clerk, slotAt } from '../../../support/plot';
import { adding, addingToRequest, requestOtherwise, ticketOtherwise, withStaff } from '../../../support/retelling';

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
export type DataOf<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>['data'];
export type Event<T extends TicketFact['type']> = RecordedFact<Extract<TicketFact, { readonly type: T }>>;
/** `undefined` takes a field away. */
export type Changed<T extends TicketFact['type']> = { readonly [K in keyof DataOf<T>]?: DataOf<T>[K] | undefined };

export const isOf =
  <T extends TicketFact['type']>(type: T) =>
  (event: RecordedFact<TicketFact>): event is Event<T> =>
    event.fact.type === type;

export const all = <T extends TicketFact['type']>({ ticket }: History, type: T): readonly Event<T>[] => ticket.filter(isOf(type));
export const has = (history: History, type: TicketFact['type']): boolean => history.ticket.some(isOf(type));
export const one = <T extends TicketFact['type']>(history: History, type: T): DataOf<T> | undefined =>
  all(history, type)[0]?.fact.data as DataOf<T> | undefined;

/** Each fact of that type, as this says of it. */
export const each =
  <T extends TicketFact['type']>(type: T, change: (data: DataOf<T>, history: History) => Changed<T> | undefined): Breaks =>
  (history) =>
    ticketOtherwise(history, (event) => {
      if (!isOf(type)(event)) return undefined;
      const data = change(event.fact.data as DataOf<T>, history);
      return data && { data };
    });

/** The same, and it was recorded at that time, too. */
export const eachAt =
  <T extends TicketFact['type']>(
    type: T,
    at: (data: DataOf<T>, history: History) => Instant | undefined,
    field: keyof DataOf<T> & string,
  ): Breaks =>
  (history) =>
    ticketOtherwise(history, (event) => {
      if (!isOf(type)(event)) return undefined;
      const moment = at(event.fact.data as DataOf<T>, history);
      return moment === undefined ? undefined : { at: moment, data: { [field]: moment } };
    });

/** Without those facts. */
export const never =
  (...types: readonly TicketFact['type'][]): Breaks =>
  (history) =>
    ticketOtherwise(history, ({ fact }) => (types.includes(fact.type) ? { gone: true } : undefined));

export const by =
  (types: readonly TicketFact['type'][], actor: Actor): Breaks =>
  (history) =>
    ticketOtherwise(history, ({ fact }) => (types.includes(fact.type) ? { actor } : undefined));

export const more =
  (entries: (history: History) => readonly TicketEntry[] | undefined): Breaks =>
  (history) => {
    const added = entries(history);
    return added && adding(history, ...added);
  };

export const inTurn =
  (...steps: readonly Breaks[]): Breaks =>
  (history) =>
    steps.reduce<History | undefined>((told, step) => told && step(told), history);

export const only =
  (where: (history: History) => boolean, breaks: Breaks): Breaks =>
  (history) =>
    where(history) ? breaks(history) : undefined;

export const isOnline = (history: History): boolean => one(history, 'Requested')?.mode === 'online';
export const isHeld = (history: History): boolean => has(history, 'Held');
export const heldOnline = (history: History): boolean => isOnline(history) && isHeld(history);
export const recordedOnline = (history: History): boolean => heldOnline(history) && has(history, 'RecordingAttached');
export const isClarification = (history: History): boolean => one(history, 'Requested')?.ground.kind === 'clarification';
export const inOperation = (history: History): boolean => one(history, 'Requested')?.ground.kind === 'in-operation';
export const asBooked = (history: History): boolean =>
  has(history, 'Scheduled') && !has(history, 'Rescheduled') && !has(history, 'Reassigned');
/** Held, and what was sent did not come back. */
export const delivered = (history: History): boolean => isHeld(history) && !has(history, 'ResolutionBounced');
export const byEmail = (history: History): boolean => has(history, 'EmailVerified');
/** The meeting came to its hour, and the link was owed. */
export const linkOwed = (history: History): boolean => isOnline(history) && (isHeld(history) || has(history, 'CitizenAbsent'));

export const stranger = 'S-077';
export const policies = policiesWith();
export const calendar = workingCalendar.initial;

export const ofRequest =
  (
    change: (
      event: RecordedFact<RequestFact>,
      history: History,
    ) => { readonly data?: object; readonly gone?: true; readonly at?: Instant } | undefined,
  ): Breaks =>
  (history) =>
    requestOtherwise(history, (event) => change(event, history));

export const requestedAt = (history: History): Instant | undefined => one(history, 'Requested')?.requestedAt;
export const beforeAsking = (history: History, minutes: number): Instant => plusMinutes(requestedAt(history) ?? '', -minutes);

export const toRequest =
  (entries: (history: History) => Parameters<typeof addingToRequest>[1][]): Breaks =>
  (history) =>
    addingToRequest(history, ...entries(history));

export const statusBefore = (status: 'closed' | 'archived' | 'redirected'): Breaks =>
  toRequest((history) => {
    const changedAt = beforeAsking(history, 30);
    return [[changedAt, { type: 'StatusChanged', data: { status, changedAt } }]];
  });

/** Somebody else has the file from then on. */
export const fileMoves =
  (at: (history: History) => Instant | undefined): Breaks =>
  (history) => {
    const assignedAt = at(history);
    if (assignedAt === undefined) return undefined;
    return addingToRequest(withStaff(history, stranger), [
      assignedAt,
      { type: 'HandlerAssigned', data: { handlerStaffId: stranger, assignedAt } },
    ]);
  };

/** The meeting at that hour from its booking on, and nothing said of it elsewhere. */
export const bookedAt = (hour: (slot: Slot, history: History) => Slot): Breaks =>
  only(asBooked, (history) =>
    ticketOtherwise(history, ({ fact }) => ('slot' in fact.data ? { data: { slot: hour(fact.data.slot, history) } } : undefined)),
  );

export const onDay = (date: string, time: string): Slot => slotAt(atLocal(date, time));
export const nextOf = (slot: Slot, weekday: number): string => {
  const date = civilDateOf(slot.startsAt);
  return addDays(date, (weekday - weekdayNumber(date) + 7) % 7);
};

export const wrongTry = (n: number, at: Instant, triesLeft: number): TicketEntry => [
  at,
  { type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } },
];
export const code = (n: number, at: Instant): TicketEntry => [
  at,
  { type: 'VerificationCodeIssued', data: { n, issuedAt: at, expiresAt: plusMinutes(at, 10), heldUntil: plusMinutes(at, 15) } },
];

/** The invitations with a link that stand. */
export const linkLetters = (change: (data: DataOf<'InvitationSent'>, history: History) => Changed<'InvitationSent'>): Breaks =>
  only(
    linkOwed,
    each('InvitationSent', (data, history) => (data.withLink ? change(data, history) : undefined)),
  );

export const startOf = (history: History): Instant => placements(history).at(-1)?.fact.data.slot.startsAt ?? '';

export const attachment = (history: History, changes: Changed<'RecordingAttached'>): TicketEntry | undefined => {
  const first = all(history, 'RecordingAttached')[0];
  if (first === undefined) return undefined;
  const data = Object.fromEntries(Object.entries({ ...first.fact.data, ...changes }).filter(([, value]) => value !== undefined));
  return [first.recordedAt, { type: 'RecordingAttached', data: data as DataOf<'RecordingAttached'> }, first.actor];
};
/** One recording in the place of those that were there, and copies of it. */
export const recordings = (...changes: readonly ((held: DataOf<'Held'>) => Changed<'RecordingAttached'>)[]): Breaks =>
  only(recordedOnline, (history) => {
    const held = one(history, 'Held');
    if (held === undefined) return undefined;
    const entries = changes.flatMap((change): readonly TicketEntry[] => {
      const entry = attachment(history, change(held));
      return entry === undefined ? [] : [entry];
    });
    const without = never('RecordingAttached')(history);
    return without && adding(without, ...entries);
  });
export const lengthOf = ({ startedAt, endedAt }: DataOf<'Held'>): number => secondsBetween(startedAt, endedAt);

export const movedByStaff = (history: History): boolean => all(history, 'Rescheduled').some(({ fact }) => fact.data.by === 'staff');
export const toldOf =
  (about: DataOf<'CitizenNotified'>['about']) =>
  (history: History): boolean =>
    all(history, 'CitizenNotified').some(({ fact }) => fact.data.about === about);
export const onlyMovedByStaff = (history: History): boolean =>
  movedByStaff(history) && !has(history, 'StaffAbsent') && !has(history, 'Cancelled');
/** The notice of a change told otherwise. */
export const notice = (
  about: DataOf<'CitizenNotified'>['about'],
  change: (data: DataOf<'CitizenNotified'>, history: History) => Changed<'CitizenNotified'>,
): Breaks => each('CitizenNotified', (data, history) => (data.about === about ? change(data, history) : undefined));

export const of = (article: string, reading: string, check: Breach['check'], told: string, breaks: Breaks): Breach => ({
  article,
  reading,
  check,
  told,
  breaks,
});

/** An answer of so many days before, which the register tells of only when the ticket has been asked for. */
export const answeredLate = (history: History, days: number): History => {
  const at = plusMinutes(requestedAt(history) ?? '', 90);
  const communicatedOn = addDays(civilDateOf(at), -days);
  const policy = policies['clarification-window'];
  const data = {
    documentNumber: 'R7',
    communicatedOn,
    channel: 'email',
    answeredBy: one(history, 'Requested')?.staffId ?? '',
    ...clarificationWindow(communicatedOn, policy, calendar),
    policy,
    calendarVersion: one(history, 'Requested')?.calendarVersion ?? '',
    registeredAt: at,
  } as const;
  return addingToRequest(history, [at, { type: 'AnswerCommunicated', data }]);
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

export const ofOrigin = (article: string, reading: string, check: Breach['check'], told: string, breaks: Breaks): Breach => ({
  ...of(article, reading, check, told, breaks),
  origin: true,
});

/** Begun and ended at other times than it was; the rest as it was. */
export const heldElsewhen =
  (times: (slot: Slot) => { readonly startedAt: Instant; readonly endedAt: Instant }): Breaks =>
  (history) => {
    const slot = placements(history).at(-1)?.fact.data.slot;
    if (slot === undefined || !isHeld(history)) return undefined;
    const { startedAt, endedAt } = times(slot);
    return ticketOtherwise(history, ({ fact }) => {
      if (fact.type === 'MeetingStarted') return { data: { startedAt } };
      return fact.type === 'Held' ? { data: { startedAt, endedAt } } : undefined;
    });
  };

/** Said by whoever held it. */
export const continued = ({ staffId, endedAt }: DataOf<'Held'>, continuedAt: string, wasOnline: boolean): TicketEntry => [
  plusSeconds(endedAt, 1),
  { type: 'ContinuedOtherwise', data: { mode: 'phone', cause: 'platform', staffId, continuedAt, wasOnline } },
  clerk(staffId),
];

/** The recordings are deleted so many days after the end of the time that the notice named, before it where they are negative. */
export const deletedAfter = (history: History, days: number): History | undefined => {
  const told = each(
    'Requested',
    ({ recordingNotice }) => recordingNotice && { recordingNotice: { ...recordingNotice, keptDays: 30 } },
  )(history);
  const kept = recordingKeptUntil({ keptDays: 30 }, one(history, 'Held')?.endedAt ?? '');
  if (told === undefined || kept === undefined) return undefined;
  const deletedAt = plusHours(kept, days * 24);
  const gone = all(told, 'RecordingAttached').map(({ fact: { data } }): TicketEntry => {
    return [deletedAt, { type: 'RecordingDeleted', data: { recordingId: data.recordingId, deletedAt } }];
  });
  return adding(told, ...gone);
};

export type Filed = Event<'ResolutionFiled'>;

/** A person gave the number of the document; what the register said of it, or the person afterwards, is told of that filing. */
export const typedThen =
  (...later: readonly ((filed: Filed, history: History) => TicketEntry)[]): Breaks =>
  (history) => {
    const typed = declaredBy('ResolutionFiled', clerk(one(history, 'Held')?.staffId ?? stranger))(history);
    const [filed] = typed === undefined ? [] : all(typed, 'ResolutionFiled');
    return typed && filed && adding(typed, ...later.map((tell) => tell(filed, typed)));
  };

/** So many hours after it was filed the register shows no such resolution. */
export const disprovedAfter =
  (hours: number, finding: DataOf<'FilingDisproved'>['finding'] = 'unknown') =>
  ({ recordedAt, fact: { data } }: Filed): TicketEntry => {
    const disprovedAt = plusHours(recordedAt, hours);
    const { documentNumber } = data;
    const told = { documentNumber, finding, disprovedAt, policies: [policies['filing-confirmation']] };
    return [disprovedAt, { type: 'FilingDisproved', data: told }, { kind: 'system', id: 'process-filing-confirmation' }];
  };

/** So many hours after it was filed it is filed again, as this says of it: declared by a person, or shown by the register. */
export const filedAgainAfter =
  (hours: number, change: (data: DataOf<'ResolutionFiled'>, history: History) => Changed<'ResolutionFiled'>) =>
  ({ recordedAt, fact: { data }, actor }: Filed, history: History): TicketEntry => {
    const at = plusHours(recordedAt, hours);
    const told = { ...data, filedAt: at, ...change(data, history) } as DataOf<'ResolutionFiled'>;
    return [
      at,
      { type: 'ResolutionFiled', data: told },
      told.grade === 'observed' ? { kind: 'system', id: 'process-filing-confirmation' } : actor,
    ];
  };
