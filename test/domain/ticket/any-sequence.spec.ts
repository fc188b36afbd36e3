import fc from 'fast-check';
import { accept, fold, type Decision } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { allowedActions, allowedAbsences, allowedRecordings, citizenAbsentFrom } from '../../../src/domain/ticket/allowed';
import { cancel, checkReschedule, notifyCitizen, reassign, reschedule } from '../../../src/domain/ticket/changes';
import { eraseTicket } from '../../../src/domain/ticket/erasure';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { attachMeetingLink, recordCitizenAbsent, recordHeld, recordStaffAbsent, startMeeting } from '../../../src/domain/ticket/meeting';
import { attachRecording, reportRecordingMissing } from '../../../src/domain/ticket/recording';
import { lapse, requestTicket, schedule } from '../../../src/domain/ticket/request-ticket';
import { handOverResolution, issueResolution, noteResolutionSent } from '../../../src/domain/ticket/resolution';
import { isRequested, publicStatus, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { failVerification, issueCode, verifyEmail } from '../../../src/domain/ticket/verification';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { amended } from '../../support/entries';
import * as story from './story';
import { holdsFor } from '../../support/holds-for';

const { rules, policies, calendar, requestedAt, slot, request } = story;

type Command = { readonly name: string; readonly decide: (at: string) => (state: TicketState) => Decision<TicketFact> };

const gridAfter = (at: string, days: number) => {
  const startsAt = plusMinutes(`${at.slice(0, 14)}00:00.000Z`, days * 24 * 60);
  return { startsAt, endsAt: plusMinutes(startsAt, 15) };
};
const holdOf = (state: TicketState): string => (isRequested(state) ? state.booking.holdId : 'none');
const slotOf = (state: TicketState) => (isRequested(state) ? state.booking.slot : slot);
const place = { staffId: 's002', slot, holdId: 'hold-1' };
const matched = ['number', 'name', 'filed-on'] as const;
const { data: online } = story.requested();
const { data: phone } = story.requested('phone', false);

let holds = 1;
const nextHold = (): string => `hold-${String((holds += 1))}`;

const commands: readonly Command[] = [
  { name: 'request online', decide: () => (state) => requestTicket({ ...online, matched, policies, calendar }, state) },
  { name: 'request by phone', decide: () => (state) => requestTicket({ ...phone, matched, policies, calendar }, state) },
  { name: 'issue code', decide: (at) => (state) => issueCode({ at, policies }, state) },
  { name: 'fail', decide: (at) => (state) => failVerification({ n: 1, triesLeft: 3, at }, state) },
  { name: 'verify 1', decide: (at) => (state) => verifyEmail({ n: 1, at }, state) },
  { name: 'verify 2', decide: (at) => (state) => verifyEmail({ n: 2, at }, state) },
  { name: 'schedule', decide: (at) => (state) => schedule({ ...rules, at }, state) },
  { name: 'lapse', decide: (at) => (state) => lapse({ cause: 'not-verified', at, request, place }, state) },
  { name: 'lose slot', decide: (at) => (state) => lapse({ cause: 'slot-lost', at, request, place }, state) },
  { name: 'fence', decide: (at) => (state) => lapse({ cause: 'never-requested', at, request, place }, state) },
  { name: 'cancel', decide: (at) => (state) => cancel({ ...rules, by: 'citizen', at, slotFreeFrom: at }, state) },
  { name: 'staff cancel', decide: (at) => (state) => cancel({ ...rules, by: 'staff', reason: 'illness', at, slotFreeFrom: at }, state) },
  {
    name: 'reschedule',
    decide: (at) => (state) => {
      const command = { ...story.move, slot: gridAfter(at, 3), holdId: nextHold(), from: holdOf(state), at };
      return checkReschedule(command, state) ?? reschedule(command, state);
    },
  },
  {
    name: 'reassign',
    decide: (at) => (state) => reassign({ ...story.handOn, slot: slotOf(state), holdId: nextHold(), from: holdOf(state), at }, state),
  },
  { name: 'link', decide: (at) => (state) => attachMeetingLink({ joinUrl: story.text('https://x.ro/1'), sameLink: false, at }, state) },
  { name: 'start', decide: (at) => (state) => startMeeting({ startedAt: at, at }, state) },
  { name: 'held', decide: (at) => (state) => recordHeld({ ...rules, startedAt: plusMinutes(at, -10), endedAt: at, at }, state) },
  { name: 'recording', decide: (at) => (state) => attachRecording({ recordingId: 'r', startedAt: at, durationSeconds: 600, at }, state) },
  { name: 'no recording', decide: (at) => (state) => reportRecordingMissing({ reason: story.text('x'), at }, state) },
  { name: 'citizen absent', decide: (at) => (state) => recordCitizenAbsent({ policies, at }, state) },
  { name: 'staff absent', decide: (at) => (state) => recordStaffAbsent({ ...rules, at }, state) },
  { name: 'notify', decide: (at) => (state) => notifyCitizen({ channel: 'phone', outcome: 'reached', notifiedAt: at, at }, state) },
  {
    name: 'resolve',
    decide: (at) => (state) => issueResolution({ conclusions: personal('record', 'x'), sameTexts: false, issuedBy: 's002', at }, state),
  },
  { name: 'sent', decide: (at) => (state) => noteResolutionSent({ letterId: `l-${at}`, toVerifiedAddress: true, acceptedAt: at }, state) },
  {
    name: 'hand over',
    decide: (at) => (state) => handOverResolution({ channel: 'post', handedOverAt: at, proof: personal('record', 'x'), at }, state),
  },
  { name: 'erase', decide: (at) => (state) => eraseTicket({ reason: story.text('x'), at }, state) },
];

const story_ = ['request online', 'issue code', 'verify 1', 'schedule'];
/** Random commands, mostly after a booking that stands, at instants that only go forward. */
const script = fc.record({
  opening: fc.constantFrom([], story_, ['request by phone', 'schedule'], [...story_, 'start']),
  rest: fc.array(fc.record({ command: fc.constantFrom(...commands), minutes: fc.constantFrom(0, 1, 5, 14, 24 * 60, 7 * 24 * 60) }), {
    maxLength: 25,
  }),
});
type Script = typeof script extends fc.Arbitrary<infer S> ? S : never;

const play = ({ opening, rest }: Script): readonly TicketFact[] => {
  let at = requestedAt;
  let facts: readonly TicketFact[] = [];
  const run = ({ decide }: Command): void => {
    const decision = decide(at)(fold(ticket, facts));
    if (!isRefusal(decision)) facts = [...facts, ...decision.facts];
  };
  for (const name of opening) {
    if (name === 'start') at = slot.startsAt;
    const command = commands.find((candidate) => candidate.name === name);
    if (command) run(command);
  }
  for (const { command, minutes } of rest) {
    at = plusMinutes(at, minutes);
    run(command);
  }
  return facts;
};

const impossible = (facts: readonly TicketFact[]): string | undefined => {
  const count = (type: TicketFact['type']) => facts.filter((fact) => fact.type === type).length;
  const indexOf = (type: TicketFact['type']) => facts.findIndex((fact) => fact.type === type);
  for (const type of [
    'Requested',
    'EmailVerified',
    'Scheduled',
    'Lapsed',
    'Cancelled',
    'Held',
    'CitizenAbsent',
    'ResolutionIssued',
    'PersonalDataErased',
  ] as const) {
    if (count(type) > 1) return `two ${type}`;
  }
  if (count('Lapsed') > 0 && count('Scheduled') > 0) return 'lapsed and scheduled';
  if (['Cancelled', 'Held', 'CitizenAbsent'].filter((type) => facts.some((fact) => fact.type === type)).length > 1) return 'two endings';
  const [cancelledAt, absentAt, heldAt] = [indexOf('Cancelled'), indexOf('CitizenAbsent'), indexOf('Held')];
  const placing = facts.findLastIndex(
    ({ type }) =>
      type === 'Scheduled' || type === 'Rescheduled' || type === 'Reassigned' || type === 'MeetingStarted' || type === 'StaffAbsent',
  );
  if ([cancelledAt, absentAt, heldAt].some((end) => end >= 0 && placing > end)) return 'placed after its end';
  if (heldAt >= 0 && (indexOf('MeetingStarted') < 0 || indexOf('MeetingStarted') > heldAt)) return 'held and never started';
  const issuedAt = indexOf('ResolutionIssued');
  if (issuedAt >= 0 && (indexOf('MeetingStarted') < 0 || indexOf('MeetingStarted') > issuedAt)) return 'resolved before the start';
  if (facts.some(({ type }, index) => type === 'ResolutionHandedOver' && (heldAt < 0 || index < heldAt)))
    return 'handed over before the end';
  const requestedFact = facts[0];
  if (requestedFact && requestedFact.type !== 'Requested' && facts.length > 1) return 'something after the fence';
  const emailGiven = requestedFact?.type === 'Requested' && requestedFact.data.contact.email !== undefined;
  if (emailGiven && count('Scheduled') > 0 && indexOf('EmailVerified') > indexOf('Scheduled')) return 'scheduled unverified';
  if (emailGiven && count('Scheduled') > 0 && count('EmailVerified') === 0) return 'scheduled without code';
  if (facts.filter((fact) => fact.type === 'Rescheduled' && fact.data.by === 'citizen').length > 2 && count('StaffAbsent') === 0)
    return 'rescheduled three times';
  return undefined;
};

describe('any sequence of commands', () => {
  it('never leads to a history that cannot be', () => {
    holdsFor(3000, [script], (played) => {
      expect(impossible(play(played))).toBeUndefined();
    });
  });
  it('reaches every status and every ending (the property above says something)', () => {
    const reached = new Set<string>();
    for (const played of fc.sample(script, { numRuns: 3000, seed: 7 })) reached.add(publicStatus(fold(ticket, play(played))) ?? 'none');
    expect([...reached].toSorted()).toEqual(
      [
        'awaiting-code',
        'cancelled',
        'citizen-absent',
        'concluded',
        'held',
        'in-progress',
        'lapsed',
        'none',
        'resolved',
        'scheduled',
        'staff-absent',
      ].toSorted(),
    );
  });
  it('is caught when a decision forgets to look: a cancelled meeting held all the same', () => {
    const blind = accept<TicketFact>(story.started, story.held());
    expect(impossible([...story.booked(), story.cancelled, ...blind.facts])).toBe('two endings');
    expect(impossible([...story.booked(), story.scheduled()])).toBe('two Scheduled');
  });
});

describe('folding', () => {
  const anyFact = fc.constantFrom<TicketFact>(
    ...story.met(),
    story.issued,
    story.sent,
    story.lapsed,
    story.fence,
    story.staffAbsent,
    story.cancelled,
    story.rescheduled('citizen', 'h2', 'hold-1'),
    story.rescheduled('staff', 'h3', 'h2'),
    story.codeIssued(2),
    { type: 'VerificationFailed', data: { n: 1, failedAt: requestedAt, triesLeft: 4 } },
    {
      type: 'Reassigned',
      data: {
        ...story.bookingFor('online'),
        holdId: 'h4',
        from: { staffId: 's002', departmentCode: '425', slot, holdId: 'h3' },
        reason: story.text('x'),
        reassignedAt: requestedAt,
        sequence: 3,
      },
    },
    { type: 'MeetingLinkAttached', data: { joinUrl: story.text('https://x.ro'), slot, attachedAt: requestedAt } },
    { type: 'InvitationSent', data: { letterId: 'l1', slot, sequence: 4, withLink: true, acceptedAt: requestedAt } },
    { type: 'InvitationBounced', data: { letterId: 'l1', bouncedAt: requestedAt, followUpDueAt: requestedAt } },
    { type: 'RecordingAttached', data: { recordingId: 'r', durationSeconds: 1, attachedAt: requestedAt } },
    { type: 'RecordingMissing', data: { reason: story.text('x'), reportedAt: requestedAt } },
    { type: 'RecordingWaived', data: { reason: story.text('x'), offeredAlternative: true, waivedAt: requestedAt } },
    { type: 'RecordingDeleted', data: { recordingId: 'r', deletedAt: requestedAt } },
    {
      type: 'ContinuedOtherwise',
      data: { mode: 'phone', cause: 'platform', staffId: 's002', continuedAt: requestedAt, wasOnline: true },
    },
    { type: 'ResolutionToBeSentAgain', data: { afterLetterId: 'l2', askedAt: requestedAt } },
    { type: 'CitizenAbsent', data: { ...story.bookingFor('online'), waitedMinutes: 10, absentAt: requestedAt } },
    { type: 'CitizenNotified', data: { about: 'cancelled', channel: 'phone', outcome: 'reached', notifiedAt: requestedAt } },
    {
      type: 'ResolutionFiled',
      data: { documentNumber: '1', documentType: 'Tichetul albastru', connectedTo: request, filedAt: requestedAt },
    },
    amended(requestedAt)[1],
    {
      type: 'ResolutionFiled',
      data: { documentNumber: '2', documentType: 'Tichetul albastru', connectedTo: request, filedAt: requestedAt, amendment: 1 },
    },
    { type: 'FilingDisproved', data: { documentNumber: '1', finding: 'unknown', disprovedAt: requestedAt, policies: [] } },
    { type: 'ResolutionHandedOver', data: { channel: 'post', handedOverAt: requestedAt, proof: story.text('x') } },
    {
      type: 'RecordingTakenBack',
      data: { what: 'attached', recordingId: 'r', owed: true, reason: story.text('x'), takenBackBy: 's002', takenBackAt: requestedAt },
    },
    {
      type: 'HandOverTakenBack',
      data: { channel: 'post', handedOverAt: requestedAt, reason: story.text('x'), takenBackBy: 's002', takenBackAt: requestedAt },
    },
    { type: 'CorrectionDisputed', data: { correctionOf: 'resolution', objection: story.text('x'), disputedAt: requestedAt } },
    {
      type: 'ObjectionAnswered',
      data: { correctionOf: 'resolution', answer: story.text('x'), answeredBy: 's002', answeredAt: requestedAt },
    },
    { type: 'ResolutionBounced', data: { letterId: 'l2', bouncedAt: requestedAt, followUpDueAt: requestedAt } },
    { type: 'TaskRaised', data: { taskId: 't', kind: 'send-letter', staffId: 's002', raisedAt: requestedAt } },
    { type: 'TaskDone', data: { taskId: 't', doneAt: requestedAt } },
    { type: 'PersonalDataErased', data: { erasedAt: requestedAt, reason: story.text('x') } },
  );
  it('never throws, on any order of facts, and any state can be asked what may be done', () => {
    holdsFor(2000, [fc.array(anyFact, { maxLength: 30 })], (facts) => {
      const state = fold(ticket, facts);
      for (const viewer of ['citizen', 'staff', 'head'] as const) allowedActions(state, story.afterMeeting, viewer, policies);
      expect(state.status === 'absent').toBe(!facts.some(({ type }) => type === 'Requested' || type === 'Lapsed'));
    });
  });
});

const after = (...facts: readonly TicketFact[]) => given(ticket, ...facts).state;

describe('the ways that are open now', () => {
  const { rules, slot } = story;
  const minutes = (count: number): string => plusMinutes(slot.startsAt, count);

  it('A22, A23: nobody is absent before the hour; the civil servant from it on, the citizen after ten minutes', () => {
    const standing = after(...story.booked());
    expect(allowedAbsences(standing, story.beforeStart, rules)).toEqual([]);
    expect(allowedAbsences(standing, minutes(0), rules)).toEqual(['staff']);
    expect(allowedAbsences(standing, minutes(10), rules)).toEqual(['citizen', 'staff']);
    expect(citizenAbsentFrom(standing, rules)).toBe(minutes(10));
  });

  it('A13: before the meeting nothing is said of a recording; once one is there, only another one', () => {
    const standing = after(...story.booked());
    expect(allowedRecordings(standing, minutes(1))).toEqual([]);
    const begun = [...story.booked(), story.started];
    expect(allowedRecordings(after(...begun), minutes(1))).toEqual(['attached', 'missing', 'waived']);
    const attached: TicketFact = { type: 'RecordingAttached', data: { recordingId: 'r1', durationSeconds: 800, attachedAt: minutes(20) } };
    expect(allowedRecordings(after(...begun, attached), minutes(20))).toEqual(['attached']);
    const missing: TicketFact = { type: 'RecordingMissing', data: { reason: story.text('?'), reportedAt: minutes(20) } };
    expect(allowedRecordings(after(...begun, missing), minutes(20))).toEqual(['attached']);
  });
});
