import { personal } from '../../../src/domain/kernel/personal-text';
import { handlerAssigned } from '../../support/entries';
import { cancelledHistory, inPersonHistory, onlineHistory, reassignedHistory, rescheduledHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { invited, notified, reassigned, rescheduled } from '../../support/chapters';
import { citizen, clerk, defaultPlot, otherSlot } from '../../support/plot';
import { judge } from '../../../src/domain/audit/judge';
import { plusHours } from '../../../src/domain/time/civil-time';
import { policiesWith } from '../../../src/domain/policies';
import { idsWith, resultOf } from '../../support/judging';
import { ticketFactShapes } from '../../../src/domain/ticket/facts';
import { adding, addingToRequest, answeredOn, changing, eventOf, moved, without, withStaff } from '../../support/retelling';

const online = onlineHistory();

describe('C22, Art. 3 c: held at its hour', () => {
  const atCityHall = inPersonHistory();

  it('warns of a meeting of one second and of one of two hours, in words, and of nothing between', () => {
    const lasting = (endedAt: string) => moved(atCityHall, 'Held', 0, endedAt, { endedAt });

    expect(resultOf(lasting('2026-03-05T08:00:31.000Z'), 'C22')).toMatchObject({
      verdict: 'warn',
      text: { ro: 'Întâlnirea a durat 1 s.', en: 'The meeting lasted 1 s.' },
    });
    expect(resultOf(lasting('2026-03-05T10:00:30.000Z'), 'C22')).toMatchObject({
      verdict: 'warn',
      text: { en: 'The meeting lasted 2 h.' },
    });
    expect(resultOf(lasting('2026-03-05T08:02:30.000Z'), 'C22').verdict).toBe('pass');
    expect(resultOf(lasting('2026-03-05T09:00:30.000Z'), 'C22').verdict).toBe('pass');
  });

  it('fails four days late, and says when it began', () => {
    const late = moved(atCityHall, 'Held', 0, '2026-03-09T09:00:00.000Z', {
      startedAt: '2026-03-09T08:00:30.000Z',
      endedAt: '2026-03-09T08:14:30.000Z',
    });

    expect(resultOf(late, 'C22')).toMatchObject({
      verdict: 'fail',
      text: { ro: 'Întâlnirea de la 05.03.2026, 10:00 a început la 09.03.2026, 10:00:30.' },
    });
  });

  it('accuses nobody who types the minute in which the start was pressed, and whoever types an earlier one', () => {
    const pressed = (startedAt: string) =>
      changing(changing(online, 'MeetingStarted', { startedAt }), 'Held', { startedAt: '2026-03-05T08:02:00.000Z' });
    expect(resultOf(pressed('2026-03-05T08:02:45.300Z'), 'C22').verdict).toBe('pass');
    expect(resultOf(pressed('2026-03-05T08:03:00.000Z'), 'C22').verdict).toBe('fail');
  });

  it('accuses nobody whose citizen came twelve minutes late', () => {
    const later = changing(changing(online, 'MeetingStarted', { startedAt: '2026-03-05T08:00:30.000Z' }), 'Held', {
      startedAt: '2026-03-05T08:12:00.000Z',
    });

    expect(idsWith(later, 'fail')).toEqual([]);
    expect(resultOf(later, 'C22').verdict).toBe('pass');
  });
});

describe('C23, Art. 3 b: what was matched', () => {
  it('says nothing of a ticket that is older than the keeping of it, and fails where a newer one does not say', () => {
    const [toSecond] = ticketFactShapes.Requested.upcasters;

    expect(toSecond?.({ mode: 'online' }, { actor: citizen(online.ticketId) })).toEqual({ mode: 'online', matched: ['unrecorded'] });
    expect(resultOf(changing(online, 'Requested', { matched: ['unrecorded'] }), 'C23').verdict).toBe('not-applicable');
    expect(idsWith(changing(online, 'Requested', { matched: undefined }), 'fail')).toEqual(['C23']);
  });
});

describe('C25, Art. 2: an answer of before, told after the ticket', () => {
  it('warns where the ticket was asked for within the 30 days all the same', () => {
    expect(idsWith(addingToRequest(online, answeredOn('2026-02-20', '2026-03-23')), 'warn')).toEqual(['C25']);
    expect(idsWith(addingToRequest(online, answeredOn('2026-02-20', '2026-03-23')), 'warn', '2026-03-03T07:59:59.999Z')).toEqual([]);
  });

  it('does not mind an answer of that day or later', () => {
    expect(resultOf(addingToRequest(online, answeredOn('2026-03-02', '2026-04-01')), 'C25').verdict).toBe('pass');
  });
});

/** Without the nth event of this type. */
const lacking = (history: History, type: 'InvitationSent' | 'MeetingLinkAttached', ...nth: readonly number[]): History => {
  const gone = nth.map((n) => eventOf(history, type, n).id);
  return { ...history, ticket: history.ticket.filter(({ id }) => !gone.includes(id)) };
};

describe('C11, Art. 5: host, hour and link belong together', () => {
  const reassigned = reassignedHistory();

  it('fails with the link of the person before: a reassignment makes it dead', () => {
    expect(idsWith(reassigned, 'fail')).toEqual([]);
    expect(idsWith(lacking(lacking(reassigned, 'MeetingLinkAttached', 1), 'InvitationSent', 2, 3), 'fail')).toEqual(['C11']);
    expect(idsWith(lacking(reassigned, 'MeetingLinkAttached', 1), 'fail')).toEqual(['C11']);
    expect(idsWith(lacking(reassigned, 'InvitationSent', 3), 'fail')).toEqual(['C11']);
  });

  it('fails with a link for another hour, and with one of a meeting that was removed', () => {
    expect(idsWith(changing(online, 'MeetingLinkAttached', { slot: otherSlot }), 'fail')).toEqual(['C11']);
    const removedAt = '2026-03-04T08:00:00.000Z';
    expect(idsWith(adding(online, [removedAt, { type: 'MeetingRemoved', data: { meetingId: 'M-1', removedAt } }]), 'fail')).toEqual([
      'C11',
    ]);
  });

  it('fails with an invitation “with link” that left before there was a link', () => {
    expect(idsWith(moved(online, 'MeetingLinkAttached', 0, '2026-03-02T08:00:00.000Z'), 'fail')).toEqual(['C11']);
  });

  it('warns where a link that had been there in time was replaced in the last hour', () => {
    const again = adding(online, ...invited(defaultPlot, '2026-03-05T06:45:00.000Z', defaultPlot.slot, 2));

    expect(resultOf(again, 'C11')).toMatchObject({
      verdict: 'warn',
      text: { en: 'The invitation with the link left only at 05.03.2026, 09:16.' },
    });
  });

  it('warns, and does not fail, where a colleague stepped in within the last hour', () => {
    const at = '2026-03-05T07:30:00.000Z';
    const late = [
      [3, '2026-03-05T07:40:00.000Z'],
      [2, at],
    ] as const;
    const stepped = late.reduce<History>(
      (history, [nth, acceptedAt]) => moved(history, 'InvitationSent', nth, acceptedAt, { acceptedAt }),
      moved(moved(reassigned, 'Reassigned', 0, at, { reassignedAt: at }), 'MeetingLinkAttached', 1, '2026-03-05T07:35:00.000Z', {
        attachedAt: '2026-03-05T07:35:00.000Z',
      }),
    );
    const told = moved(stepped, 'CitizenNotified', 0, '2026-03-05T07:31:00.000Z', { notifiedAt: '2026-03-05T07:31:00.000Z' });

    expect(idsWith(told, 'fail')).toEqual([]);
    expect(idsWith(told, 'warn')).toEqual(['C11']);
  });
});

describe('C19, Art. 8: told of every change, with a reason', () => {
  it('fails where nobody told that another person comes', () => {
    expect(idsWith(without(reassignedHistory(), 'CitizenNotified'), 'fail')).toEqual(['C19']);
    expect(resultOf(without(reassignedHistory(), 'CitizenNotified'), 'C19', '2026-03-04T09:00:00.000Z')).toMatchObject({
      verdict: 'pending',
      failsAt: '2026-03-05T08:00:00.000Z',
    });
  });

  it('owes that notice in an old log as well, where the fact does not say by when', () => {
    const old = changing(without(reassignedHistory(), 'CitizenNotified'), 'Reassigned', { noticeDueAt: undefined });

    expect(idsWith(old, 'fail')).toEqual(['C19']);
  });

  it.each([
    ['moved', (reasonText?: string) => changing(rescheduledHistory(), 'Rescheduled', inWords(reasonText))],
    ['cancelled', (reasonText?: string) => changing(cancelledHistory(), 'Cancelled', inWords(reasonText))],
  ])('A20: `other` says why in words, where it was %s', (_, history) => {
    expect(idsWith(history(), 'fail')).toEqual(['C19']);
    expect(idsWith(history('  '), 'fail')).toEqual(['C19']);
    expect(idsWith(history('sala este în renovare'), 'fail')).toEqual([]);
  });

  it('takes no outcome that its channel cannot have', () => {
    expect(idsWith(changing(rescheduledHistory(), 'CitizenNotified', { channel: 'phone', outcome: 'accepted' }), 'fail')).toEqual(['C19']);
  });

  it('accuses nobody who told once of two moves, the later one to another person', () => {
    const first = '2026-03-03T08:00:00.000Z';
    const second = '2026-03-03T10:00:00.000Z';
    const colleague = { ...defaultPlot, staffId: 'S-042' };
    const [move] = rescheduled(defaultPlot, first, otherSlot);
    const twice = (told: string) =>
      adding(
        without(rescheduledHistory(), 'Rescheduled', 'CitizenNotified'),
        ...(move === undefined ? [] : [move]),
        reassigned({ ...defaultPlot, slot: otherSlot }, second, { sequence: 4, noticeDueAt: '2026-03-04T10:00:00.000Z' }),
        notified(told, 'reassigned'),
        ...invited(colleague, '2026-03-03T10:05:00.000Z', otherSlot, 5),
      );

    expect(resultOf(twice('2026-03-03T10:10:00.000Z'), 'C19').verdict).toBe('pass');
    expect(resultOf(twice('2026-03-04T08:00:00.001Z'), 'C19').verdict).toBe('fail');
  });

  it('accuses nobody of not having told a citizen who then moved the meeting again', () => {
    const by = '2026-03-03T09:00:00.000Z';
    const [own] = rescheduled(defaultPlot, by, otherSlot, 4);
    const moves =
      own?.[1].type === 'Rescheduled' ? { ...own[1], data: { ...own[1].data, by: 'citizen' as const, requestedAt: by } } : undefined;
    const history = adding(without(rescheduledHistory(), 'CitizenNotified'), ...(moves === undefined ? [] : [[by, moves] as const]));

    expect(resultOf(history, 'C19').verdict).toBe('pass');
  });
});

describe('C14, Art. 7: a document of its own', () => {
  it.each([
    ['154997', 'fail'],
    [' 154.997/425 ', 'fail'],
    ['154997/425/16.02.2026', 'fail'],
    ['', 'fail'],
    ['  ', 'fail'],
    ['154997/425/05.03.2025', 'pass'],
    ['R-TA-7D3E8F40', 'pass'],
  ])('under the number %j: %s', (documentNumber, verdict) => {
    expect(resultOf(changing(online, 'ResolutionFiled', { documentNumber }), 'C14').verdict).toBe(verdict);
  });

  it.each([
    ['unknown', 'The register shows no document of the number that was typed with the request.'],
    ['other-type', 'In the register the document of the number that was typed is not of the type “Tichetul albastru”.'],
    ['other-request', 'In the register the document of the number that was typed is connected to another request.'],
    ['before-the-meeting', 'In the register the document of the number that was typed is older than the day of the meeting.'],
  ] as const)('and the register must not say otherwise: %s', (finding, en) => {
    const at = '2026-03-06T10:00:00.000Z';
    const [filed] = online.ticket.flatMap(({ fact }) => (fact.type === 'ResolutionFiled' ? [fact] : []));
    if (filed === undefined) throw new Error('It is filed.');
    const { documentNumber } = filed.data;
    const disproved = adding(online, [at, { type: 'FilingDisproved', data: { documentNumber, finding, disprovedAt: at, policies: [] } }]);
    expect(idsWith(disproved, 'fail')).toEqual(['C14']);
    expect(resultOf(disproved, 'C14')).toMatchObject({ text: { en } });
    const dayOf = judge(disproved, at).checks.find(({ id }) => id === 'C14');
    expect(dayOf).toMatchObject({ verdict: 'pending', text: { en }, failsAt: '2026-03-06T22:00:00.000Z' });

    const typedAgain = adding(disproved, [plusHours(at, 1), filed]);
    expect(resultOf(typedAgain, 'C14')).toMatchObject({ verdict: 'fail', text: { en } });
    const corrected = adding(disproved, [
      plusHours(at, 1),
      { ...filed, data: { ...filed.data, documentNumber: '161299', filedAt: plusHours(at, 1) } },
    ]);
    expect(resultOf(corrected, 'C14')).toMatchObject({ verdict: 'pass', grade: 'declared' });
    const shown = adding(typedAgain, [plusHours(at, 2), { ...filed, data: { ...filed.data, grade: 'observed' } }]);
    expect(resultOf(shown, 'C14')).toMatchObject({ verdict: 'pass', grade: 'observed' });
  });

  it('fails where it was connected before they met', () => {
    expect(idsWith(changing(online, 'ResolutionFiled', { filedAt: '2026-03-05T08:00:29.999Z' }), 'fail')).toEqual(['C14']);
  });
});

/** The same story, in which somebody else caused the facts of these types. */
const by = (history: History, staffId: string, ...types: readonly string[]): History => ({
  ...history,
  ticket: history.ticket.map((event) => (types.includes(event.fact.type) ? { ...event, actor: clerk(staffId) } : event)),
});
/** The file goes to a colleague at that moment. */
const movedFile = (at: string, history = online, to = 'S-042'): History => addingToRequest(withStaff(history, to), handlerAssigned(to, at));

describe('C12, Art. 1 (A3): whoever has the file holds the meeting', () => {
  it('fails where somebody else began it, and warns where somebody else noted afterwards that it was held', () => {
    expect(idsWith(by(online, 'S-099', 'MeetingStarted', 'Held'), 'fail')).toEqual(['C12']);
    expect(idsWith(by(online, 'S-099', 'Held'), 'fail')).toEqual([]);
    expect(idsWith(by(online, 'S-099', 'Held'), 'warn')).toEqual(['C12']);
  });

  it('fails where the file had moved more than one working day before, and warns where it moved later', () => {
    // on Tuesday, with all of Wednesday before the Thursday of the meeting
    expect(idsWith(movedFile('2026-03-03T21:59:59.999Z'), 'fail')).toEqual(['C12']);
    expect(idsWith(movedFile('2026-03-03T22:00:00.000Z'), 'warn')).toEqual(['C12']);
    expect(idsWith(movedFile('2026-03-05T07:59:59.999Z'), 'warn')).toEqual(['C12']);
    expect(resultOf(movedFile('2026-03-05T08:01:00.000Z'), 'C12').verdict).toBe('pass');
  });

  it('accuses nobody where the ticket was given on, the file came back, was answered first, or its new hands have left', () => {
    expect(resultOf(movedFile('2026-03-03T08:00:00.000Z', reassignedHistory()), 'C12').verdict).toBe('pass');
    expect(resultOf(movedFile('2026-03-03T08:00:00.000Z', reassignedHistory(), 'S-043'), 'C12').verdict).toBe('pass');
    expect(resultOf(movedFile('2026-03-03T09:00:00.000Z', movedFile('2026-03-03T08:00:00.000Z'), 'S-017'), 'C12').verdict).toBe('pass');
    expect(
      resultOf(movedFile('2026-03-03T09:00:00.000Z', addingToRequest(online, answeredOn('2026-03-03', '2026-04-02'))), 'C12').verdict,
    ).toBe('pass');
    const at = '2026-03-04T08:00:00.000Z';
    const left = {
      ...withStaff(movedFile('2026-03-03T08:00:00.000Z'), 'S-042', [at, { type: 'StaffLeft', data: { on: '2026-03-04', recordedAt: at } }]),
    };
    expect(resultOf(left, 'C12').verdict).toBe('pass');
  });

  it('asks again after a file that moved once more behind the reassignment', () => {
    expect(idsWith(movedFile('2026-03-04T09:00:00.000Z', reassignedHistory(), 'S-043'), 'warn')).toEqual(['C12']);
  });
});

describe('C19 (A19): the citizen alone', () => {
  const limit = policiesWith()['reschedule-limit'];
  const own = (n: number, times: number) => {
    const at = `2026-03-02T1${n}:00:00.000Z`;
    const [move] = rescheduled(defaultPlot, at, n % 2 === 0 ? defaultPlot.slot : otherSlot, n + 3);
    if (move?.[1].type !== 'Rescheduled') throw new Error('No move.');
    const data = { ...move[1].data, by: 'citizen' as const, citizenAgreed: true, policies: [{ ...limit, value: { times } }] };
    return [at, { ...move[1], data }] as const;
  };

  it('may not move it more often than the limit that the move was stamped with', () => {
    expect(resultOf(adding(online, own(1, 2), own(2, 2)), 'C19').verdict).toBe('not-applicable');
    expect(resultOf(adding(online, own(1, 2), own(2, 2), own(3, 2)), 'C19').verdict).toBe('fail');
    expect(resultOf(adding(online, own(1, 3), own(2, 3), own(3, 3)), 'C19').verdict).toBe('not-applicable');
  });
});

const inWords = (reasonText?: string) => ({
  reason: 'other' as const,
  reasonText: reasonText === undefined ? undefined : personal('contact', reasonText),
});
