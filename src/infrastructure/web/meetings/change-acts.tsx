import type { VNode } from 'preact';
import { sentences } from '../../phrasing/sentences';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { ReassignTicket, RescheduleTicket } from '../../../application/booking/move-meeting';
import { OfferMove, WithdrawOffer } from '../../../application/booking/move-offers';
import { RecordNotice } from '../../../application/booking/record-notice';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { defined } from '@tichet-albastru/kernel/defined';
import { agreementChannel, changeReason, type ChangeReason, meetingMode, needsOf } from '../../../domain/ticket/facts';
import { isWrittenTo } from '../../../domain/ticket/notice-by-post';
import { isCivilDate, parseInstant } from '../../../domain/time/civil-time';
import { CancelBody, RescheduleBody } from '../../api/dto/citizen';
import { NoticeBody, OfferBody, ReassignBody } from '../../api/dto/staff';
import type { Typed } from '../forms/checked';
import type { Field, FormPart } from '../forms/form-fields';
import { asTyped, instantTyped } from './typed-time';
import { act, asTypedFor, carry, isOneOf, type Known, momentTyped, note, withoutFields, type Words } from './act-form';
import { PersonsToPick, DaysToPick, HoursToPick } from './hours-to-pick';

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
 * A21: a citizen who gave only a postal address is written to, and may still come or call. All other citizens are told by phone or e-mail.
 * A letter that was posted before the citizen gave a phone number or an e-mail address may still come back.
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

/** How they are to meet, and what is read to a citizen who is to be recorded from now on (A14). */
const modeFields = (words: Words, { card, notice, locale }: Known): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'mode',
    label: words.newMode,
    options: meetingMode.words.map((value) => ({ value, label: sentences[locale].modes.names[value] })),
    value: card.mode,
  },
  { kind: 'own', name: 'modeShown', label: words.newMode, input: <input type="hidden" name="modeShown" value={card.mode} /> },
  ...(needsOf(card.mode).recording
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
  const becomesOnline = wanted !== undefined && needsOf(wanted).recording && !needsOf(card.mode).recording && recordingNotice === 'da';
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

/** Art. 8: another hour, mode or person, none at all, and that the citizen is told. */
export const changeActs = {
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
