import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { AnswerObjection } from '../../../application/resolution/objections';
import { RecordFiled } from '../../../application/resolution/filing';
import {
  AmendResolution,
  HandOverResolution,
  IssueResolution,
  SendResolutionAgain,
  TakeBackHandOver,
} from '../../../application/resolution/issue-resolution';
import { defined } from '@tichet-albastru/kernel/defined';
import { amendmentForm, correctedThing } from '../../../domain/ticket/facts';
import { AmendedBody, FiledBody, HandedOverBody, HandOverTakenBackBody, ObjectionAnsweredBody, ResolutionBody } from '../../api/dto/staff';
import { dateAndHour } from '../../phrasing/words/dates';
import type { Field } from '../forms/form-fields';
import { asTyped } from './typed-time';
import { act, asTypedFor, carry, dateField, isOneOf, momentTyped, note, timeField, withoutFields, type Words } from './act-form';

const channels = ['post', 'pickup'] as const;

/** What must have come before a resolution is handed over: the end of the meeting and the resolution itself. */
const afterBoth = ({ held, resolution: { issued } }: MeetingCard): string | undefined =>
  held === undefined || (issued !== undefined && issued.issuedAt > held.endedAt) ? issued?.issuedAt : held.endedAt;

/** Of a document that was made by hand; left empty, one is made. */
const documentNumberField = (words: Words): Field => ({
  name: 'documentNumber',
  width: 'middle',
  label: words.documentNumber,
  optional: true,
  hint: words.documentHint,
  autocomplete: 'off',
});

/** Art. 7: the resolution, and how it reaches the citizen. */
export const resolutionActs = {
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
      documentNumberField(words),
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
      documentNumberField(words),
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
};
