import type { ComponentChildren, VNode } from 'preact';
import type { FastifyRequest } from 'fastify';
import type { Done } from '../../../application/kernel/done';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredCommand } from '../../../application/kernel/ports/operations';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { ReassignTicket, RescheduleTicket } from '../../../application/booking/move-meeting';
import { OfferMove, WithdrawOffer } from '../../../application/booking/move-offers';
import { RecordNotice } from '../../../application/booking/record-notice';
import type { Slots } from '../../../application/booking/slots';
import {
  AttachMeetingLink,
  ContinueOtherwise,
  RecordAbsentParty,
  RecordHeld,
  StartMeeting,
} from '../../../application/meeting/hold-meeting';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { DeleteRecording, RecordRecording, TakeBackRecording } from '../../../application/meeting/recordings';
import { AnswerObjection } from '../../../application/resolution/objections';
import { RecordFiled } from '../../../application/resolution/filing';
import {
  AmendResolution,
  HandOverResolution,
  IssueResolution,
  SendResolutionAgain,
  TakeBackHandOver,
} from '../../../application/resolution/issue-resolution';
import { defined } from '../../../domain/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Refusal } from '../../../domain/kernel/refusal';
import {
  agreementChannel,
  amendmentForm,
  correctedThing,
  changeReason,
  type ChangeReason,
  continuedCause,
  type Locale,
  meetingMode,
  otherMode,
} from '../../../domain/ticket/facts';
import { isWrittenTo } from '../../../domain/ticket/notice-by-post';
import type { RecordingNotice } from '../../../domain/ticket/request-ticket';
import { addDays, civilDateOf, isCivilDate, minutesBetween, parseInstant } from '../../../domain/time/civil-time';
import type { SaidOfRecording } from '../../../domain/ticket/taken-back';
import type { Slot } from '../../../domain/time/slot';
import type { CommandService } from '../../api/commands/command-service';
import { CancelBody, RescheduleBody } from '../../api/dto/citizen';
import {
  AmendedBody,
  ContinuedBody,
  FiledBody,
  HandedOverBody,
  HandOverTakenBackBody,
  MeetingLinkBody,
  NoticeBody,
  ObjectionAnsweredBody,
  OfferBody,
  ReassignBody,
  RecordingBody,
  RecordingDeletedBody,
  RecordingTakenBackBody,
  ResolutionBody,
} from '../../api/dto/staff';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour, hour, longDate, shortDate, shortWeekday } from '../../phrasing/words/dates';
import { faultsOfBody, type Typed } from '../forms/checked';
import { Pauses } from '../hours/hour-picker';
import type { Form } from '../../api/body/form';
import { faultsOfFields, type Field, type FormPart, fieldsIn, typedInto } from '../forms/form-fields';
import { LeaveButton, useTyped } from '../forms/forms-view';
import { type Fault, Fieldset } from '../parts/fields';
import type { Colleague } from '../registry/request-parts';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { usePage, useWords } from '../page/page-context';
import { type Act, actPath } from './acts';
import type { Department } from './calendar-service';
import { asTyped, instantTyped, notBefore, secondsTyped } from './typed-time';

/** How many days are shown at once. */
export const daysAtOnce = 14;

/** The free hours from which a civil servant picks a new one (Art. 8). */
type HoursOffered = {
  /** of whom: a head may choose somebody else (A3) */
  readonly staffId: string;
  readonly slots: Slots;
  /** the day whose hours are shown */
  readonly day: CivilDate;
  /** Art. 4: from here on no agreement is needed */
  readonly freelyFrom: Instant;
};

/** What the form of an act knows of the meeting. */
export type Known = {
  readonly card: MeetingCard;
  readonly locale: Locale;
  readonly at: Instant;
  /** Art. 4 */
  readonly leadTime: ReturnType<typeof leadTimeInWords>;
  /** who else may take the meeting (A3) */
  readonly colleagues: readonly Colleague[];
  readonly hours?: HoursOffered;
  /** to whom else it may be offered (Art. 8) */
  readonly departments?: readonly Department[];
  /** Art. 5, of the IT service */
  readonly instructions?: string;
  /** A14: what is read to whoever is to be met online from now on */
  readonly notice: RecordingNotice;
};

/** What was typed into a form that came too late, and who acted meanwhile. */
export type LostTexts = {
  readonly texts: readonly { readonly label: ComponentChildren; readonly text: ComponentChildren }[];
  readonly meanwhile: string | undefined;
};

type Order = (commands: CommandService, request: FastifyRequest) => Promise<Done<unknown> | Refusal>;

type ActForm = {
  /** there is only the button */
  readonly nothingTyped: boolean;
  /** the field that a refusal without a field of its own is shown at */
  readonly first: string;
  readonly parts: (known: Known) => readonly FormPart[];
  /** what is wrong with what was typed, or the command that it stands for */
  readonly read: (known: Known, form: Form) => { readonly faults: readonly Fault[] } | { readonly carryOut: Order };
};

type Words = Sentences['meetings']['fields'];
type Declared<Given extends object> = {
  readonly nothingTyped?: boolean;
  readonly first?: string;
  readonly parts: (words: Words, known: Known) => readonly FormPart[];
  /** what was typed, as the command takes it */
  readonly given: (typed: Typed, known: Known) => Given;
  /** the body of the API that has the same fields; `at`: where a field of it is typed under another name */
  readonly body?: new () => object;
  readonly at?: Readonly<Record<string, string>>;
  readonly order: (given: Given, ticketId: string) => Order;
};

