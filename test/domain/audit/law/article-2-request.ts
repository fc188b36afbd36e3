import { workingCalendar } from '../../../../src/domain/calendar/calendar';
import { clarificationWindow } from '../../../../src/domain/calendar/working-days';
import { addDays, civilDateOf, plusHours } from '../../../../src/domain/time/civil-time';
import type { History } from '../../../support/history';
import { policies } from '../../../support/plot';
import { requestOtherwise } from '../../../support/retelling';
import { answered, type Breach, type Breaks, each, inTurn, of, ofOrigin, ofRequest, only, toRequest, typedIn } from './breaking';
import { beforeAsking, type DataOf, inOperation, isClarification, not, type Occasion, requestedAt } from './occasions';

type Ground = DataOf<'Requested'>['ground'];

/** The ground of a clarification, told otherwise. */
const clarified = (change: (ground: Extract<Ground, { readonly kind: 'clarification' }>, history: History) => Ground): Breaks =>
  each('Requested', ({ ground }, history) => (ground.kind === 'clarification' ? { ground: change(ground, history) } : undefined));

const statusBefore = (status: 'closed' | 'archived' | 'redirected'): Breaks =>
  toRequest((history) => {
    const changedAt = beforeAsking(history, 30);
    return [[changedAt, { type: 'StatusChanged', data: { status, changedAt } }]];
  });

/** Only an hour after the ticket was asked for. */
const tooLate = (_: unknown, history: History) => ({ at: plusHours(requestedAt(history), 1) });
const gone = () => ({ gone: true }) as const;
const admittedLate: Occasion = ({ request }) => request.some(({ fact }) => fact.type === 'LateAdmissionGranted');
const fortyDaysBefore = (history: History) => {
  const communicatedOn = addDays(civilDateOf(requestedAt(history)), -40);
  return { communicatedOn, ...clarificationWindow(communicatedOn, policies['clarification-window'], workingCalendar.initial) };
};
const dayLaterWritten = clarified((ground) => ({ ...ground, enforcedUntil: addDays(ground.enforcedUntil, 1) }));

/** Which requests (Art. 2). */
export const request: readonly Breach[] = [
  ...of('2', 'A2', 'C01', {
    'no policy is kept': each('Requested', () => ({ policies: [] })),
    'no calendar is kept': each('Requested', () => ({ calendarVersion: '' })),
  }),
  ...of('2', 'A5', 'C01', { 'the ground does not say by which policy': clarified((ground) => ({ ...ground, policy: '' })) }),
  ...of('2', 'A24', 'C02', {
    'another ticket of the same request was going on': toRequest((history) => {
      const at = beforeAsking(history, 20);
      const admitted = history.request.flatMap(({ fact }) => (fact.type === 'TicketAdmitted' ? [fact.data] : []))[0];
      if (admitted === undefined) throw new Error('The ticket was never admitted.');
      const other = '0195a3c2-1b2c-7d3e-8f40-000000000001';
      return [[at, { type: 'TicketAdmitted', data: { ...admitted, ticketId: other, holdId: `hold-1-${other}`, admittedAt: at } }]];
    }),
  }),
  ...of('2', 'A25', 'C25', {
    'answered long before, and the answer recorded after the ticket': only(inOperation)(
      toRequest((history) => [answered(history, beforeAsking(history, -90), 60)]),
    ),
    'answered a week before, and the answer recorded after the ticket': only(inOperation)(
      toRequest((history) => [answered(history, beforeAsking(history, -90), 7)]),
    ),
  }),
  ...of('2 a', 'A2', 'C02', {
    'the request was closed without an answer': only(inOperation)(statusBefore('closed')),
    'the request was archived without an answer': only(inOperation)(statusBefore('archived')),
    'the request was redirected': statusBefore('redirected'),
    'said to be in operation, though answered': clarified(() => ({ kind: 'in-operation' })),
  }),
  ...ofOrigin('2 a', 'A2', 'C02', { 'the request typed in by somebody': only(inOperation)(typedIn('RequestRegistered')) }),
  ...of('2 b', 'A27', 'C02', {
    'no answer was ever communicated': only(isClarification)(ofRequest('AnswerCommunicated', gone)),
    'the answer became known only after the ticket': only(isClarification)(ofRequest('AnswerCommunicated', tooLate)),
    'communicated on another day than the register says': clarified((ground) => ({
      ...ground,
      communicatedOn: addDays(ground.communicatedOn, 1),
    })),
  }),
  ...ofOrigin('2 b', 'A27', 'C02', { 'the answer typed in by somebody': typedIn('AnswerCommunicated') }),
  ...of('2 b', 'A25', 'C02', { 'another document than the answer': clarified((ground) => ({ ...ground, documentNumber: 'R9' })) }),
  ...of('2 b', 'A5', 'C02', {
    'the last day written a day too late': dayLaterWritten,
    'the last day written a day too late in the answer as well': inTurn(
      ofRequest('AnswerCommunicated', ({ enforcedUntil }) => ({ data: { enforcedUntil: addDays(enforcedUntil, 1) } })),
      dayLaterWritten,
    ),
    'told another last day than day 30': clarified((ground) => ({ ...ground, advertisedUntil: addDays(ground.advertisedUntil, -1) })),
  }),
  ...of('2 b', 'A5', 'C03', {
    'asked for when the 30 days were over': inTurn(
      (history) =>
        requestOtherwise(history, ({ fact }) => {
          if (fact.type === 'LateAdmissionGranted') return { gone: true };
          return fact.type === 'AnswerCommunicated' ? { data: fortyDaysBefore(history) } : undefined;
        }),
      clarified((ground, history) => ({ ...ground, ...fortyDaysBefore(history), lateAdmission: false })),
    ),
  }),
  ...of('2 b', 'A27', 'C03', {
    'admitted late by nobody': ofRequest('LateAdmissionGranted', gone),
    'admitted late only afterwards': ofRequest('LateAdmissionGranted', tooLate),
    'the late admission had run out': ofRequest('LateAdmissionGranted', (_, history) => ({
      data: { until: addDays(civilDateOf(requestedAt(history)), -1) },
    })),
    'said to be admitted late, and was not': only(not(admittedLate))(clarified((ground) => ({ ...ground, lateAdmission: true }))),
  }),
];
