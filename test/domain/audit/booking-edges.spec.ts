import type { ClockDispute } from '../../../src/domain/audit/log-clock';
import type { Actor, Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { codeIssued, handlerAssigned } from '../../support/entries';
import {
  citizenAbsentHistory,
  clarificationHistory,
  inPersonHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { foundOn, resultOf } from '../../support/judging';
import { clerk, defaultPlot, otherSlot, slotAt } from '../../support/plot';
import {
  adding,
  addingToRequest,
  answeredOn,
  changing,
  eventOf,
  moved,
  requestOtherwise,
  without,
  withStaff,
} from '../../support/retelling';

const online = onlineHistory();
const { requestedAt, slot } = defaultPlot;
const verdictOf = (history: History, id: 'C04' | 'C05' | 'C06' | 'C09' | 'C10' | 'C12') => resultOf(history, id).verdict;

/** Asked for at that time, as form and booking both say. */
const askedAt = (history: History, at: Instant): History =>
  changing(changing(history, 'Requested', { requestedAt: at }), 'Scheduled', { requestedAt: at });
const wrongTries = (n: number, at: Instant, times: number) =>
  Array.from(
    { length: times },
    (_, index) =>
      [
        plusSeconds(at, index),
        { type: 'VerificationFailed', data: { n, failedAt: plusSeconds(at, index), triesLeft: Math.max(0, 4 - index) } },
      ] as const,
  );

describe('A ticket that was never booked', () => {
  it('has no appointment that could be wrong', () => {
    for (const id of ['C04', 'C08', 'C09', 'C10', 'C12'] as const) expect(foundOn(lapsedHistory(), id)).toEqual(['not-applicable']);
    expect(foundOn(lapsedHistory(), 'C05')).toEqual(['not-applicable', 'Lapsed']);
  });
});

describe('C04, Art. 4: the hours count from the form', () => {
  it('names every appointment that keeps them, or the one that does not', () => {
    expect(foundOn(rescheduledHistory(), 'C04')).toEqual(['pass', 'Scheduled', 'Rescheduled']);
    expect(foundOn(rescheduledHistory({}, slotAt('2026-03-04T08:00:00.000Z')), 'C04')).toEqual(['fail', 'Rescheduled']);
  });

  it('takes a form for the one that was sent as long as its hour can have been held, and no longer', () => {
    expect(verdictOf(askedAt(online, plusMinutes(requestedAt, -25)), 'C04')).toBe('pass');
    expect(foundOn(askedAt(online, plusSeconds(plusMinutes(requestedAt, -25), -0.001)), 'C04')).toEqual(['fail', 'Requested', 'Scheduled']);
  });
});

describe('C05, Art. 3 e: the code before the booking', () => {
  it('names what was verified and what was booked', () => {
    expect(foundOn(online, 'C05')).toEqual(['pass', 'EmailVerified', 'Scheduled']);
    expect(foundOn(phoneHistory(), 'C05')).toEqual(['not-applicable', 'Requested']);
    expect(foundOn(online, 'C05', plusMinutes(requestedAt, 1))).toEqual(['pending', 'Requested']);
    const late = moved(online, 'EmailVerified', 0, plusMinutes(requestedAt, 4));
    expect(foundOn(late, 'C05')).toEqual(['fail', 'Scheduled', 'EmailVerified']);
    const unreachable = changing(online, 'Requested', { contact: { name: personal('contact', 'Ion Popescu') } });
    expect(foundOn(unreachable, 'C05')).toEqual(['fail', 'Requested']);
  });
});

describe('C06, Art. 3 e (A9): the codes', () => {
  const awaited = lapsedHistory();

  it('counts the wrong tries of each code alone, and takes five', () => {
    const first = 'VerificationCodeIssued';
    expect(foundOn(adding(awaited, ...wrongTries(1, plusSeconds(requestedAt, 10), 5)), 'C06')).toEqual(['pass', first]);
    const again = adding(
      awaited,
      ...wrongTries(1, plusSeconds(requestedAt, 10), 4),
      codeIssued(2, plusMinutes(requestedAt, 2)),
      ...wrongTries(2, plusMinutes(requestedAt, 3), 6),
    );
    const failed = resultOf(again, 'C06');
    expect(foundOn(again, 'C06')).toEqual(['fail', first, ...Array.from({ length: 6 }, () => 'VerificationFailed')]);
    expect(failed.evidence[0]).toBe(eventOf(again, first, 1).id);
  });

  it('names the codes and their entries', () => {
    expect(foundOn(online, 'C06')).toEqual(['pass', 'VerificationCodeIssued', 'EmailVerified']);
    expect(foundOn(phoneHistory(), 'C06')).toEqual(['not-applicable']);
    expect(foundOn(without(online, 'VerificationCodeIssued'), 'C06')).toEqual(['fail', 'EmailVerified']);
    expect(foundOn(changing(online, 'VerificationCodeIssued', { expiresAt: requestedAt }), 'C06')).toEqual([
      'fail',
      'VerificationCodeIssued',
      'EmailVerified',
    ]);
  });

  it('takes a code a minute after the one before and not a moment sooner, and one that a clock which went back dates before it', () => {
    const sentAgain = (seconds: number) => {
      const [at, fact] = codeIssued(2, plusSeconds(requestedAt, seconds));
      // recorded behind the first, whatever its own time says
      return adding(awaited, [at < plusSeconds(requestedAt, 2) ? plusSeconds(requestedAt, 2) : at, fact]);
    };
    expect(verdictOf(sentAgain(60), 'C06')).toBe('pass');
    expect(foundOn(sentAgain(59.999), 'C06')).toEqual(['fail', 'VerificationCodeIssued', 'VerificationCodeIssued']);
    expect(verdictOf(sentAgain(0), 'C06')).toBe('fail');
    expect(verdictOf(sentAgain(-1), 'C06')).toBe('pass');
  });

  it('takes a fourth code once an hour has gone by since the first', () => {
    const fourth = (seconds: number) =>
      adding(
        awaited,
        codeIssued(2, plusMinutes(requestedAt, 10)),
        codeIssued(3, plusMinutes(requestedAt, 20)),
        codeIssued(4, plusSeconds(requestedAt, seconds)),
      );
    expect(verdictOf(fourth(3600), 'C06')).toBe('pass');
    expect(verdictOf(fourth(3599.999), 'C06')).toBe('fail');
  });

  it('takes one from the moment of its issue until it expires, by what was written down and by the rule', () => {
    const entered = (verifiedAt: Instant, expiresAt: Instant) =>
      changing(changing(online, 'VerificationCodeIssued', { expiresAt }), 'EmailVerified', { verifiedAt });
    const hour = plusHours(requestedAt, 1);
    expect(verdictOf(entered(requestedAt, hour), 'C06')).toBe('pass');
    expect(verdictOf(entered(plusSeconds(requestedAt, -0.001), hour), 'C06')).toBe('fail');
    expect(verdictOf(entered(plusSeconds(requestedAt, 599.999), hour), 'C06')).toBe('pass');
    expect(verdictOf(entered(plusSeconds(requestedAt, 600), hour), 'C06')).toBe('fail');
    expect(verdictOf(entered(plusSeconds(requestedAt, 120), plusSeconds(requestedAt, 120.001)), 'C06')).toBe('pass');
    expect(verdictOf(entered(plusSeconds(requestedAt, 120), plusSeconds(requestedAt, 120)), 'C06')).toBe('fail');
  });

  it('is used once, and so is the next one', () => {
    const at = plusMinutes(requestedAt, 31);
    const next = { type: 'EmailVerified', data: { n: 2, verifiedAt: at, codeExpiresAt: plusMinutes(requestedAt, 40) } } as const;
    expect(verdictOf(adding(online, codeIssued(2, plusMinutes(requestedAt, 30)), [at, next]), 'C06')).toBe('pass');
  });

  it('is not undone by a code that was issued after the right one was entered', () => {
    expect(verdictOf(adding(online, codeIssued(2, plusMinutes(requestedAt, 30))), 'C06')).toBe('pass');
  });

  it('takes the order of the log where it says that a clock had gone back, for the entry and for no other', () => {
    const placed: History = {
      ...changing(online, 'EmailVerified', { verifiedAt: plusMinutes(requestedAt, -10) }),
    };
    const inLog = { ...placed, ticket: placed.ticket.map((event, index) => ({ ...event, position: `${index + 10}` })) };
    const dispute = (from: string, to: string): ClockDispute => ({
      from,
      to,
      earliest: plusHours(requestedAt, 1),
      newest: plusHours(requestedAt, 2),
      seconds: 3600,
      facts: 1,
      open: false,
    });
    // the entry is the third fact
    expect(verdictOf({ ...inLog, disputes: [dispute('12', '12')] } as History, 'C06')).toBe('pass');
    expect(verdictOf({ ...inLog, disputes: [dispute('10', '11')] } as History, 'C06')).toBe('fail');
    expect(verdictOf(inLog, 'C06')).toBe('fail');
  });
});

describe('C08 and C09, Art. 4 and 6: the slot', () => {
  it('names every place, or the one that is wrong', () => {
    for (const id of ['C08', 'C09'] as const) {
      expect(foundOn(rescheduledHistory(), id)).toEqual(['pass', 'Scheduled', 'Rescheduled']);
      expect(foundOn(rescheduledHistory({}, slotAt('2026-03-08T08:05:00.000Z')), id)).toEqual(['fail', 'Rescheduled']);
    }
    expect(foundOn(onlineHistory({ slot: slotAt('2026-05-06T08:00:00.000Z') }), 'C09')).toEqual(['fail', 'Scheduled']);
  });

  it('is in working time from the first minute to the last', () => {
    // on a Thursday from 08:00 to 17:30, by the clock of Cluj
    expect(verdictOf(onlineHistory({ slot: slotAt('2026-03-05T06:00:00.000Z') }), 'C09')).toBe('pass');
    expect(verdictOf(onlineHistory({ slot: slotAt('2026-03-05T15:15:00.000Z') }), 'C09')).toBe('pass');
  });

  it('A16: is not too far ahead in the last quarter of an hour of the last day', () => {
    const textOf = (startsAt: Instant) => resultOf(onlineHistory({ slot: slotAt(startsAt) }), 'C09').text.en;
    expect(textOf('2026-05-01T20:45:00.000Z')).toBe('Scheduled at 01.05.2026, 23:45, outside working time.');
    expect(textOf('2026-05-01T21:00:00.000Z')).toBe('Scheduled at 02.05.2026, 00:00, too far ahead.');
  });

  it('A16: says how far by the policy of the form, and of a move by its own', () => {
    const wide = policiesWith({ 'booking-horizon': { value: { days: 90 }, version: 2 } })['booking-horizon'];
    const may = slotAt('2026-05-06T08:00:00.000Z');
    const far = onlineHistory({ slot: may });
    expect(verdictOf(changing(far, 'Requested', { policies: [wide] }), 'C09')).toBe('pass');
    expect(verdictOf(changing(far, 'Scheduled', { policies: [wide] }), 'C09')).toBe('fail');
    expect(verdictOf(rescheduledHistory({}, may), 'C09')).toBe('fail');
    expect(verdictOf(changing(rescheduledHistory({}, may), 'Rescheduled', { policies: [wide] }), 'C09')).toBe('pass');
  });
});

describe('C10, Art. 4: two meetings at once', () => {
  const move = eventOf(rescheduledHistory(), 'Rescheduled').recordedAt;
  const beside = (history: History, liveFrom: Instant): History => ({
    ...history,
    otherMeetings: [{ ticketId: 'another', staffId: defaultPlot.staffId, slot, liveFrom, eventId: 'scheduled-another' }],
  });

  it('is none that came to an hour which this one had left', () => {
    expect(foundOn(beside(rescheduledHistory(), move), 'C10')).toEqual(['pass', 'Scheduled', 'Rescheduled']);
    expect(foundOn(beside(rescheduledHistory(), plusSeconds(move, -0.001)), 'C10')).toEqual(['fail', 'Scheduled', 'scheduled-another']);
  });
});

describe('C12, Art. 1 (A3): who held it', () => {
  const before = '2026-02-25T08:00:00.000Z';
  const by = (history: History, actor: Actor, ...types: readonly string[]): History => ({
    ...history,
    ticket: history.ticket.map((event) => (types.includes(event.fact.type) ? { ...event, actor } : event)),
  });
  const stranger = clerk('S-099');
  const starts = ['MeetingStarted', 'Held'];

  it('names who was given the ticket, and who began and held it', () => {
    expect(foundOn(reassignedHistory(), 'C12')).toEqual(['pass', 'Requested', 'Scheduled', 'Reassigned', 'Held']);
    expect(foundOn(changing(reassignedHistory(), 'Reassigned', { reason: personal('contact', ' ') }), 'C12')).toEqual([
      'fail',
      'Reassigned',
    ]);
    expect(foundOn(changing(online, 'MeetingStarted', { staffId: 'S-099' }), 'C12')).toEqual(['fail', 'Scheduled', ...starts]);
    expect(foundOn(by(online, stranger, ...starts), 'C12')).toEqual(['fail', 'Scheduled', ...starts]);
    expect(foundOn(by(online, stranger, 'Held'), 'C12')).toEqual(['warn', 'Scheduled', ...starts]);
    expect(foundOn(addingToRequest(withStaff(online, 'S-042'), handlerAssigned('S-042', before)), 'C12')).toEqual([
      'fail',
      'Requested',
      'Held',
    ]);
    expect(foundOn(addingToRequest(withStaff(online, 'S-042'), handlerAssigned('S-042', '2026-03-03T08:00:00.000Z')), 'C12')).toEqual([
      'fail',
      'HandlerAssigned',
      'Scheduled',
      'Held',
    ]);
    expect(foundOn(addingToRequest(withStaff(online, 'S-042'), handlerAssigned('S-042', '2026-03-04T08:00:00.000Z')), 'C12')).toEqual([
      'warn',
      'HandlerAssigned',
      'Scheduled',
      'Held',
    ]);
    expect(foundOn(citizenAbsentHistory(), 'C12')).toEqual(['not-applicable']);
  });

  it('Art. 2 b: follows the file also past an answer that was withdrawn before the meeting', () => {
    const at = '2026-03-03T08:00:01.000Z';
    const answered = addingToRequest(withStaff(online, 'S-042'), answeredOn('2026-03-02', '2026-04-01'));
    const withdrawn = { documentNumber: '154997/R0', reason: personal('office', 'Nu a plecat.'), withdrawnBy: 'r1', withdrawnAt: at };
    const moves = handlerAssigned('S-042', '2026-03-03T08:00:02.000Z');
    expect(verdictOf(addingToRequest(answered, moves), 'C12')).toBe('pass');
    expect(foundOn(addingToRequest(addingToRequest(answered, [at, { type: 'AnswerWithdrawn', data: withdrawn }]), moves), 'C12')).toEqual([
      'fail',
      'HandlerAssigned',
      'Scheduled',
      'Held',
    ]);
  });

  it('takes another person with another hour for a reason, and none that was booked instead of the one asked for', () => {
    const taken = (history: History, type: 'Scheduled' | 'Rescheduled') =>
      ['MeetingStarted', 'Held'].reduce(
        (told, each) => changing(told, each as 'MeetingStarted', { staffId: 'S-042' }),
        changing(history, type, { staffId: 'S-042' }),
      );
    const colleague = by(taken(rescheduledHistory(), 'Rescheduled'), clerk('S-042'), ...starts);
    expect(verdictOf(colleague, 'C12')).toBe('pass');
    expect(foundOn(changing(colleague, 'Rescheduled', { reason: undefined }), 'C12')).toEqual(['fail', 'Rescheduled']);
    expect(foundOn(by(taken(online, 'Scheduled'), clerk('S-042'), ...starts), 'C12')).toEqual(['fail', 'Scheduled']);
  });

  it('only warns where another noted start and end together, and says nothing of what a system noted', () => {
    const { recordedAt } = eventOf(online, 'Held');
    const together = moved(online, 'MeetingStarted', 0, recordedAt);
    expect(verdictOf(by(together, stranger, ...starts), 'C12')).toBe('warn');
    expect(verdictOf(by(together, stranger, 'MeetingStarted'), 'C12')).toBe('warn');
    expect(verdictOf(by(online, stranger, 'MeetingStarted'), 'C12')).toBe('fail');
    expect(verdictOf(by(online, { kind: 'system', id: 'webex' }, ...starts), 'C12')).toBe('pass');
    expect(verdictOf(by(inPersonHistory(), stranger, 'Held'), 'C12')).toBe('warn');
  });

  it('accuses nobody where the register names a handler whom nobody knows here, or none', () => {
    expect(verdictOf(addingToRequest(online, handlerAssigned('S-400', before)), 'C12')).toBe('pass');
    expect(verdictOf({ ...online, request: [] }, 'C12')).toBe('pass');
  });

  it('asks who gave the answer that the ticket is about, and not who gave another or has the file since', () => {
    const another = requestOtherwise(addingToRequest(clarificationHistory(), answeredOn('2026-02-20', '2026-03-23')), ({ fact }) =>
      fact.type === 'AnswerCommunicated' && fact.data.documentNumber === '154997/R0'
        ? { at: before, data: { answeredBy: 'S-042', registeredAt: before } }
        : undefined,
    );
    if (another === undefined) throw new Error('It was answered twice.');
    expect(verdictOf(withStaff(another, 'S-042'), 'C12')).toBe('pass');
    const since = addingToRequest(withStaff(clarificationHistory(), 'S-042'), handlerAssigned('S-042', '2026-03-03T08:00:00.000Z'));
    expect(verdictOf(since, 'C12')).toBe('pass');
  });

  it('counts a move of the file before the meeting began, and before an answer, also where no admission is told', () => {
    const { startedAt } = eventOf(online, 'Held').fact.data;
    const at = (moment: Instant, history = online) => addingToRequest(withStaff(history, 'S-042'), handlerAssigned('S-042', moment));
    expect(verdictOf(at(startedAt), 'C12')).toBe('pass');
    expect(verdictOf(at(plusSeconds(startedAt, -0.001)), 'C12')).toBe('warn');
    const old = { ...online, request: online.request.filter(({ fact }) => fact.type !== 'TicketAdmitted') };
    expect(verdictOf(at('2026-03-03T09:00:00.000Z', addingToRequest(old, answeredOn('2026-03-03', '2026-04-02'))), 'C12')).toBe('pass');
    expect(verdictOf(at('2026-03-03T09:00:00.000Z', old), 'C12')).toBe('fail');
  });

  it('counts the working day before the hour at which they met, and wholly', () => {
    const at = (history: History) => addingToRequest(withStaff(history, 'S-042'), handlerAssigned('S-042', '2026-03-04T08:00:00.000Z'));
    expect(verdictOf(at(rescheduledHistory()), 'C12')).toBe('fail');
    expect(verdictOf(at(changing(online, 'Requested', { slot: otherSlot })), 'C12')).toBe('warn');
    expect(verdictOf(at(without(online, 'Scheduled')), 'C12')).toBe('warn');
    // the day after the move ends at midnight
    expect(verdictOf(at(onlineHistory({ slot: slotAt('2026-03-05T22:00:00.000Z') })), 'C12')).toBe('fail');
    expect(verdictOf(at(onlineHistory({ slot: slotAt('2026-03-05T21:45:00.000Z') })), 'C12')).toBe('warn');
  });
});
