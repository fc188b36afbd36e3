import { agenda } from '../../../src/domain/agenda/agenda';
import type { AgendaFact, Move } from '../../../src/domain/agenda/facts';
import { type BookingKnowledge, type BookingStep, nextStep, type Place } from '../../../src/domain/booking/next-step';
import { fold } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { RequestFact } from '../../../src/domain/request/facts';
import { registeredRequest } from '../../../src/domain/request/request';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { ticket } from '../../../src/domain/ticket/ticket';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import {
  booked,
  bookingFor,
  cancelled,
  codeIssued,
  emailVerified,
  fence,
  inProgress,
  lapsed,
  met,
  nextSlot,
  request,
  requested,
  requestedAt,
  rescheduled,
  slot,
  staffAbsent,
} from '../ticket/story';

const heldUntil = '2026-03-02T08:15:00.000Z';
const here: Place = { staffId: 's002', slot, holdId: 'hold-1' };
const there: Place = { staffId: 's002', slot: nextSlot, holdId: 'hold-2' };

const registered: RequestFact = {
  type: 'RequestRegistered',
  data: {
    ...request,
    applicantName: personal('name', 'Ana Pop'),
    handlerStaffId: 's002',
    status: 'in-operation',
    registeredAt: '2026-02-11T08:00:00.000Z',
  },
};
const admitted = (ticketId = 't1'): RequestFact => ({
  type: 'TicketAdmitted',
  data: { ticketId, ...here, ground: { kind: 'in-operation' }, until: heldUntil, admittedAt: requestedAt },
});
const accepting = (offerId: string): Move => ({ kind: 'reschedule', by: 'staff', citizenAgreed: false, requestedAt, offerId });
const offerMade = (offerId: string): TicketFact => ({
  type: 'MoveOffered',
  data: {
    ...bookingFor('online'),
    offerId,
    to: { departmentCode: '500', department: 'Cadastru' },
    askedOf: 's011',
    reason: personal('contact', 'x'),
    offeredBy: 's002',
    offeredAt: requestedAt,
    validUntil: '2026-03-08T08:00:00.000Z',
    policies: [],
  },
});
const holding = ({ slot: of, holdId }: Place, until = heldUntil, from?: string, move?: Move): AgendaFact => ({
  type: 'SlotHeld',
  data: { holdId, ticketId: 't1', slot: of, heldAt: requestedAt, until, ...(from !== undefined && { from }), ...(move && { move }) },
});
const confirming = ({ slot: of, holdId }: Place): AgendaFact => ({
  type: 'SlotConfirmed',
  data: { holdId, ticketId: 't1', slot: of, confirmedAt: requestedAt },
});
const releasing = ({ slot: of, holdId }: Place): AgendaFact => ({
  type: 'SlotReleased',
  data: { holdId, ticketId: 't1', slot: of, releasedAt: requestedAt, freeFrom: requestedAt },
});
const losing = (place: Place): readonly AgendaFact[] => [holding(place), holding({ ...place, holdId: 'somebody-else' })];

type Known = {
  readonly ticket?: readonly TicketFact[];
  readonly request?: readonly RequestFact[];
  readonly agenda?: readonly AgendaFact[];
  readonly moveTo?: Place;
  readonly at?: string;
  /** the holds whose day somebody has damaged on the server, so that nobody can read it */
  readonly damaged?: readonly string[];
  readonly isRequestDamaged?: boolean;
};
const step = (known: Known): BookingStep => {
  const { moveTo, at = requestedAt, damaged = [], isRequestDamaged = false } = known;
  const knowledge: BookingKnowledge = {
    ticketId: 't1',
    ticket: fold(ticket, known.ticket ?? []),
    request: isRequestDamaged ? undefined : fold(registeredRequest, known.request ?? [registered]),
    agendaOf: ({ holdId }) => (damaged.includes(holdId) ? undefined : fold(agenda, known.agenda ?? [])),
    at,
    ...(moveTo && { moveTo }),
  };
  return nextStep(knowledge);
};
const done = { kind: 'done' };
const ended = (ticketId = 't1'): RequestFact => ({ type: 'AdmissionEnded', data: { ticketId, endedAt: requestedAt } });
const missed: TicketFact = {
  type: 'CitizenAbsent',
  data: { ...bookingFor('online'), absentAt: '2026-03-09T08:11:00.000Z', waitedMinutes: 11 },
};

