import { giveNewHour, newHourAfter } from '../../../src/domain/ticket/new-hour';
import { owesAWord } from '../../../src/domain/ticket/changes';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isRequested, ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { fold } from '../../../src/domain/kernel/decider';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, refused } from '../../support/decided';
import * as story from './story';

const at = '2026-04-02T08:00:00.000Z';
const give = (state: TicketState) => giveNewHour({ newTicketId: 'new', slot: story.nextSlot, at }, state);
const cancelledBy = (by: 'citizen' | 'staff', owed: boolean): TicketFact => ({
  type: 'Cancelled',
  data: {
    ...story.bookingFor('online'),
    by,
    cancelledAt: at,
    slotFreeFrom: at,
    sequence: 1,
    ...(by === 'staff' ? { noticeDueAt: at, newSlotDueAt: at } : {}),
    ...(owed ? { newHourOwed: true as const } : {}),
  },
});
const declined = {
  type: 'CitizenNotified',
  data: { about: 'cancelled', channel: 'phone', outcome: 'declined-new-slot', notifiedAt: at, grade: 'declared' },
} as const;
const owed = given(ticket, ...story.booked(), cancelledBy('staff', true));
const of = (...facts: readonly TicketFact[]): TicketState => fold(ticket, [...story.booked(), ...facts]);

describe('Art. 8: the new hour that is owed once staff cancelled', () => {
  it('is given once, by another ticket', () => {
    const { request } = story.bookingFor('online');
    expect(owed.when(give)).toMatchObject(oneFact('NewHourGiven', { request, newTicketId: 'new', slot: story.nextSlot, givenAt: at }));
    expect(owed.after(give).when(give)).toEqual(nothing);
  });

  it('is not owed where the citizen cancelled or declined, nor by a fact from before it was', () => {
    for (const facts of [[cancelledBy('citizen', false)], [cancelledBy('staff', true), declined], [cancelledBy('staff', false)]])
      expect(given(ticket, ...story.booked(), ...facts).when(give)).toEqual(nothing);
    expect(given(ticket).when(give)).toMatchObject(refused('not-found'));
  });

  it('is what the request hears when its ticket ends', () => {
    expect(newHourAfter(of(cancelledBy('staff', true)))).toBe('owed');
    for (const facts of [[cancelledBy('citizen', false)], [cancelledBy('staff', true), declined], [cancelledBy('staff', false)]])
      expect(newHourAfter(of(...facts))).toBe('met');
    expect(newHourAfter(fold(ticket, [story.requested(), story.lapsed]))).toBe('unmet');
  });

  it('leaves a word to note until it is given or declined', () => {
    const told = { ...declined, data: { ...declined.data, outcome: 'reached' } } as const;
    const owesAfter = (...facts: readonly TicketFact[]) => {
      const state = of(cancelledBy('staff', true), told, ...facts);
      return isRequested(state) && owesAWord(state);
    };
    const newHour: TicketFact = {
      type: 'NewHourGiven',
      data: { request: story.bookingFor('online').request, newTicketId: 'new', slot: story.nextSlot, givenAt: at },
    };
    expect([owesAfter(), owesAfter(newHour), owesAfter(declined)]).toEqual([true, false, false]);
  });
});
