import { liveMeetings, personsConcerned } from '../../../src/domain/audit/case-file';
import { cancelledHistory, onlineHistory, reassignedHistory, rescheduledHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { defaultPlot, otherSlot } from '../../support/plot';
import { eventOf } from '../../support/retelling';

const placesOf = (history: History) =>
  liveMeetings(history.ticketId, history.ticket).map(({ staffId, slot, liveFrom, liveUntil }) => [
    staffId,
    slot.startsAt,
    liveFrom,
    liveUntil,
  ]);
const scheduledAt = eventOf(onlineHistory(), 'Scheduled').recordedAt;
const { startsAt } = defaultPlot.slot;

describe('Where a meeting was, and when (C10)', () => {
  it('stays where it was held', () => {
    expect(placesOf(onlineHistory())).toEqual([['S-017', startsAt, scheduledAt, undefined]]);
  });

  it('moves with a rescheduling', () => {
    const movedAt = eventOf(rescheduledHistory(), 'Rescheduled').recordedAt;

    expect(placesOf(rescheduledHistory())).toEqual([
      ['S-017', startsAt, scheduledAt, movedAt],
      ['S-017', otherSlot.startsAt, movedAt, undefined],
    ]);
  });

  it('moves to another person', () => {
    const movedAt = eventOf(reassignedHistory(), 'Reassigned').recordedAt;

    expect(placesOf(reassignedHistory())).toEqual([
      ['S-017', startsAt, scheduledAt, movedAt],
      ['S-042', startsAt, movedAt, undefined],
    ]);
  });

  it('ends with a cancellation', () => {
    expect(placesOf(cancelledHistory())).toEqual([['S-017', startsAt, scheduledAt, eventOf(cancelledHistory(), 'Cancelled').recordedAt]]);
  });
});

describe('Whose facts a judgement looks at', () => {
  it('names everyone the ticket was with and everyone who had the request, once', () => {
    const { ticket, request } = reassignedHistory();

    expect(personsConcerned(ticket, request)).toEqual(['S-017', 'S-042']);
  });
});