const act = <Given extends object>({ nothingTyped = false, first, parts, given, body, at = {}, order }: Declared<Given>): ActForm => {
  const partsOf = (known: Known) => parts(sentences[known.locale].meetings.fields, known);
  return {
    nothingTyped,
    first: first ?? 'continut',
    parts: partsOf,
    read: (known, form) => {
      const shown = partsOf(known);
      const typed = typedInto(shown, form);
      const values = given(typed, known);
      const own = faultsOfFields(shown, typed);
      const general = body === undefined ? [] : faultsOfBody(Object.assign(new body(), values), known.locale);
      const others = general
        .map(({ field, message }) => ({ field: at[field] ?? field, message }))
        .filter(({ field }) => !own.some((fault) => fault.field === field));
      const faults = [...own, ...others];
      return faults.length > 0 ? { faults } : { carryOut: order(values, known.card.ticketId) };
    },
  };
};

/** The fields of a body of the API that are typed as they are. */
const asTypedFor = <Body extends object>(body: new () => Body) => ({
  body,
  given: (typed: Typed): { [Field in keyof Body]: Body[Field] } => Object.assign(new body(), defined(typed)),
});

const carry =
  <C, T>(useCase: CommandClass<C, Done<T>>, ticketId: string, command: (kept: StoredCommand) => C): Order =>
  (commands, request) =>
    commands.carryOut(request, { useCase, ticketId, command });

const withoutFields = { nothingTyped: true, parts: () => [], given: () => ({}) };
/** How an attempt to tell the citizen went: channel and outcome in one. */
const meaning = {
  'phone:reached': { channel: 'phone', outcome: 'reached' },
  'phone:voicemail': { channel: 'phone', outcome: 'voicemail' },
  'phone:no-answer': { channel: 'phone', outcome: 'no-answer' },
  'phone:declined-new-slot': { channel: 'phone', outcome: 'declined-new-slot' },
  'email:accepted': { channel: 'email', outcome: 'accepted' },
  'email:bounced': { channel: 'email', outcome: 'bounced' },
  'email:declined-new-slot': { channel: 'email', outcome: 'declined-new-slot' },
  'post:posted': { channel: 'post', outcome: 'posted' },
  'post:bounced': { channel: 'post', outcome: 'bounced' },
  'post:declined-new-slot': { channel: 'post', outcome: 'declined-new-slot' },
} as const;
const isNoticeWay = (text: string): text is keyof typeof meaning => Object.hasOwn(meaning, text);
const noticeWays = Object.keys(meaning).filter(isNoticeWay);
/**
 * A21: whoever has nothing but a postal address is written to, and may come or call all the same; everybody else is told by phone or e-mail.
 * What was posted before they gave either may still come back.
 */
const noticeWaysOf = ({ applicant, notice }: MeetingCard): readonly (keyof typeof meaning)[] => {
  const { email } = applicant;
  if (isWrittenTo(applicant)) {
    return noticeWays.filter((way) => way.startsWith('post:') || way === 'phone:reached');
  }
  const mayComeBack = notice?.posted === true;
  return noticeWays.filter(
    (way) => way.startsWith('phone:') || (way.startsWith('email:') && email !== undefined) || (way === 'post:bounced' && mayComeBack),
  );
};

const needsDay = (way: string | undefined): boolean => way === 'post:posted' || way === 'post:bounced';

const changeReasons = changeReason.words;
const channels = ['post', 'pickup'] as const;
const isOneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined => all.find((one) => one === text);

/** A date and a time of Romania's clocks. */
const dateField = (words: Words, value: string): Field => ({ name: 'date', type: 'date', width: 'middle', label: words.date, value });
const timeField = (words: Words, name: string, label: string, value: string): Field => ({
  name,
  type: 'time',
  width: 'middle',
  label,
  value,
  wrong: (time, { date = '' }) => (instantTyped(date, time) === undefined ? words.notATime : undefined),
});
/** Empty for what is no date or time, which is said at its field. */
const momentTyped = (date = '', time = '', earliest?: Instant): string => {
  const typed = instantTyped(date, time);
  return typed === undefined ? '' : notBefore(typed, earliest);
};
const note = (text: string): FormPart => ({ kind: 'note', note: <p class="hint">{text}</p> });

/** A20: why staff change a meeting, and in words where the list has no name for it; whether it suffices is the domain's to say. */
const reasonFields = (words: Words): readonly Field[] => [
  {
    kind: 'radios',
    name: 'reason',
    label: words.reason,
    options: changeReasons.map((value) => ({ value, label: words.reasons[value] })),
    missing: words.reasonFault,
  },
  {
    kind: 'long',
    name: 'reasonText',
    rows: 3,
    label: words.reasonText,
    hint: words.reasonTextHint,
    wrong: (text, { reason }) => (reason === 'other' && text === '' ? words.reasonTextFault : undefined),
  },
];
const reasonGiven = ({ reason, reasonText }: Typed): { readonly reason?: ChangeReason; readonly reasonText?: string } =>
  defined({ reason: isOneOf(changeReasons, reason), reasonText });