describe('admitted, and nobody has asked yet', () => {
  it('waits until the time for it is over, and then ends it by a fence on the ticket', () => {
    const known = { request: [registered, admitted()] };
    expect(step({ ...known, at: plusMinutes(heldUntil, -1) })).toEqual({ kind: 'wait', until: heldUntil });
    expect(step({ ...known, at: heldUntil })).toEqual({ kind: 'lapse', cause: 'never-requested', place: here });
  });
  it('is nobody’s business where another ticket, or none, was admitted', () => {
    expect(step({ request: [registered, admitted('t2')], at: heldUntil })).toEqual(done);
    expect(step({ request: [registered], at: heldUntil })).toEqual(done);
    expect(step({ request: [], at: heldUntil })).toEqual(done);
  });
});

describe('waiting for the code (A9)', () => {
  const waiting = [requested(), codeIssued()];
  it('holds the slot first, then issues a code, then waits for it', () => {
    expect(step({ ticket: [requested()] })).toEqual({ kind: 'hold', place: here, until: heldUntil });
    expect(step({ ticket: [requested()], agenda: [holding(here)] })).toEqual({ kind: 'issue-code' });
    expect(step({ ticket: waiting, agenda: [holding(here)] })).toEqual({ kind: 'wait', until: heldUntil });
  });
  it('holds longer where a new code gave more time', () => {
    expect(step({ ticket: waiting, agenda: [holding(here, plusMinutes(heldUntil, -1))] })).toEqual({
      kind: 'hold',
      place: here,
      until: heldUntil,
    });
    expect(step({ ticket: waiting, agenda: [holding(here, plusMinutes(heldUntil, 1))] })).toEqual({ kind: 'wait', until: heldUntil });
  });
  it('knows of a slot that is confirmed already that nobody needs to hold it', () => {
    const early = plusMinutes(heldUntil, -1);
    expect(step({ ticket: waiting, agenda: [holding(here, early), confirming(here)] })).toEqual({ kind: 'wait', until: heldUntil });
  });
  it('lapses at the end of its time, also where nothing was ever held', () => {
    expect(step({ ticket: waiting, agenda: [holding(here)], at: plusMinutes(heldUntil, -1) }).kind).toBe('wait');
    expect(step({ ticket: waiting, agenda: [holding(here)], at: heldUntil })).toEqual({
      kind: 'lapse',
      cause: 'not-verified',
      place: here,
    });
    expect(step({ ticket: waiting, at: heldUntil })).toEqual({ kind: 'lapse', cause: 'not-verified', place: here });
  });
  it.each([
    ['given back', [holding(here), releasing(here)]],
    ['lost to another', losing(here)],
  ])('lapses at once where the slot was %s', (_, facts) => {
    expect(step({ ticket: waiting, agenda: facts })).toEqual({ kind: 'lapse', cause: 'slot-lost', place: here });
  });
});

describe.each<[string, readonly TicketFact[]]>([
  ['verified', [requested(), codeIssued(), emailVerified]],
  ['without an e-mail', [requested('phone', false)]],
])('%s: only the agenda decides now, however late', (_, facts) => {
  it.each([requestedAt, '2026-03-20T08:00:00.000Z'])('holds, confirms, schedules (%s)', (at) => {
    expect(step({ ticket: facts, at })).toEqual({ kind: 'hold', place: here, until: heldUntil });
    expect(step({ ticket: facts, agenda: [holding(here)], at })).toEqual({ kind: 'confirm', place: here });
    expect(step({ ticket: facts, agenda: [holding(here), confirming(here)], at })).toEqual({ kind: 'schedule' });
  });
  it('lapses where the slot is lost', () => {
    expect(step({ ticket: facts, agenda: losing(here) })).toEqual({ kind: 'lapse', cause: 'slot-lost', place: here });
    expect(step({ ticket: facts, agenda: [releasing(here)] })).toEqual({ kind: 'lapse', cause: 'slot-lost', place: here });
  });
});

