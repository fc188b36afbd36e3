import {
  type CaseFile,
  dossierAt,
  liveMeetings,
  type LiveMeeting,
  meetingsAfter,
  personsConcerned,
} from '../../../src/domain/audit/case-file';
import { judge } from '../../../src/domain/audit/judge';
import { plusHours } from '../../../src/domain/time/civil-time';
import { cancelledHistory, onlineHistory, reassignedHistory, rescheduledHistory } from '../../support/histories';
import { type History, inLog } from '../../support/history';
import { idsWith, resultOf, settled } from '../../support/judging';
import { defaultPlot, otherSlot } from '../../support/plot';
import { addingToRequest, answeredOn, eventOf } from '../../support/retelling';

const online = onlineHistory();
const other: LiveMeeting = {
  ticketId: 'another',
  staffId: defaultPlot.staffId,
  slot: defaultPlot.slot,
  liveFrom: '2026-03-01T06:00:00.000Z',
  eventId: 'scheduled-another',
};

describe('What of a case was known at a moment', () => {
  const early = eventOf(online, 'EmailVerified').recordedAt;

  it('is what was recorded by then, of each stream; the end of another meeting is not, before it comes', () => {
    const closed = answeredOn('2026-02-20', '2026-03-23');
    const meeting = { ...other, liveUntil: '2026-03-03T06:00:00.000Z' };
    const history = { ...addingToRequest(online, closed), otherMeetings: [meeting, { ...other, ticketId: online.ticketId }] };
    const then = dossierAt(history, early);
    expect(then.ticket).toEqual(history.ticket.filter(({ recordedAt }) => recordedAt <= early));
    expect(then.request).toEqual(history.request.slice(0, -1));
    expect(then.otherMeetings).toEqual([other]);
    expect(dossierAt(history, meeting.liveUntil).otherMeetings).toEqual([meeting]);
    expect(dossierAt(history, '2026-03-01T05:59:59.999Z').otherMeetings).toEqual([]);
  });

  it('is everything, whatever the clock says, where nothing is to be cut', () => {
    expect(dossierAt(online, early, true).ticket).toEqual(online.ticket);
    expect(judge(online, early, true).checks.find(({ id }) => id === 'C12')).toMatchObject({ verdict: 'pass' });
  });

  it.each(['staff', 'request', 'calendar', 'otherMeetings'] as const)(
    'is whatever stands in the log before something that was: the clock was ahead when this was recorded (%s)',
    (part) => {
      const ahead = inLog(online, (at) => (at < early ? plusHours(at, 24 * 60) : at));
      const place = '00000000000000000001';
      const declared = { type: 'BridgeDayDeclared', data: { date: '2026-05-04', decision: 'HG 1/2026', declaredAt: '' } } as const;
      const [registered] = ahead.request;
      if (registered === undefined) throw new Error('No request.');
      const later = { ...registered, recordedAt: settled, position: place };
      const caseFile: CaseFile = {
        ...ahead,
        calendar: [{ ...later, fact: declared }],
        otherMeetings: [{ ...other, liveFrom: settled, from: place }],
      };
      expect(dossierAt(caseFile, early)[part]).toEqual(caseFile[part]);
      expect(dossierAt({ ...caseFile, ticket: [], request: [], staff: {} }, early)).toMatchObject({ calendar: [], otherMeetings: [] });
    },
  );

  it('C21: a break in an event that is none of the ticket’s was there at every moment', () => {
    const foreign: History = { ...online, chain: { intact: false, firstBroken: 'of-no-event' } };
    expect(idsWith(foreign, 'fail')).toEqual(['C21']);
    expect(idsWith(foreign, 'fail', early)).toEqual(['C21']);
  });

  it('keeps where the times of the log contradict its order', () => {
    const placed = inLog(online);
    const { position, recordedAt } = eventOf(placed, 'Held');
    const dispute = { from: position, to: position, earliest: recordedAt, newest: recordedAt, seconds: 3600, facts: 1, open: false };
    expect(dossierAt({ ...placed, disputes: [dispute] }, settled).disputes).toEqual([dispute]);
    const said = judge({ ...placed, disputes: [dispute] }, settled).checks.flatMap(({ id, clockOffBySeconds }) =>
      clockOffBySeconds === 3600 ? [id] : [],
    );
    expect(said).toContain('C16');
    expect(said).not.toContain('C04');
  });
});