/** What must have come before a resolution is handed over: the end of the meeting and the resolution itself. */
const afterBoth = ({ held, resolution: { issued } }: MeetingCard): string | undefined =>
  held === undefined || (issued !== undefined && issued.issuedAt > held.endedAt) ? issued?.issuedAt : held.endedAt;

/** Where the same form shows the hours of this person, from that day on. */
const hoursPath = ({ card }: Known, staffId: string, from?: CivilDate, day?: CivilDate): string => {
  const asked = defined({ cu: staffId === card.staffId ? undefined : staffId, de: from, zi: day });
  const query = new URLSearchParams(asked).toString();
  return `${actPath(card.ticketId, 'reschedule')}${query === '' ? '' : `?${query}`}`;
};

/** A3: a head gives the meeting to somebody else in the same step. */
const PersonsToPick = ({ known, staffId }: { readonly known: Known; readonly staffId: string }): VNode | null => {
  const words = useWords().meetings.fields;
  if (known.colleagues.length < 2) return null;
  return (
    <nav class="pick-days" aria-label={words.persons}>
      <p class="hint">{words.persons}</p>
      <ul>
        {known.colleagues.map((colleague) => (
          <li>
            <LeaveButton to={hoursPath(known, colleague.staffId)} current={colleague.staffId === staffId}>
              <bdi>{colleague.name}</bdi>
            </LeaveButton>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** Days with how many times are free on each; those without any lead nowhere. */
const DaysToPick = ({ hours: { slots, day, staffId }, known }: { readonly hours: HoursOffered; readonly known: Known }): VNode => {
  const { locale, at } = usePage();
  const { fields: words, freeHours } = useWords().meetings;
  const from = slots.days[0]?.date ?? day;
  return (
    <nav class="pick-days" aria-label={words.days}>
      <Pauses pauses={slots.pauses} />
      <ul>
        {slots.days
          .filter(({ free, closed }) => free > 0 || closed !== 'weekend')
          .map(({ date, free }) => {
            const text = (
              <>
                <b>
                  {shortWeekday(date, locale)} {shortDate(date, locale)}
                </b>
                <span>{free === 0 ? words.noHours : freeHours({ count: free })}</span>
              </>
            );
            return (
              <li>
                {free === 0 ? (
                  <span class="pick-none">{text}</span>
                ) : (
                  <LeaveButton to={hoursPath(known, staffId, from, date)} current={date === day}>
                    {text}
                  </LeaveButton>
                )}
              </li>
            );
          })}
      </ul>
      <p class="pick-more">
        {from > civilDateOf(at) ? (
          <LeaveButton to={hoursPath(known, staffId, addDays(from, -daysAtOnce))}>{words.earlierDays}</LeaveButton>
        ) : null}{' '}
        <LeaveButton to={hoursPath(known, staffId, addDays(from, daysAtOnce))}>{words.laterDays}</LeaveButton>
      </p>
    </nav>
  );
};

const Hours = ({ slots, first }: { readonly slots: readonly Slot[]; readonly first: boolean }): VNode => {
  const picked = useTyped('startsAt');
  return (
    <div class="hour-choices">
      {slots.map(({ startsAt }, index) => {
        const id = first && index === 0 ? 'startsAt' : `o-${startsAt}`;
        return (
          <div class="choice">
            <input type="radio" id={id} name="startsAt" value={startsAt} checked={startsAt === picked} />
            <label for={id}>{hour(startsAt)}</label>
          </div>
        );
      })}
    </div>
  );
};

const HoursToPick = ({ slots, day, freelyFrom, now }: HoursOffered & { readonly now: Slot }): VNode => {
  const { locale, policies } = usePage();
  const picked = useTyped('startsAt');
  const leadTime = leadTimeInWords(policies['lead-time'].value);
  const words = useWords().meetings.fields;
  const ofDay = slots.slots.filter(({ startsAt }) => civilDateOf(startsAt) === day);
  const sooner = ofDay.filter(({ startsAt }) => startsAt < freelyFrom);
  const later = ofDay.filter(({ startsAt }) => startsAt >= freelyFrom);
  return (
    <Fieldset name="startsAt" label={`${words.hoursOn} ${longDate(day, locale)}`}>
      {ofDay.length === 0 ? (
        <p id="startsAt" tabIndex={-1}>
          {words.noHours}
        </p>
      ) : null}
      {sooner.length === 0 ? null : <p class="hint">{words.sooner(leadTime)}</p>}
      <Hours slots={sooner} first />
      {sooner.length === 0 || later.length === 0 ? null : <p class="hint">{words.later(leadTime)}</p>}
      <Hours slots={later} first={sooner.length === 0} />
      <div class="choice">
        <input type="radio" id="ora-de-acum" name="startsAt" value={now.startsAt} checked={now.startsAt === picked} />
        <label for="ora-de-acum">{words.sameHour({ when: dateAndHour(now.startsAt, locale) })}</label>
      </div>
    </Fieldset>
  );
};

const agreedFields = (words: Words, { leadTime, at }: Known): readonly FormPart[] => {
  const now = asTyped(at);
  const ifAgreed = (isWrong: boolean, { citizenAgreed }: Typed, fault: string): string | undefined =>
    citizenAgreed === 'da' && isWrong ? fault : undefined;
  return [
    { kind: 'tick', name: 'citizenAgreed', legend: words.agreedLegend, hint: words.agreedHint(leadTime), label: words.agreed },
    {
      kind: 'radios',
      name: 'agreedBy',
      label: words.agreedBy,
      options: agreementChannel.words.map((value) => ({ value, label: words.agreedWays[value] })),
      wrong: (text, typed) => ifAgreed(isOneOf(agreementChannel.words, text) === undefined, typed, words.agreedByFault),
    },
    {
      kind: 'beside',
      fields: [
        { name: 'agreedOn', type: 'date', width: 'middle', label: words.agreedOn, value: now.date },
        {
          name: 'agreedAt',
          type: 'time',
          width: 'middle',
          label: words.agreedAt,
          value: now.time,
          wrong: (time, typed) => ifAgreed(instantTyped(typed['agreedOn'] ?? '', time) === undefined, typed, words.notATime),
        },
      ],
    },
  ];
};

const agreementGiven = ({ citizenAgreed, agreedBy, agreedOn, agreedAt }: Typed) =>
  citizenAgreed === 'da'
    ? {
        citizenAgreed: true,
        ...defined({ agreedBy: isOneOf(agreementChannel.words, agreedBy) }),
        agreedAt: momentTyped(agreedOn, agreedAt),
      }
    : { citizenAgreed: false };

const StaffInput = ({ staffId }: { readonly staffId: string }): VNode => <input type="hidden" name="staffId" value={staffId} />;

/** How they are to meet, and what is read to whoever is to be recorded from now on (A14). */
const modeFields = (words: Words, { card, notice, locale }: Known): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'mode',
    label: words.newMode,
    options: meetingMode.words.map((value) => ({ value, label: words.newModes[value] })),
    value: card.mode,
  },
  { kind: 'own', name: 'modeShown', label: words.newMode, input: <input type="hidden" name="modeShown" value={card.mode} /> },
  ...(card.mode === 'online'
    ? []
    : [note(notice.text[locale]), { kind: 'tick' as const, name: 'recordingNotice', legend: words.noticeLegend, label: words.noticeRead }]),
];

/** What is sent again once there are no hours any more is read all the same: it is the same command. */
const moveFields = (words: Words, known: Known): readonly FormPart[] => {
  const { hours, card } = known;
  const isHandedOn = ({ staffId }: Typed): boolean => staffId !== undefined && staffId !== card.staffId;
  return [
    ...(hours === undefined
      ? []
      : [
          { kind: 'note' as const, note: <PersonsToPick known={known} staffId={hours.staffId} /> },
          { kind: 'note' as const, note: <DaysToPick hours={hours} known={known} /> },
        ]),
    { kind: 'own', name: 'staffId', label: words.persons, input: hours && <StaffInput staffId={hours.staffId} /> },
    {
      kind: 'own',
      name: 'startsAt',
      label: words.hoursOn,
      input: hours && <HoursToPick {...hours} now={card.slot} />,
      wrong: (text) => (parseInstant(text) === undefined ? words.hourFault : undefined),
    },
    ...modeFields(words, known),
    ...reasonFields(words).map((field) =>
      field.name === 'reasonText'
        ? {
            ...field,
            wrong: (text: string, typed: Typed) => (isHandedOn(typed) && text === '' ? words.handedOnFault : field.wrong?.(text, typed)),
          }
        : field,
    ),
    ...agreedFields(words, known),
  ];
};

/** What stays as it was when the form was shown is not said; what the same form has changed already is: sent twice, it is one command. */
const moveGiven = (typed: Typed, { card, notice }: Known) => {
  const { startsAt = '', mode, modeShown = card.mode, staffId, recordingNotice } = typed;
  const wanted = isOneOf(meetingMode.words, mode);
  const becomesOnline = wanted === 'online' && card.mode !== 'online' && recordingNotice === 'da';
  return {
    ...reasonGiven(typed),
    ...agreementGiven(typed),
    startsAt,
    ...defined({
      mode: wanted === card.mode && wanted === modeShown ? undefined : wanted,
      staffId: staffId === card.staffId ? undefined : staffId,
      recordingNoticeVersion: becomesOnline ? notice.version : undefined,
    }),
  };
};

/** To whom it is offered, as one value of a form: a person or a department. */
const offeredTo = (to = ''): { readonly staffId?: string; readonly departmentCode?: string } => {
  const [kind, id = ''] = to.split(' ');
  if (id === '') return {};
  return kind === 'person' ? { staffId: id } : { departmentCode: id };
};

/** What was said of the recording, as one value of a form. */
const saidView = ({ what, recordingId = '' }: SaidOfRecording): string => `${what} ${recordingId}`.trim();

/** Each act of Art. 5–8 with its fields, what they must be, and the command that they make. */
export const actForms: Readonly<Record<Act, ActForm>> = {
  /** Art. 5 */
  link: act({
    ...asTypedFor(MeetingLinkBody),
    first: 'joinUrl',
    parts: (words, { card: { link }, instructions }) => [
      {
        kind: 'note',
        note: (
          <div class="notice">
            <h2>{words.instructions}</h2>
            <p class="typed">{instructions ?? words.noInstructions}</p>
          </div>
        ),
      },
      {
        name: 'joinUrl',
        label: words.joinUrl,
        hint: words.joinUrlHint,
        value: link?.joinUrl,
        autocomplete: 'off',
        spellcheck: false,
        missing: words.joinUrlFault,
      },
      { name: 'meetingId', width: 'middle', label: words.meetingId, optional: true, value: link?.meetingId, autocomplete: 'off' },
    ],
    order: (link, ticketId) => carry(AttachMeetingLink, ticketId, () => ({ ...link, ticketId })),
  }),
  /** A18: from now on; there is nothing to fill in */
  start: act({ ...withoutFields, order: (_, ticketId) => carry(StartMeeting, ticketId, () => ({ ticketId })) }),
  /** Art. 5: Webex could not be used to the end; nothing of the rest can be recorded */
  continued: act({
    first: 'mode',
    parts: (words, { card }) => {
      const since = asTyped(card.proposedContinuation);
      return [
        {
          kind: 'radios',
          name: 'mode',
          label: words.continuedMode,
          options: otherMode.words.map((value) => ({ value, label: words.continuedModes[value] })),
          missing: words.continuedModeFault,
        },
        {
          kind: 'radios',
          name: 'cause',
          label: words.continuedCause,
          options: continuedCause.words.map((value) => ({ value, label: words.continuedCauses[value] })),
          missing: words.continuedCauseFault,
        },
        {
          kind: 'long',
          name: 'reasonText',
          rows: 3,
          label: words.reasonText,
          hint: words.reasonTextHint,
          wrong: (text, { cause }) => (cause === 'other' && text === '' ? words.reasonTextFault : undefined),
        },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, since.date), timeField(words, 'at', words.continuedAt, since.time)] },
      ];
    },
    given: ({ mode, cause, reasonText, date, at }, { card }) => ({
      mode: isOneOf(otherMode.words, mode) ?? 'phone',
      cause: isOneOf(continuedCause.words, cause) ?? 'other',
      ...defined({ reasonText }),
      at: momentTyped(date, at, card.held === undefined ? (card.startedAt ?? card.slot.startsAt) : card.proposedContinuation),
    }),
    body: ContinuedBody,
    order: ({ at: continuedAt, ...said }, ticketId) => carry(ContinueOtherwise, ticketId, () => ({ ticketId, ...said, continuedAt })),
  }),
  /** Art. 6: planned for 15 minutes; how long it really took is what is noted (A15) */
  held: act({
    first: 'startedAt',
    parts: (words, { card, at }) => {
      const began = asTyped(card.startedAt ?? card.slot.startsAt);
      const now = asTyped(at);
      const ended = card.status === 'in-progress' && now.date === began.date ? now.time : '';
      return [
        dateField(words, began.date),
        note(words.romanianTime),
        {
          kind: 'beside',
          fields: [timeField(words, 'startedAt', words.startedAt, began.time), timeField(words, 'endedAt', words.endedAt, ended)],
        },
      ];
    },
    given: ({ date, startedAt, endedAt }, { card }) => ({
      startedAt: momentTyped(date, startedAt, card.startedAt),
      endedAt: momentTyped(date, endedAt),
    }),
    order: (times, ticketId) => carry(RecordHeld, ticketId, () => ({ ...times, ticketId })),
  }),
  /** Art. 5: there is a recording */
  recording: act({
    first: 'recordingId',
    parts: (words, { card }) => {
      const began = asTyped(card.held?.startedAt ?? card.startedAt ?? card.slot.startsAt);
      return [
        { name: 'recordingId', label: words.recordingId, autocomplete: 'off', spellcheck: false, missing: words.recordingIdFault },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, began.date), timeField(words, 'at', words.recordedFrom, began.time)] },
        {
          name: 'durationSeconds',
          width: 'short',
          label: words.duration,
          hint: words.durationHint,
          autocomplete: 'off',
          wrong: (text) => (secondsTyped(text) === undefined ? words.durationFault : undefined),
        },
        { name: 'url', label: words.url, optional: true, hint: words.joinUrlHint, autocomplete: 'off', spellcheck: false },
      ];
    },
    given: ({ recordingId = '', url, durationSeconds = '', date, at }, { card }) => ({
      recordingId,
      ...defined({ url }),
      startedAt: momentTyped(date, at, card.held?.startedAt ?? card.startedAt ?? card.slot.startsAt),
      durationSeconds: secondsTyped(durationSeconds) ?? 0,
    }),
    body: RecordingBody,
    at: { startedAt: 'at' },
    order: (recording, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'attached' as const, ...recording } })),
  }),
  /** A13: there is none, and why */
  'no-recording': act({
    first: 'reason',
    parts: (words) => [{ kind: 'long', name: 'reason', rows: 4, label: words.whyMissing, missing: words.whyFault }],
    given: ({ reason = '' }) => ({ missing: reason }),
    body: RecordingBody,
    at: { missing: 'reason' },
    order: ({ missing }, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'missing' as const, reason: missing } })),
  }),
  /** A13: the citizen objected, and was offered a mode that is not recorded */
  'recording-waived': act({
    first: 'reason',
    parts: (words) => [
      { kind: 'long', name: 'reason', rows: 4, label: words.whyWaived, missing: words.whyFault },
      { kind: 'tick', name: 'offeredAlternative', legend: words.offeredLegend, label: words.offered, missing: words.offeredFault },
    ],
    given: ({ reason = '' }) => ({ missing: reason }),
    body: RecordingBody,
    at: { missing: 'reason' },
    order: ({ missing: reason }, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'waived' as const, reason, offeredAlternative: true } })),
  }),
  /** A13: deleted from Webex once the time was over that the notice named */
  'recording-deleted': act({
    first: 'recordingId',
    parts: (words, { card: { deletable }, at }) => {
      const now = asTyped(at);
      return [
        {
          kind: 'radios',
          name: 'recordingId',
          label: words.deletedRecording,
          options: deletable.map((value) => ({ value, label: value })),
          missing: words.deletedRecordingFault,
        },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, now.date), timeField(words, 'at', words.deletedAt, now.time)] },
      ];
    },
    given: ({ recordingId = '', date, at }) => ({ recordingId, at: momentTyped(date, at) }),
    body: RecordingDeletedBody,
    order: ({ recordingId, at: deletedAt }, ticketId) => carry(DeleteRecording, ticketId, () => ({ ticketId, recordingId, deletedAt })),
  }),
  /** A13: what was said of the recording was a mistake; the duty opens again */
  'recording-taken-back': act({
    first: 'said',
    parts: (words, { card: { saidOfRecording } }) => [
      {
        kind: 'radios',
        name: 'said',
        label: words.takenBack,
        options: saidOfRecording.map((said) => ({
          value: saidView(said),
          label: `${words.saidOfRecording[said.what]}${said.recordingId === undefined ? '' : ` ${said.recordingId}`}`,
        })),
        missing: words.takenBackFault,
      },
      { kind: 'long', name: 'reason', rows: 3, label: words.takenBackReason, missing: words.whyFault },
    ],
    given: ({ said, reason = '' }, { card: { saidOfRecording } }) => ({
      ...(saidOfRecording.find((one) => saidView(one) === said) ?? { what: 'attached' as const }),
      reason,
    }),
    body: RecordingTakenBackBody,
    order: (given, ticketId) => carry(TakeBackRecording, ticketId, () => ({ ...given, ticketId })),
  }),
  /** A11: a hand-over was recorded by mistake; the duty opens again */
  'hand-over-taken-back': act({
    first: 'handOver',
    parts: (words, { card: { handOvers }, locale }) => [
      {
        kind: 'radios',
        name: 'handOver',
        label: words.takenBack,
        options: handOvers.map(({ channel, handedOverAt }) => ({
          value: `${channel} ${handedOverAt}`,
          label: `${words.channels[channel]}, ${dateAndHour(handedOverAt, locale)}`,
        })),
        missing: words.takenBackFault,
      },
      { kind: 'long', name: 'reason', rows: 3, label: words.takenBackReason, missing: words.whyFault },
    ],
    given: ({ handOver = '', reason = '' }) => {
      const [channel, at = ''] = handOver.split(' ');
      return { channel: isOneOf(channels, channel) ?? 'post', at, reason };
    },
    body: HandOverTakenBackBody,
    at: { at: 'handOver' },
    order: ({ at: handedOverAt, ...given }, ticketId) => carry(TakeBackHandOver, ticketId, () => ({ ...given, ticketId, handedOverAt })),
  }),
  /** Art. 7: the document of type „Tichetul albastru”, connected to the request; filed and sent by itself */
  resolution: act({
    ...asTypedFor(ResolutionBody),
    first: 'conclusions',
    parts: (words, { card: { applicant, status } }) => [
      {
        kind: 'long',
        name: 'conclusions',
        rows: 10,
        label: words.conclusions,
        hint:
          applicant.email === undefined ? (
            words.goesByHand
          ) : (
            <>
              {status === 'in-progress' ? words.goesWhenHeld : words.goesTo} <bdi>{applicant.email}</bdi>.
            </>
          ),
        missing: words.conclusionsFault,
      },
      {
        name: 'documentNumber',
        width: 'middle',
        label: words.documentNumber,
        optional: true,
        hint: words.documentHint,
        autocomplete: 'off',
      },
    ],
    order: (resolution, ticketId) => carry(IssueResolution, ticketId, () => ({ ...resolution, ticketId })),
  }),
  /** Art. 7: an error in it is put right by a document of its own; what was written stays */
  amended: act({
    first: 'form',
    parts: (words, { card: { applicant } }) => [
      {
        kind: 'radios',
        name: 'form',
        label: words.amendmentForm,
        options: amendmentForm.words.map((value) => ({ value, label: words.amendmentForms[value] })),
        missing: words.amendmentFormFault,
      },
      {
        kind: 'long',
        name: 'conclusions',
        rows: 10,
        label: words.amendedText,
        missing: words.conclusionsFault,
        hint: applicant.email === undefined ? words.goesByHand : words.amendedTextHint,
      },
      { kind: 'long', name: 'reason', rows: 3, label: words.amendmentReason, missing: words.whyFault },
      {
        name: 'documentNumber',
        width: 'middle',
        label: words.documentNumber,
        optional: true,
        hint: words.documentHint,
        autocomplete: 'off',
      },
    ],
    given: ({ form, conclusions = '', reason = '', documentNumber }) => ({
      form: isOneOf(amendmentForm.words, form) ?? 'erratum',
      conclusions,
      reason,
      ...defined({ documentNumber: documentNumber === '' ? undefined : documentNumber }),
    }),
    body: AmendedBody,
    order: (amended, ticketId) => carry(AmendResolution, ticketId, () => ({ ...amended, ticketId })),
  }),
  /** Art. 7: the connected document was made in INFOCET by hand; from then on nothing is filed by itself */
  filed: act({
    ...asTypedFor(FiledBody),
    first: 'documentNumber',
    parts: (words) => [
      {
        name: 'documentNumber',
        width: 'middle',
        label: words.documentNumber,
        hint: words.filedHint,
        autocomplete: 'off',
        missing: words.documentFault,
      },
    ],
    order: (filed, ticketId) => carry(RecordFiled, ticketId, () => ({ ...filed, ticketId })),
  }),
  /** Art. 7 (A21): the letter came back, and goes once more to the same address */
  'send-again': act({ ...withoutFields, order: (_, ticketId) => carry(SendResolutionAgain, ticketId, () => ({ ticketId })) }),
  /** Art. 7 (A11): by post or over the counter, with its proof */
  'handed-over': act({
    first: 'channel',
    parts: (words, { at }) => {
      const now = asTyped(at);
      return [
        {
          kind: 'radios',
          name: 'channel',
          label: words.channel,
          options: channels.map((value) => ({ value, label: words.channels[value] })),
          missing: words.channelFault,
        },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, now.date), timeField(words, 'at', words.at, now.time)] },
        { name: 'proof', label: words.proof, hint: words.proofHint, autocomplete: 'off', missing: words.proofFault },
      ];
    },
    given: ({ channel, date, at, proof = '' }, { card }) => ({
      channel: isOneOf(channels, channel) ?? 'post',
      // a paper that was signed on the spot is older than what was typed in afterwards
      at: momentTyped(date, at, channel === 'pickup' ? card.held?.endedAt : afterBoth(card)),
      proof,
    }),
    body: HandedOverBody,
    order: ({ channel, at: handedOverAt, proof }, ticketId) =>
      carry(HandOverResolution, ticketId, () => ({ ticketId, channel, handedOverAt, proof })),
  }),
  /** Art. 7: the citizen objects to a correction */
  'objection-answered': act({
    first: 'correctionOf',
    parts: (words, { card: { objections } }) => [
      {
        kind: 'radios',
        name: 'correctionOf',
        label: words.objections,
        options: objections.map(({ correctionOf, objection }) => ({
          value: correctionOf,
          label: `${words.correctedThings[correctionOf]}: ${objection}`,
        })),
        missing: words.objectionFault,
      },
      {
        kind: 'long',
        name: 'answer',
        rows: 5,
        label: words.objectionAnswer,
        hint: words.objectionAnswerHint,
        missing: words.objectionAnswerFault,
      },
    ],
    given: ({ correctionOf, answer = '' }) => ({ correctionOf: isOneOf(correctedThing.words, correctionOf) ?? 'resolution', answer }),
    body: ObjectionAnsweredBody,
    order: (given, ticketId) => carry(AnswerObjection, ticketId, () => ({ ...given, ticketId })),
  }),
  /** Art. 8 (A21): by phone, by a letter of one's own, or by post where there is nothing else */
  notice: act({
    first: 'outcome',
    parts: (words, { card, at }) => {
      const ways = noticeWaysOf(card);
      const how: FormPart = {
        kind: 'radios',
        name: 'outcome',
        label: words.how,
        options: ways.map((value) => ({ value, label: words.ways[value] })),
        wrong: (text) => (isNoticeWay(text) ? undefined : words.howFault),
      };
      if (!ways.some(needsDay)) return [how];
      const postedOn: FormPart = {
        name: 'postedOn',
        type: 'date',
        width: 'middle',
        label: words.postedOn,
        hint: words.postedOnHint,
        value: asTyped(at).date,
        wrong: (day, { outcome }) => (needsDay(outcome) && !isCivilDate(day) ? words.postedOnFault : undefined),
      };
      if (!ways.includes('post:posted')) return [how, postedOn];
      return [
        {
          kind: 'note',
          note: (
            <p>
              {words.writeTo} <bdi>{card.applicant.postalAddress}</bdi>
            </p>
          ),
        },
        how,
        postedOn,
        {
          name: 'dispatchNumber',
          width: 'middle',
          label: words.dispatchNumber,
          hint: words.dispatchNumberHint,
          optional: true,
          autocomplete: 'off',
          spellcheck: false,
        },
      ];
    },
    given: ({ outcome, postedOn, dispatchNumber }) => ({
      ...meaning[isOneOf(noticeWays, outcome) ?? 'phone:reached'],
      ...(needsDay(outcome) ? defined({ postedOn }) : {}),
      ...(outcome === 'post:posted' ? defined({ dispatchNumber: dispatchNumber === '' ? undefined : dispatchNumber }) : {}),
    }),
    body: NoticeBody,
    order: (notice, ticketId) => carry(RecordNotice, ticketId, () => ({ ticketId, ...notice })),
  }),
  /** Art. 8 (A20), A3: another hour, mode or person, in one step and with a reason; sooner than 48 hours only if the citizen agreed */
  reschedule: act({
    first: 'startsAt',
    parts: moveFields,
    given: moveGiven,
    body: RescheduleBody,
    order: (given, ticketId) =>
      carry(RescheduleTicket, ticketId, ({ commandId, ids: [holdId = commandId] }) => ({
        ...given,
        by: 'staff' as const,
        ticketId,
        holdId,
      })),
  }),
  /** A22 */
  'citizen-absent': act({
    first: 'waitedMinutes',
    parts: (words, { card: { slot, citizenAbsentFrom = slot.endsAt }, at }) => [
      {
        name: 'waitedMinutes',
        width: 'short',
        inputmode: 'numeric',
        label: words.waited,
        hint: `${words.waitedHint} ${minutesBetween(slot.startsAt, citizenAbsentFrom)}.`,
        value: at < slot.endsAt ? String(Math.floor(minutesBetween(slot.startsAt, at))) : '',
        autocomplete: 'off',
        wrong: (text) => (/^\d{1,4}$/.test(text) ? undefined : words.waitedFault),
      },
    ],
    given: ({ waitedMinutes }) => ({ waitedMinutes: Number(waitedMinutes) }),
    order: (waited, ticketId) => carry(RecordAbsentParty, ticketId, () => ({ ticketId, who: 'citizen' as const, ...waited })),
  }),
  /** A23: its own fact; what follows is Art. 8 */
  'staff-absent': act({
    ...withoutFields,
    order: (_, ticketId) => carry(RecordAbsentParty, ticketId, () => ({ ticketId, who: 'staff' as const })),
  }),
  /** A3: the same hour with another person of the department, never silently */
  reassign: act({
    ...asTypedFor(ReassignBody),
    first: 'staffId',
    parts: (words, { card, colleagues }) => {
      const others = colleagues.filter(({ staffId }) => staffId !== card.staffId);
      return [
        { kind: 'note', note: others.length === 0 ? <p class="notice notice-warn">{words.nobodyElse}</p> : null },
        {
          kind: 'select',
          name: 'staffId',
          label: words.staffId,
          options: [{ value: '', label: words.choose }, ...others.map(({ staffId, name }) => ({ value: staffId, label: name }))],
          missing: words.staffFault,
        },
        { kind: 'long', name: 'reason', rows: 4, label: words.reassignReason, missing: words.whyFault },
      ];
    },
    order: (given, ticketId) =>
      carry(ReassignTicket, ticketId, ({ commandId, ids: [holdId = commandId] }) => ({ ...given, ticketId, holdId })),
  }),
  /** Art. 8, A3: to a person of the department, or to another one; nothing changes until its head accepts */
  offer: act({
    first: 'to',
    parts: (words, known) => {
      const { card, colleagues, departments = [] } = known;
      const others = colleagues.filter(({ staffId }) => staffId !== card.staffId);
      return [
        {
          kind: 'select',
          name: 'to',
          label: words.offerTo,
          options: [
            { value: '', label: words.choose },
            ...others.map(({ staffId, name }) => ({ value: `person ${staffId}`, label: name })),
            ...departments.map(({ departmentCode, department }) => ({ value: `department ${departmentCode}`, label: department })),
          ],
          missing: words.offerToFault,
        },
        note(words.offerHourHint),
        {
          kind: 'beside',
          fields: [
            { name: 'date', type: 'date', width: 'middle', label: words.offerHour, optional: true },
            {
              name: 'startsAt',
              type: 'time',
              width: 'middle',
              label: words.time,
              optional: true,
              wrong: (time, { date = '' }) => ((time === '') === (date === '') ? undefined : words.notATime),
            },
          ],
        },
        { kind: 'long', name: 'reason', rows: 4, label: words.offerReason, hint: words.offerReasonHint, missing: words.whyFault },
        ...agreedFields(words, known),
      ];
    },
    given: ({ to, date = '', startsAt = '', reason = '', ...agreed }) => ({
      ...offeredTo(to),
      reason,
      ...defined({ startsAt: date === '' && startsAt === '' ? undefined : momentTyped(date, startsAt) }),
      ...agreementGiven(agreed),
    }),
    body: OfferBody,
    at: { staffId: 'to', departmentCode: 'to' },
    order: (given, ticketId) =>
      carry(OfferMove, ticketId, ({ commandId, ids: [offerId = commandId] }) => ({ ...given, ticketId, offerId })),
  }),
  /** Art. 8: it stays where it stands */
  'offer-withdrawn': act({ ...withoutFields, order: (_, ticketId) => carry(WithdrawOffer, ticketId, () => ({ ticketId })) }),
  /** Art. 8: always with a reason */
  cancel: act({
    first: 'reason',
    parts: reasonFields,
    given: reasonGiven,
    body: CancelBody,
    order: (said, ticketId) => carry(CancelTicket, ticketId, () => ({ ...said, by: 'staff' as const, ticketId })),
  }),
};

/** What was typed or chosen in a form, each under its label. */
export const textsTyped = (parts: readonly FormPart[], form: Form): LostTexts['texts'] =>
  fieldsIn(parts).flatMap((field) => {
    const text = form.text(field.name);
    const isChosen = field.kind === 'radios' || field.kind === 'select';
    const isWritten = field.kind === 'long' || (field.kind === undefined && field.type === undefined);
    if (text === '' || !(isChosen || isWritten)) return [];
    return [{ label: field.label, text: (isChosen ? field.options.find(({ value }) => value === text)?.label : undefined) ?? text }];
  });