describe('after the end', () => {
  const withdrawn: TicketFact = { ...lapsed, data: { ...lapsed.data, cause: 'withdrawn' } };
  it('frees the request first, if it is still this ticket’s', () => {
    expect(step({ ticket: [requested(), lapsed], request: [registered, admitted()], agenda: [holding(here)] })).toEqual({
      kind: 'end-admission',
    });
    const release = { kind: 'release', place: here, freeFrom: requestedAt };
    expect(step({ ticket: [requested(), lapsed], request: [registered, admitted('t2')], agenda: [holding(here)] })).toEqual(release);
    expect(step({ ticket: [requested(), lapsed], request: [], agenda: [holding(here)] })).toEqual(release);
  });
  it('gives the slot back, also one lost to another, and only once', () => {
    expect(step({ ticket: [requested(), lapsed], agenda: losing(here) })).toEqual({ kind: 'release', place: here, freeFrom: requestedAt });
    expect(step({ ticket: [fence], agenda: [holding(here)] })).toEqual({ kind: 'release', place: here, freeFrom: requestedAt });
    expect(step({ ticket: [requested(), lapsed], agenda: [holding(here), releasing(here)] })).toEqual(done);
    expect(step({ ticket: [requested(), lapsed] })).toEqual(done);
  });
  it('A30: a cancelled slot waits before it is offered again, one that was never promised is free at once', () => {
    expect(step({ ticket: [...booked(), cancelled], agenda: [holding(here), confirming(here)] })).toEqual({
      kind: 'release',
      place: here,
      freeFrom: '2026-03-05T08:07:00.000Z',
    });
    for (const ended of [withdrawn, lapsed, fence])
      expect(step({ ticket: [requested(), ended], agenda: [holding(here)], at: heldUntil })).toEqual({
        kind: 'release',
        place: here,
        freeFrom: heldUntil,
      });
  });
  it('gives back every place that a cancelled meeting had, and one that it was about to move to', () => {
    const moved = [...booked(), rescheduled('staff', 'hold-2', 'hold-1'), cancelled];
    expect(step({ ticket: [...booked(), cancelled], agenda: [holding(there)], moveTo: there })).toMatchObject({
      kind: 'release',
      place: there,
    });
    expect(step({ ticket: moved, agenda: [holding(here)] })).toMatchObject({ kind: 'release', place: { holdId: 'hold-1' } });
  });
  it.each<[string, readonly TicketFact[]]>([
    ['held', met()],
    ['missed by the citizen', [...booked(), missed]],
  ])('a meeting that was %s keeps its slot', (_, facts) => {
    const slots = [holding(here), confirming(here)];
    expect(step({ ticket: facts, agenda: slots })).toEqual(done);
    expect(step({ ticket: facts, agenda: slots, request: [registered, admitted()] })).toEqual({ kind: 'end-admission' });
  });
});

describe.each<[string, readonly TicketFact[]]>([
  ['scheduled', booked()],
  ['whose staff member was absent', [...booked(), staffAbsent]],
])('moving a meeting %s', (_, facts) => {
  const stands = [holding(here), confirming(here)];
  const wait = { kind: 'wait' };
  it('has nothing to do where nobody moves it, or it stands there already', () => {
    expect(step({ ticket: facts, agenda: stands })).toEqual(done);
    expect(step({ ticket: facts, agenda: stands, moveTo: here })).toEqual(done);
  });
  it('confirms the new place while it is held, then moves', () => {
    const known = { ticket: facts, moveTo: there };
    const agendaFacts = [...stands, holding(there, heldUntil, 'hold-1')];
    expect(step({ ...known, agenda: agendaFacts })).toEqual({ kind: 'confirm', place: there });
    expect(step({ ...known, agenda: [...agendaFacts, confirming(there)], at: '2026-03-20T08:00:00.000Z' })).toMatchObject({
      kind: 'move',
      place: there,
      hold: { holdId: 'hold-2', from: 'hold-1', standing: 'confirmed' },
    });
  });
  it('lets go of a new place that was not confirmed in time, was lost, given back or never held', () => {
    const known = { ticket: facts, moveTo: there };
    const inTime = [...stands, holding(there, heldUntil, 'hold-1')];
    expect(step({ ...known, agenda: inTime, at: plusMinutes(heldUntil, -1) }).kind).toBe('confirm');
    expect(step({ ...known, agenda: inTime, at: heldUntil })).toEqual(done);
    expect(step({ ...known, agenda: [...inTime, releasing(there)] })).toEqual(done);
    expect(step({ ...known, agenda: [...inTime, holding({ ...there, holdId: 'somebody-else' })] })).toEqual(done);
    expect(step({ ...known, agenda: stands })).toEqual(done);
  });
  it('lets go of a place that accepts an offer which has ended; one that it has not heard of it takes for open', () => {
    const agendaFacts = [...stands, holding(there, heldUntil, 'hold-1', accepting('offer-1')), confirming(there)];
    const known = { agenda: agendaFacts, moveTo: there };
    const ended: TicketFact = { type: 'MoveOfferWithdrawn', data: { offerId: 'offer-1', withdrawnBy: 's002', withdrawnAt: requestedAt } };
    expect(step({ ...known, ticket: [...facts, offerMade('offer-1')] }).kind).toBe('move');
    expect(step({ ...known, ticket: facts }).kind).toBe('move');
    expect(step({ ...known, ticket: [...facts, offerMade('offer-0')] }).kind).toBe('move');
    expect(step({ ...known, ticket: [...facts, offerMade('offer-1'), ended] })).toEqual({ kind: 'release', place: there });
    expect(step({ ...known, ticket: [...facts, offerMade('offer-1'), ended, offerMade('offer-2')] })).toEqual({
      kind: 'release',
      place: there,
    });
  });
  it('waits where it would move from a place that it has not heard of', () => {
    expect(step({ ticket: facts, moveTo: there, agenda: [...stands, holding(there, heldUntil, 'hold-0')] })).toEqual(wait);
    expect(step({ ticket: facts, moveTo: there, agenda: [...stands, holding(there)] })).toEqual(wait);
  });
});