describe('Where a meeting was, and when, by the order of the log (C10)', () => {
  it('keeps the places of the facts that began it there and ended it', () => {
    const placed = inLog(rescheduledHistory());
    const [scheduled, rescheduled] = [eventOf(placed, 'Scheduled'), eventOf(placed, 'Rescheduled')];
    expect(liveMeetings(placed.ticketId, placed.ticket)).toEqual([
      expect.objectContaining({ from: scheduled.position, until: rescheduled.position, eventId: scheduled.id }),
      expect.objectContaining({ from: rescheduled.position, eventId: rescheduled.id }),
    ]);
    const cancelled = inLog(cancelledHistory());
    expect(liveMeetings(cancelled.ticketId, cancelled.ticket)).toMatchObject([{ until: eventOf(cancelled, 'Cancelled').position }]);
  });

  it('fails only where the log has both there at once, whatever the times say', () => {
    const placed = inLog(rescheduledHistory());
    const [scheduled, rescheduled] = [eventOf(placed, 'Scheduled'), eventOf(placed, 'Rescheduled')];
    const beside = (changes: Partial<LiveMeeting>) => resultOf({ ...placed, otherMeetings: [{ ...other, ...changes }] }, 'C10').verdict;
    const [first, last] = ['00000000000000000001', '00000000000000000099'];
    // the hour was left before the other came, by a clock that shows less
    expect(beside({ from: last, liveFrom: scheduled.recordedAt })).toBe('pass');
    expect(beside({ from: scheduled.position, liveFrom: settled })).toBe('fail');
    // the other left before this one came, by a clock that shows more
    expect(beside({ from: first, until: first, liveUntil: rescheduled.recordedAt })).toBe('pass');
    expect(beside({ from: first, until: last, liveUntil: other.liveFrom })).toBe('fail');
  });

  it('ends with the first fact that moved it, and leaves alone what is another ticket’s', () => {
    const moved = rescheduledHistory();
    const again = { ...eventOf(moved, 'Rescheduled'), id: 'again', recordedAt: '2026-03-03T11:00:00.000Z' };
    const places = [...moved.ticket, again].reduce<readonly LiveMeeting[]>(
      (meetings, event) => meetingsAfter(meetings, moved.ticketId, event),
      [other],
    );
    const movedAt = eventOf(moved, 'Rescheduled').recordedAt;
    expect(places.map(({ ticketId, liveUntil }) => [ticketId, liveUntil])).toEqual([
      ['another', undefined],
      [moved.ticketId, movedAt],
      [moved.ticketId, again.recordedAt],
      [moved.ticketId, undefined],
    ]);
    expect(places.map(({ slot }) => slot)).toEqual([defaultPlot.slot, defaultPlot.slot, otherSlot, otherSlot]);
  });
});

describe('Whose facts a judgement looks at', () => {
  it('names everyone the ticket was with and everyone who had the request, once', () => {
    const { ticket, request } = reassignedHistory();

    expect(personsConcerned(ticket, request)).toEqual(['S-017', 'S-042']);
  });

  it('names, in order, who had the request, and who answered it though it was another’s', () => {
    const at = '2026-02-25T08:00:00.000Z';
    const [answeredAt, answer] = answeredOn('2026-02-20', '2026-03-23');
    if (answer.type !== 'AnswerCommunicated') throw new Error('No answer.');
    const { ticket, request } = addingToRequest(
      online,
      [at, { type: 'HandlerAssigned', data: { handlerStaffId: 'S-009', assignedAt: at } }],
      [answeredAt, { ...answer, data: { ...answer.data, answeredBy: 'S-003' } }],
    );
    expect(personsConcerned(ticket, request)).toEqual(['S-003', 'S-009', 'S-017']);
    expect(personsConcerned([], request)).toEqual(['S-003', 'S-009', 'S-017']);
    expect(personsConcerned(ticket, [])).toEqual(['S-017']);
  });
});
