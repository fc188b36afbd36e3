import { dutiesAt, dutiesIn, type Duty, dutyStandsUntil, isOverdue, isOwed, stateOfDuty } from '../../../src/domain/duties/duties';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import {
  cancelledHistory,
  citizenAbsentHistory,
  onlineHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { adding, eventOf, moveOffered, upTo } from '../../support/retelling';

const [offeredAt, answeredAt, validUntil] = ['2026-03-03T09:00:00.000Z', '2026-03-03T11:00:00.000Z', '2026-03-04T08:00:00.000Z'];
const aMomentLater = plusSeconds(validUntil, 0.001);

const booked = upTo(onlineHistory(), 'Scheduled');
const offered = moveOffered(booked, offeredAt, validUntil);
const then = (fact: TicketFact, at: Instant = answeredAt): History => adding(offered, [at, fact]);
const answersOf = (history: History): readonly Duty[] =>
  dutiesIn(history, '2027-03-01T08:00:00.000Z', true).filter(({ kind }) => kind === 'answer-offer');
const stateOf = (history: History): readonly string[] => answersOf(history).map((duty) => stateOfDuty(duty, aMomentLater));

const booking = eventOf(booked, 'Scheduled').fact.data;
const declined = (offerId: string): TicketFact => ({
  type: 'MoveOfferDeclined',
  data: {
    ...booking,
    offerId,
    offeredBy: 'S-017',
    reason: personal('contact', 'Nu ține de noi.'),
    declinedBy: 'S-900',
    declinedAt: answeredAt,
  },
});
const withdrawn = (offerId: string): TicketFact => ({
  type: 'MoveOfferWithdrawn',
  data: { offerId, withdrawnBy: 'S-017', withdrawnAt: answeredAt },
});
const taken = (offerId?: string): TicketFact => ({
  type: 'Rescheduled',
  data: { ...eventOf(rescheduledHistory(), 'Rescheduled').fact.data, ...(offerId !== undefined && { offerId }) },
});
const givenOver = (offerId?: string): TicketFact => ({
  type: 'Reassigned',
  data: { ...eventOf(reassignedHistory(), 'Reassigned').fact.data, ...(offerId !== undefined && { offerId }) },
});

describe('The answer to an offer (Art. 8, A3)', () => {
  it('is owed by the head who was asked, for the department that was asked, until the offer is over', () => {
    expect(answersOf(offered)).toEqual([
      {
        dutyId: `answer-offer/${eventOf(offered, 'MoveOffered').id}`,
        kind: 'answer-offer',
        article: '8',
        owedBy: 'head',
        staffId: 'S-900',
        departmentCode: '430',
        since: offeredAt,
        limitAt: validUntil,
        lostAt: validUntil,
      },
    ]);
  });

  it.each([
    ['declined', declined('O-1')],
    ['taken at another hour', taken('O-1')],
    ['taken at its own hour', givenOver('O-1')],
  ])('is given when it is %s', (_, answer) => {
    expect(answersOf(then(answer)).map(({ doneAt, lostAt }) => [doneAt, lostAt])).toEqual([[answeredAt, undefined]]);
  });

  it.each([
    ['withdrew it', withdrawn('O-1')],
    ['moved the meeting all the same', taken()],
    ['moved it as another offer asked', taken('O-2')],
    ['gave it to somebody else', givenOver()],
    ['called it off', eventOf(cancelledHistory(), 'Cancelled').fact],
    ['was not there', eventOf(staffAbsentHistory(), 'StaffAbsent').fact],
    ['did not come', eventOf(citizenAbsentHistory(), 'CitizenAbsent').fact],
    ['began it', eventOf(onlineHistory(), 'MeetingStarted').fact],
    ['held it', eventOf(onlineHistory(), 'Held').fact],
  ])('is asked of nobody any more once somebody %s', (_, end) => {
    expect(stateOf(then(end))).toEqual([]);
  });

  it.each([
    ['declined', declined('O-2')],
    ['withdrawn', withdrawn('O-2')],
  ])('is still asked for when another offer was %s', (_, other) => {
    expect(stateOf(then(other))).toEqual(['missed']);
  });

  it('rests on nothing that came before it', () => {
    const movedBefore = adding(booked, ['2026-03-03T08:00:00.000Z', taken()]);

    expect(stateOf(moveOffered(movedBefore, offeredAt, validUntil))).toEqual(['missed']);
  });

  it('is in time in its last moment, and nobody can give it later', () => {
    expect(stateOf(then(declined('O-1'), validUntil))).toEqual(['met']);
    expect(answersOf(then(declined('O-1'), aMomentLater))).toEqual(answersOf(offered));
  });

  it('turns from owed to missed when the offer is over, without being overdue', () => {
    const [answer] = answersOf(offered);
    if (answer === undefined) throw new Error('An answer is owed.');
    const before = plusSeconds(validUntil, -0.001);

    expect([before, validUntil].map((at) => [stateOfDuty(answer, at), isOwed(answer, at), isOverdue(answer, at)])).toEqual([
      ['open', true, false],
      ['missed', false, false],
    ]);
    expect(dutyStandsUntil(answer, offeredAt)).toBe(before);
    expect(dutiesAt([answer], plusSeconds(offeredAt, -1))).toEqual([]);
    expect(dutyStandsUntil(answer, plusSeconds(offeredAt, -1))).toBe(plusSeconds(offeredAt, -0.001));
  });
});