describe('a meeting that has moved', () => {
  const moved = [...booked(), rescheduled('staff', 'hold-2', 'hold-1')];
  const third: Place = { ...there, holdId: 'hold-3' };
  it('gives back the place that it left, once: at once where staff moved it, and as A30 says where the citizen did', () => {
    const slots = [holding(here), confirming(here)];
    const byCitizen = [...booked(), rescheduled('citizen', 'hold-2', 'hold-1')];
    expect(step({ ticket: moved, agenda: slots })).toEqual({ kind: 'release', place: here, freeFrom: requestedAt });
    expect(step({ ticket: byCitizen, agenda: slots })).toEqual({ kind: 'release', place: here });
    expect(step({ ticket: [...moved, cancelled], agenda: slots })).toMatchObject({ place: here, freeFrom: requestedAt });
    expect(step({ ticket: moved, agenda: [holding(here), confirming(here), releasing(here)] })).toEqual(done);
  });
  it('gives back a place that somebody held to move it from where it no longer stands', () => {
    expect(step({ ticket: moved, moveTo: third, agenda: [releasing(here), holding(third, heldUntil, 'hold-1')] })).toEqual({
      kind: 'release',
      place: third,
    });
  });
});

describe('a meeting that moves again', () => {
  it('moves from the place where it stands now', () => {
    const third: Place = { ...there, holdId: 'hold-3' };
    const known = { ticket: [...booked(), rescheduled('staff', 'hold-2', 'hold-1')], moveTo: third };
    expect(step({ ...known, agenda: [releasing(here), holding(third, heldUntil, 'hold-2')] })).toEqual({ kind: 'confirm', place: third });
  });
});

describe('a meeting that has begun', () => {
  it('moves no more', () => {
    const known = { ticket: inProgress, moveTo: there };
    expect(step({ ...known, agenda: [holding(there, heldUntil, 'hold-1'), confirming(there)] })).toEqual({ kind: 'wait' });
    expect(step({ ticket: inProgress })).toEqual(done);
  });
});

