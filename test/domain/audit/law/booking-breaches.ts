import { personal } from '../../../../src/domain/kernel/personal-text';
import { clarificationWindow } from '../../../../src/domain/calendar/working-days';
import { addDays, civilDateOf, plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import { clerk, slotAt } from '../../../support/plot';
import { adding, requestOtherwise, ticketOtherwise, withStaff } from '../../../support/retelling';
import {
  answeredLate,
  all,
  has,
  one,
  each,
  eachAt,
  never,
  by,
  more,
  inTurn,
  only,
  isOnline,
  isHeld,
  recordedOnline,
  isClarification,
  inOperation,
  asBooked,
  byEmail,
  stranger,
  policies,
  calendar,
  ofRequest,
  requestedAt,
  beforeAsking,
  toRequest,
  statusBefore,
  fileMoves,
  wrongTry,
  code,
  startOf,
  of,
  type Breach,
} from './breaking';

/** Who is met (Art. 1). */
export const persons: readonly Breach[] = [
  of(
    '1',
    'A3',
    'C12',
    'held by somebody else, as the record itself says',
    each('Held', () => ({ staffId: stranger })),
  ),
  of(
    '1',
    'A3',
    'C12',
    'begun by somebody else',
    only(
      isHeld,
      each('MeetingStarted', () => ({ staffId: stranger })),
    ),
  ),
  of('1', 'A3', 'C12', 'somebody else records that it was held', only(isHeld, by(['MeetingStarted', 'Held'], clerk(stranger)))),
  of(
    '1',
    'A3',
    'C12',
    'given to a colleague without a reason',
    only(
      isHeld,
      each('Reassigned', () => ({ reason: personal('contact', ' ') })),
    ),
  ),
  of(
    '1',
    'A3',
    'C12',
    'another person with the new hour, and no reason',
    only(
      (history) => isHeld(history) && all(history, 'Rescheduled').some(({ fact }) => fact.data.by === 'citizen'),
      (history) =>
        ticketOtherwise(history, ({ fact }) =>
          fact.type === 'Rescheduled' || fact.type === 'MeetingStarted' || fact.type === 'Held'
            ? { data: { staffId: 'S-042' } }
            : undefined,
        ),
    ),
  ),
  of(
    '1',
    'A3',
    'C12',
    'asked for with somebody who does not have the request',
    only(
      (history) => isHeld(history) && inOperation(history),
      fileMoves((history) => beforeAsking(history, 30)),
    ),
  ),
  of(
    '1',
    'A3',
    'C12',
    'asked for with somebody who has not given the answer',
    only(isHeld, (history) =>
      ofRequest(({ fact }) => (fact.type === 'AnswerCommunicated' ? { data: { answeredBy: stranger } } : undefined))(
        withStaff(history, stranger),
      ),
    ),
  ),
  of(
    '1',
    'A3',
    'C12',
    'the file moved days before, nobody gave the ticket on',
    only(
      (history) => isHeld(history) && inOperation(history) && asBooked(history),
      fileMoves((history) => plusMinutes(requestedAt(history) ?? '', 30)),
    ),
  ),
  of(
    '1',
    'A3',
    'C12',
    'the file moved an hour before, nobody gave the ticket on',
    only(
      (history) => isHeld(history) && inOperation(history) && asBooked(history),
      fileMoves((history) => plusHours(startOf(history), -1)),
    ),
  ),
];

/** Which requests (Art. 2). */
export const eligible: readonly Breach[] = [
  of(
    '2',
    'A2',
    'C01',
    'no policy is kept',
    each('Requested', () => ({ policies: [] })),
  ),
  of(
    '2',
    'A2',
    'C01',
    'no calendar is kept',
    each('Requested', () => ({ calendarVersion: '' })),
  ),
  of(
    '2',
    'A5',
    'C01',
    'the ground does not say by which policy',
    each('Requested', ({ ground }) => (ground.kind === 'clarification' ? { ground: { ...ground, policy: '' } } : undefined)),
  ),
  of('2 a', 'A2', 'C02', 'the request was closed without an answer', only(inOperation, statusBefore('closed'))),
  of('2 a', 'A2', 'C02', 'the request was archived without an answer', only(inOperation, statusBefore('archived'))),
  of('2 a', 'A2', 'C02', 'the request was redirected', statusBefore('redirected')),
  of(
    '2 a',
    'A2',
    'C02',
    'said to be in operation, though answered',
    each('Requested', ({ ground }) => (ground.kind === 'clarification' ? { ground: { kind: 'in-operation' as const } } : undefined)),
  ),
  of(
    '2 b',
    'A27',
    'C02',
    'no answer was ever communicated',
    only(
      isClarification,
      ofRequest(({ fact }) => (fact.type === 'AnswerCommunicated' ? { gone: true } : undefined)),
    ),
  ),
  of(
    '2 b',
    'A27',
    'C02',
    'the answer became known only after the ticket',
    only(
      isClarification,
      ofRequest(({ fact }, history) => (fact.type === 'AnswerCommunicated' ? { at: plusHours(requestedAt(history) ?? '', 1) } : undefined)),
    ),
  ),
  of(
    '2 b',
    'A25',
    'C02',
    'another document than the answer',
    each('Requested', ({ ground }) => (ground.kind === 'clarification' ? { ground: { ...ground, documentNumber: 'R9' } } : undefined)),
  ),
  of(
    '2 b',
    'A27',
    'C02',
    'communicated on another day than the register says',
    each('Requested', ({ ground }) =>
      ground.kind === 'clarification' ? { ground: { ...ground, communicatedOn: addDays(ground.communicatedOn, 1) } } : undefined,
    ),
  ),
  of(
    '2 b',
    'A5',
    'C02',
    'the last day written a day too late',
    each('Requested', ({ ground }) =>
      ground.kind === 'clarification' ? { ground: { ...ground, enforcedUntil: addDays(ground.enforcedUntil, 1) } } : undefined,
    ),
  ),
  of('2 b', 'A5', 'C02', 'the last day written a day too late in the answer as well', (history) => {
    const answered = ofRequest(({ fact }) =>
      fact.type === 'AnswerCommunicated' ? { data: { enforcedUntil: addDays(fact.data.enforcedUntil, 1) } } : undefined,
    )(history);
    return (
      answered &&
      each('Requested', ({ ground }) =>
        ground.kind === 'clarification' ? { ground: { ...ground, enforcedUntil: addDays(ground.enforcedUntil, 1) } } : undefined,
      )(answered)
    );
  }),
  of(
    '2',
    'A24',
    'C02',
    'another ticket of the same request was going on',
    toRequest((history) => {
      const at = beforeAsking(history, 20);
      const admitted = history.request.flatMap(({ fact }) => (fact.type === 'TicketAdmitted' ? [fact.data] : []))[0];
      if (admitted === undefined) throw new Error('The ticket was never admitted.');
      const other = '0195a3c2-1b2c-7d3e-8f40-000000000001';
      return [[at, { type: 'TicketAdmitted', data: { ...admitted, ticketId: other, holdId: `hold-1-${other}`, admittedAt: at } }]];
    }),
  ),
  of('2 b', 'A5', 'C03', 'asked for when the 30 days were over', (history) => {
    const communicatedOn = addDays(civilDateOf(requestedAt(history) ?? ''), -40);
    const window = { communicatedOn, ...clarificationWindow(communicatedOn, policies['clarification-window'], calendar) };
    const answered = requestOtherwise(history, ({ fact }) => {
      if (fact.type === 'LateAdmissionGranted') return { gone: true };
      return fact.type === 'AnswerCommunicated' ? { data: window } : undefined;
    });
    return (
      answered &&
      each('Requested', ({ ground }) =>
        ground.kind === 'clarification' ? { ground: { ...ground, ...window, lateAdmission: false } } : undefined,
      )(answered)
    );
  }),
  of(
    '2 b',
    'A27',
    'C03',
    'admitted late by nobody',
    ofRequest(({ fact }) => (fact.type === 'LateAdmissionGranted' ? { gone: true } : undefined)),
  ),
  of(
    '2 b',
    'A27',
    'C03',
    'admitted late only afterwards',
    ofRequest(({ fact }, history) => (fact.type === 'LateAdmissionGranted' ? { at: plusHours(requestedAt(history) ?? '', 1) } : undefined)),
  ),
  of(
    '2 b',
    'A27',
    'C03',
    'the late admission had run out',
    ofRequest(({ fact }, history) =>
      fact.type === 'LateAdmissionGranted' ? { data: { until: addDays(civilDateOf(requestedAt(history) ?? ''), -1) } } : undefined,
    ),
  ),
  of(
    '2 b',
    'A27',
    'C03',
    'said to be admitted late, and was not',
    only(
      (history) => isClarification(history) && !history.request.some(({ fact }) => fact.type === 'LateAdmissionGranted'),
      each('Requested', ({ ground }) => (ground.kind === 'clarification' ? { ground: { ...ground, lateAdmission: true } } : undefined)),
    ),
  ),
  of(
    '2 b',
    'A5',
    'C02',
    'told another last day than day 30',
    each('Requested', ({ ground }) =>
      ground.kind === 'clarification' ? { ground: { ...ground, advertisedUntil: addDays(ground.advertisedUntil, -1) } } : undefined,
    ),
  ),
];

/** How it is asked for (Art. 3). */
export const asking: readonly Breach[] = [
  ...(['number', 'name', 'filed-on'] as const).map((datum) =>
    of(
      '3 b',
      'A28',
      'C23',
      `the ${datum} never matched`,
      each('Requested', ({ matched = [] }) => ({ matched: matched.filter((one) => one !== datum) })),
    ),
  ),
  of(
    '3 b',
    'A28',
    'C23',
    'nobody says what was matched',
    each('Requested', () => ({ matched: undefined })),
  ),
  of(
    '3 b',
    'A29',
    'C23',
    'another request than the register told of, of the same number',
    each('Requested', ({ request }) => ({ request: { ...request, filedOn: addDays(request.filedOn, -365) } })),
  ),
  of(
    '2',
    'A25',
    'C25',
    'answered long before, and the answer recorded after the ticket',
    only(inOperation, (history) => answeredLate(history, 60)),
  ),
  of(
    '2',
    'A25',
    'C25',
    'answered a week before, and the answer recorded after the ticket',
    only(inOperation, (history) => answeredLate(history, 7)),
  ),
  of(
    '3 c',
    'A16',
    'C22',
    'booked for another hour than the one asked for',
    only(
      (history) => asBooked(history) && isHeld(history),
      each('Scheduled', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 1)) })),
    ),
  ),
  of(
    '3 d',
    'A12',
    'C13',
    'an online meeting that ends as one by phone, and nobody says why',
    only(
      recordedOnline,
      inTurn(
        each('Held', () => ({ mode: 'phone' as const, recordKind: 'written-record' as const, recordingDueAt: undefined })),
        never('RecordingAttached'),
      ),
    ),
  ),
  of(
    '3 d',
    'A12',
    'C13',
    'an online meeting with a written record, and nobody says why',
    only(
      recordedOnline,
      inTurn(
        each('Held', () => ({ recordKind: 'written-record' as const, recordingDueAt: undefined })),
        never('RecordingAttached'),
      ),
    ),
  ),
  of(
    '3 d',
    'A12',
    'C13',
    'booked as one by phone though online was asked for',
    only(
      recordedOnline,
      inTurn(
        each('Scheduled', () => ({ mode: 'phone' as const })),
        each('Held', () => ({ mode: 'phone' as const, recordKind: 'written-record' as const, recordingDueAt: undefined })),
        never('RecordingAttached'),
      ),
    ),
  ),
  of(
    '3 e',
    'A10',
    'C05',
    'booked without the code',
    only((history) => has(history, 'Scheduled'), never('EmailVerified')),
  ),
  of(
    '3 e',
    'A9',
    'C05',
    'booked before the code was entered',
    only(
      (history) => has(history, 'Scheduled'),
      eachAt('EmailVerified', (_, history) => plusMinutes(all(history, 'Scheduled')[0]?.recordedAt ?? '', 1), 'verifiedAt'),
    ),
  ),
  of(
    '3 e',
    'A10',
    'C05',
    'online without an e-mail',
    only(
      isOnline,
      inTurn(
        each('Requested', ({ contact: { email: _, ...contact } }) => ({ contact })),
        (history) => never('VerificationCodeIssued', 'VerificationFailed', 'EmailVerified')(history),
      ),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'a sixth wrong try',
    only(
      byEmail,
      more((history) => {
        const issued = all(history, 'VerificationCodeIssued').at(-1);
        if (issued === undefined) return undefined;
        const { n } = issued.fact.data;
        const before = all(history, 'VerificationFailed').filter(({ fact }) => fact.data.n === n).length;
        return Array.from({ length: 6 - before }, (_, index) => wrongTry(n, plusSeconds(issued.recordedAt, index + 1), 5 - index));
      }),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'accepted when its tries were used up',
    only(
      byEmail,
      more((history) => {
        const issued = all(history, 'VerificationCodeIssued').at(-1);
        if (issued === undefined) return undefined;
        const { n } = issued.fact.data;
        const before = all(history, 'VerificationFailed').filter(({ fact }) => fact.data.n === n).length;
        return Array.from({ length: 5 - before }, (_, index) => wrongTry(n, plusSeconds(issued.recordedAt, index + 1), 4 - index));
      }),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'accepted when it had expired',
    only(
      byEmail,
      each('VerificationCodeIssued', ({ issuedAt }) => ({ expiresAt: plusSeconds(issuedAt, 5) })),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'accepted though a newer one had replaced it',
    only(
      byEmail,
      more((history) => {
        const issued = all(history, 'VerificationCodeIssued').at(-1)?.fact.data;
        const verified = all(history, 'EmailVerified')[0];
        return issued && verified && [code(issued.n + 1, plusSeconds(verified.recordedAt, -1))];
      }),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'a code that was never issued',
    each('EmailVerified', () => ({ n: 9 })),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'used twice',
    more((history) => {
      const verified = all(history, 'EmailVerified')[0];
      return verified && [[plusSeconds(verified.recordedAt, 1), verified.fact, verified.actor]];
    }),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'entered before it was issued',
    only(
      byEmail,
      each('EmailVerified', (_, history) => ({ verifiedAt: plusMinutes(requestedAt(history) ?? '', -5) })),
    ),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'entered after its ten minutes, with more written down',
    only(byEmail, (history) => {
      const issued = each('VerificationCodeIssued', ({ issuedAt }) => ({ expiresAt: plusHours(issuedAt, 1) }))(history);
      const entered = plusMinutes(all(history, 'VerificationCodeIssued').at(-1)?.fact.data.issuedAt ?? '', 11);
      return issued && each('EmailVerified', () => ({ verifiedAt: entered }))(issued);
    }),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'a code right after the other',
    only(byEmail, (history) => {
      const first = all(history, 'VerificationCodeIssued')[0];
      if (first === undefined || all(history, 'VerificationCodeIssued').length > 1) return undefined;
      const at = plusSeconds(first.recordedAt, 20);
      const told = each('EmailVerified', () => ({ n: 2 }))(history);
      return told && adding(told, code(2, at));
    }),
  ),
  of(
    '3 e',
    'A9',
    'C06',
    'a fourth code within the hour',
    only(byEmail, (history) => {
      const issued = all(history, 'VerificationCodeIssued')[0];
      if (issued === undefined) return undefined;
      const told = inTurn(
        never('VerificationCodeIssued', 'VerificationFailed'),
        each('EmailVerified', () => ({ n: 4 })),
      )(history);
      const verifiedAt = one(history, 'EmailVerified')?.verifiedAt ?? '';
      const before = [13, 10, 5, 1].map((minutes, index) => code(index + 1, plusMinutes(verifiedAt, -minutes)));
      return (
        told &&
        ticketOtherwise(adding(told, ...before), ({ fact }) =>
          fact.type === 'Requested' ? { at: plusMinutes(verifiedAt, -15), data: { requestedAt: plusMinutes(verifiedAt, -15) } } : undefined,
        )
      );
    }),
  ),
  of(
    '3 e',
    'A10',
    'C24',
    'online without a phone',
    each('Requested', ({ mode, contact: { phone: _, ...contact } }) => (mode === 'online' ? { contact } : undefined)),
  ),
  of(
    '3 e',
    'A10',
    'C24',
    'by phone without a phone',
    each('Requested', ({ mode, contact: { phone: _, ...contact } }) => (mode === 'phone' ? { contact } : undefined)),
  ),
];