describe('of what somebody has damaged on the server', () => {
  const unreadable = { kind: 'unreadable' };
  const waiting = [requested(), codeIssued()];
  const verified = [...waiting, emailVerified];
  const ended = [requested(), lapsed];
  it('nothing is begun that rests on the request', () => {
    expect(step({ isRequestDamaged: true, at: heldUntil })).toEqual(unreadable);
  });
  it('nothing is held or confirmed, and who waits for the code lapses in time', () => {
    const known = { damaged: ['hold-1'] };
    expect(step({ ...known, ticket: waiting, at: plusMinutes(heldUntil, -1) })).toEqual(unreadable);
    expect(step({ ...known, ticket: waiting, at: heldUntil })).toEqual({ kind: 'lapse', cause: 'not-verified', place: here });
    expect(step({ ...known, ticket: verified, at: plusMinutes(heldUntil, -1) })).toEqual(unreadable);
    expect(step({ ...known, ticket: verified, at: heldUntil })).toEqual({ kind: 'lapse', cause: 'slot-lost', place: here });
  });
  it('what can be freed after the end is freed', () => {
    expect(step({ ticket: ended, request: [registered, admitted()], damaged: ['hold-1'] })).toEqual({ kind: 'end-admission' });
    expect(step({ ticket: ended, damaged: ['hold-1'] })).toEqual(unreadable);
    expect(step({ ticket: ended, isRequestDamaged: true, agenda: [holding(here)] })).toEqual({
      kind: 'release',
      place: here,
      freeFrom: requestedAt,
    });
    expect(step({ ticket: ended, isRequestDamaged: true })).toEqual(unreadable);
    const both = { ticket: [...booked(), cancelled], moveTo: there, agenda: [holding(there)] };
    expect(step({ ...both, damaged: ['hold-1'] })).toMatchObject({ kind: 'release', place: there });
    expect(step({ ...both, agenda: [], damaged: ['hold-2'] })).toEqual(unreadable);
    expect(step({ ...both, agenda: [], damaged: ['hold-3'] })).toEqual(done);
  });
  it('a meeting moves on whose new place can be read, and what it left is asked for afterwards', () => {
    const moved = [...booked(), rescheduled('staff', 'hold-2', 'hold-1')];
    const third: Place = { ...there, holdId: 'hold-3' };
    expect(step({ ticket: moved, damaged: ['hold-1'] })).toEqual(unreadable);
    expect(step({ ticket: moved, damaged: ['hold-2'] })).toEqual(done);
    const moving = { ticket: moved, moveTo: third, agenda: [holding(third, heldUntil, 'hold-2')] };
    expect(step({ ...moving, damaged: ['hold-1'] })).toEqual({ kind: 'confirm', place: third });
    expect(step({ ...moving, damaged: ['hold-3'] })).toEqual(unreadable);
    expect(step({ ...moving, agenda: [holding(third, heldUntil, 'hold-9')] })).toEqual({ kind: 'wait' });
    expect(step({ ...moving, agenda: [holding(third, heldUntil, 'hold-9')], damaged: ['hold-1'] })).toEqual(unreadable);
    expect(step({ ticket: booked(), moveTo: there, damaged: ['hold-2'] })).toEqual(unreadable);
    expect(step({ ticket: booked(), damaged: ['hold-2'] })).toEqual(done);
  });
});

describe('whose stream was closed while nobody could read it, and mended after what it held was freed', () => {
  const freed = [registered, admitted(), ended()];
  const lapse = { kind: 'lapse', cause: 'slot-lost', place: here };
  it('a meeting is cancelled where its hour was given away, or its request before it began', () => {
    const cancel = { kind: 'cancel', place: here };
    expect(step({ ticket: booked(), request: freed, agenda: [holding(here), confirming(here), releasing(here)] })).toEqual(cancel);
    expect(step({ ticket: booked(), request: freed, agenda: [holding(here), confirming(here)] })).toEqual(cancel);
    expect(step({ ticket: booked(), request: freed, damaged: ['hold-1'] })).toEqual(cancel);
  });
  it('a meeting whose request still counts it is cancelled where its hour was given away, and only there', () => {
    const known = { ticket: booked(), request: [registered, admitted()] };
    expect(step({ ...known, agenda: [holding(here), confirming(here), releasing(here)] })).toEqual({ kind: 'cancel', place: here });
    expect(step({ ...known, agenda: [holding(here), confirming(here)] })).toEqual(done);
  });
  it('one that may have taken place is not, nor one that is going on, nor one whose request nobody knows', () => {
    const known = { request: freed, agenda: [holding(here), confirming(here)] };
    expect(step({ ...known, ticket: booked(), at: slot.startsAt })).toEqual(done);
    expect(step({ ...known, ticket: inProgress })).toEqual(done);
    expect(step({ ...known, ticket: booked(), request: [] })).toEqual(done);
    expect(step({ ...known, ticket: booked(), isRequestDamaged: true })).toEqual(done);
  });
  it('one that awaits its code, or that was verified, lapses', () => {
    const known = { request: freed, agenda: [holding(here)] };
    expect(step({ ...known, ticket: [requested(), codeIssued()] })).toEqual(lapse);
    expect(step({ ...known, ticket: [requested(), codeIssued(), emailVerified] })).toEqual(lapse);
    expect(step({ ...known, ticket: [requested(), codeIssued(), emailVerified], damaged: ['hold-1'] })).toEqual(lapse);
  });
});
