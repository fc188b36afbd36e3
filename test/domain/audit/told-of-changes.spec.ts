import { auditChecks } from '../../../src/domain/audit/judge';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import type { RequestFact } from '../../../src/domain/request/facts';
import type { Cancelled, CitizenNotified, Reassigned, Rescheduled, StaffAbsent } from '../../../src/domain/ticket/facts';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import type { Slot } from '../../../src/domain/time/slot';
import { booked, cancelled, invited, reassigned, rescheduled, staffAbsent } from '../../support/chapters';
import { admissionEnded, admitted } from '../../support/entries';
import {
  cancelledHistory,
  modeChangedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import { type History, historyOf } from '../../support/history';
import { resultOf, settled } from '../../support/judging';
import { defaultPlot as plot, type Entry, otherSlot, slotAt, type TicketEntry } from '../../support/plot';
import { addressHolds, phoneHolds } from './law/addresses';
import { adding, addingToRequest, changing, eventOf, without } from '../../support/retelling';

/** Changes of data; `undefined` takes a field away. */
type With<F extends { readonly data: object }> = { readonly [K in keyof F['data']]?: F['data'][K] | undefined };
const withData = <F extends TicketEntry[1]>(fact: F, changes: object): F => {
  const data = Object.entries({ ...fact.data, ...changes }).filter(([, value]) => value !== undefined);
  return { ...fact, data: Object.fromEntries(data) };
};
const otherwise = (entry: TicketEntry | undefined, changes: object): TicketEntry => {
  if (entry === undefined) throw new Error('There is nothing to tell otherwise.');
  const [at, fact, actor] = entry;
  return actor === undefined ? [at, withData(fact, changes)] : [at, withData(fact, changes), actor];
};

/** Tuesday at ten in Cluj. */
const eight = '2026-03-03T08:00:00.000Z';
const noon = '2026-03-03T12:00:00.000Z';
const nextDay = '2026-03-04T08:00:00.000Z';
const twoDaysOn = '2026-03-05T22:00:00.000Z';
const aMomentAfter = (at: Instant): Instant => plusSeconds(at, 0.001);
const aMomentBefore = (at: Instant): Instant => plusSeconds(at, -0.001);
const stampOf = (hours: number) => policiesWith({ 'notice-deadline': { value: { hours }, version: 2 } })['notice-deadline'];

const move = (at: Instant, changes: With<Rescheduled> = {}, to: Slot = otherSlot): TicketEntry =>
  otherwise(rescheduled(plot, at, to)[0], changes);
const ownMove = (at: Instant, to: Slot = otherSlot): TicketEntry =>
  move(at, { by: 'citizen', citizenAgreed: true, noticeDueAt: undefined }, to);
const cancel = (at: Instant, changes: With<Cancelled> = {}): TicketEntry => otherwise(cancelled(plot, at), changes);
const ownCancel = (at: Instant): TicketEntry => cancelled(plot, at, 'citizen');
const absent = (at: Instant, changes: With<StaffAbsent> = {}): TicketEntry => otherwise(staffAbsent(plot, at), changes);
const toColleague = (at: Instant, changes: With<Reassigned> = {}): TicketEntry => otherwise(reassigned(plot, at), changes);
const tell = (at: Instant, about: CitizenNotified['data']['about'], changes: With<CitizenNotified> = {}): TicketEntry =>
  otherwise([at, { type: 'CitizenNotified', data: { about, channel: 'email', outcome: 'accepted', notifiedAt: at } }], changes);
const decline = (at: Instant, about: CitizenNotified['data']['about']): TicketEntry =>
  tell(at, about, { channel: 'phone', outcome: 'declined-new-slot' });
/** The entry of the old hour is replaced at once, so that nothing but the telling is open. */
const replaced = (at: Instant, sequence = 2): TicketEntry => otherwise(invited(plot, at, otherSlot, sequence)[0], {});

const story = (...entries: readonly TicketEntry[]): History =>
  historyOf(plot, [...booked(plot), ...invited(plot, '2026-03-02T07:05:00.000Z'), ...entries]);
const found = (history: History, asOf: Instant = settled) => resultOf(history, 'C19', asOf);

const verdictOf = (...entries: readonly TicketEntry[]) => found(story(...entries)).verdict;
const missing = (...entries: readonly TicketEntry[]): string => found(story(...entries)).text.en;
const shown = (history: History, asOf: Instant = settled): readonly string[] => {
  const ids = new Map([...history.ticket, ...history.request].map(({ id, fact: { type } }) => [id, type]));
  const { verdict, evidence } = found(history, asOf);
  return [verdict, ...evidence.map((id) => ids.get(id) ?? id)];
};

describe('C19, Art. 8 (A21): by when the citizen is told', () => {
  const far = '2026-03-06T08:00:00.000Z';

  it.each<readonly [string, Instant, readonly TicketEntry[]]>([
    ['moved, from when it was asked for', nextDay, [[plusMinutes(eight, 5), move(eight)[1]]]],
    ['moved, though a later day is written beside the hours', nextDay, [move(eight, { noticeDueAt: far })]],
    ['moved, by the hours of then', '2026-03-03T20:00:00.000Z', [move(eight, { policies: [stampOf(12)] })]],
    ['moved by an old fact that keeps no hours, when it says', far, [move(eight, { noticeDueAt: far, policies: [] })]],
    ['moved to the same day, before the new hour', noon, [move(eight, {}, slotAt(noon))]],
    ['cancelled, though a later day is written beside the hours', nextDay, [cancel(eight, { noticeDueAt: far, policies: [stampOf(24)] })]],
    ['cancelled by an old fact, when it says', far, [cancel(eight, { noticeDueAt: far, newSlotDueAt: undefined })]],
    ['given to a colleague by an old fact that does not say', nextDay, [toColleague(eight)]],
    ['given to a colleague by a fact that keeps no hours, when it says', far, [toColleague(eight, { noticeDueAt: far })]],
    ['given to a colleague, though a later day is written', nextDay, [toColleague(eight, { noticeDueAt: far, policies: [stampOf(24)] })]],
    ['given to a colleague, sooner where that is written', noon, [toColleague(eight, { noticeDueAt: noon, policies: [stampOf(24)] })]],
    ['given to a colleague, by the hours of then', noon, [toColleague(eight, { policies: [stampOf(4)] })]],
    ['given to a colleague on the day before, before the hour', plot.slot.startsAt, [toColleague('2026-03-04T12:00:00.000Z')]],
  ])('%s: by %s', (_, due, entries) => {
    const at = entries[0]?.[0] ?? '';
    const about = ({ Rescheduled: 'rescheduled', Cancelled: 'cancelled', Reassigned: 'reassigned' } as const)[
      entries[0]?.[1].type as 'Rescheduled' | 'Cancelled' | 'Reassigned'
    ];
    const untold = [...entries, replaced(at)];
    const noMore = decline(due, about);
    expect(found(story(...untold), plusSeconds(at, 600))).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(found(story(...untold), due).verdict).toBe('pending');
    expect(verdictOf(...untold, noMore)).toBe('pass');
    expect(missing(...untold, decline(aMomentAfter(due), about))).toContain('telling the citizen');
  });

  it('cancelled by an old fact that does not say: at once, when it was recorded', () => {
    const silent = cancel(eight, { noticeDueAt: undefined, newSlotDueAt: undefined });
    expect(verdictOf(silent, tell(eight, 'cancelled'))).toBe('pass');
    expect(missing(silent, tell(aMomentAfter(eight), 'cancelled'))).toBe(
      'Not done in time: telling the citizen, superseding the old invitation.',
    );
  });

  it('moved twice: within 24 hours of the first, with the second, where the hour between was left in time', () => {
    const again = (at: Instant): readonly TicketEntry[] => [move(eight, {}, slotAt(noon)), move(at, { sequence: 3 }), replaced(at, 3)];
    const ten = '2026-03-03T10:00:00.000Z';
    expect(found(story(...again(ten)), aMomentAfter(ten))).toMatchObject({ verdict: 'pending', failsAt: nextDay });
    expect(verdictOf(...again(ten), tell(nextDay, 'rescheduled'))).toBe('pass');
    expect(verdictOf(...again(ten), tell(aMomentAfter(nextDay), 'rescheduled'))).toBe('fail');
    expect(verdictOf(...again(noon), tell(nextDay, 'rescheduled'))).toBe('pass');
    expect(missing(...again(aMomentAfter(noon)), tell(nextDay, 'rescheduled'))).toContain('telling the citizen');
    // the second one sooner than the first: each by its own
    const hurried = [move(eight, { sequence: 2 }), move(ten, { sequence: 3 }, slotAt(noon)), replaced(ten, 3)];
    expect(missing(...hurried, tell(nextDay, 'rescheduled'))).toBe('Not done in time: telling the citizen.');
    expect(found(story(...hurried), aMomentAfter(ten))).toMatchObject({ failsAt: noon });
  });
});

describe('C19, Art. 8 (A21): who was told', () => {
  const moved = [move(eight), replaced(eight)];

  it('is whoever was told of it from then on, and of nothing before', () => {
    expect(verdictOf(...moved, tell(eight, 'rescheduled'))).toBe('pass');
    expect(verdictOf(...moved, tell(aMomentBefore(eight), 'rescheduled'))).toBe('fail');
  });

  it.each([
    ['rescheduled', ['rescheduled', 'cancelled'], moved],
    ['cancelled', ['cancelled'], [cancel(eight, { newSlotDueAt: undefined }), replaced(eight)]],
    ['reassigned', ['reassigned'], [toColleague(eight), replaced(eight)]],
    ['absent', ['staff-absent', 'rescheduled', 'cancelled'], [absent(eight), move(plusMinutes(eight, 1), { by: 'citizen' })]],
  ] as const)('where it was %s is told of it by a notice about %j', (_, tells, entries) => {
    for (const about of ['rescheduled', 'cancelled', 'staff-absent', 'reassigned'] as const) {
      const told = missing(...entries, tell(noon, about));
      if ((tells as readonly string[]).includes(about)) expect(told).not.toContain('telling the citizen');
      else expect(told).toContain('telling the citizen');
    }
  });

  it('is nobody who did not answer, whose letter came back, or of whom it is said what cannot be', () => {
    const told = (...notices: readonly With<CitizenNotified>[]) =>
      verdictOf(...moved, ...notices.map((changes) => tell(noon, 'rescheduled', changes)));
    const letter = { letterId: 'change-1' };
    expect(told({ channel: 'phone', outcome: 'reached' })).toBe('pass');
    expect(told({ channel: 'phone', outcome: 'voicemail' })).toBe('fail');
    expect(told({ channel: 'email', outcome: 'reached' })).toBe('fail');
    expect(told(letter)).toBe('pass');
    expect(told(letter, { ...letter, outcome: 'bounced' })).toBe('fail');
    expect(told(letter, { letterId: 'change-2', outcome: 'bounced' })).toBe('pass');
    expect(told(letter, { outcome: 'bounced' })).toBe('pass');
    expect(told(letter, { ...letter, outcome: 'bounced' }, { letterId: 'change-2' })).toBe('pass');
    expect(told({}, { ...letter, outcome: 'bounced' })).toBe('pass');
    expect(told({}, { outcome: 'bounced' })).toBe('pass');
  });

  describe('by post', () => {
    const dataOf = ({ postedOn, ...changes }: With<CitizenNotified>): With<CitizenNotified> => ({
      channel: 'post',
      outcome: 'posted',
      postedOn,
      notifiedAt: `${String(postedOn)}T00:00:00.000Z` < eight ? eight : plusHours(`${String(postedOn)}T00:00:00.000Z`, -2),
      ...changes,
    });
    const writtenTo = (history: History): History =>
      changing(history, 'Requested', { contact: { name: personal('contact', 'Ion'), postalAddress: personal('contact', 'Str. Horea 1') } });
    const judged = (to: Slot, ...notices: readonly With<CitizenNotified>[]) =>
      found(writtenTo(story(move(eight, {}, to), replaced(eight), ...notices.map((data) => tell(noon, 'rescheduled', dataOf(data))))))
        .verdict;

    it('is whoever has nothing but a postal address, with the day on which it was posted', () => {
      expect(judged(otherSlot, { postedOn: '2026-03-03' })).toBe('pass');
      // the day on which the 24 hours end counts whole: the post keeps no hours
      expect(judged(otherSlot, { postedOn: '2026-03-04' })).toBe('pass');
      expect(judged(otherSlot, { postedOn: '2026-03-05' })).toBe('fail');
      const withPhone = story(move(eight), replaced(eight), tell(noon, 'rescheduled', dataOf({ postedOn: '2026-03-03' })));
      expect(found(withPhone).verdict).toBe('fail');
    });
    it('GDPR 16: is judged by the contact that was in force when it was posted, whatever was given later', () => {
      const posted = tell(noon, 'rescheduled', dataOf({ postedOn: '2026-03-03' }));
      const judgedWith = (given: TicketEntry) => found(writtenTo(story(move(eight), replaced(eight), posted, given))).verdict;
      const later = plusMinutes(noon, 1);
      const earlier = plusMinutes(noon, -1);
      expect([judgedWith(phoneHolds(later)), judgedWith(addressHolds(later, 1))]).toEqual(['pass', 'pass']);
      expect([judgedWith(phoneHolds(earlier)), judgedWith(addressHolds(earlier, 1))]).toEqual(['fail', 'fail']);
    });
    it('is nobody to whom it was posted on the day of the new hour', () => {
      const nextNoon = slotAt('2026-03-04T12:00:00.000Z');
      expect(judged(nextNoon, { postedOn: '2026-03-03' })).toBe('pass');
      expect(judged(nextNoon, { postedOn: '2026-03-04' })).toBe('fail');
    });
    it('is nobody whose letter came back, and whoever had another in time', () => {
      const [sent, back] = [{ postedOn: '2026-03-03' }, { postedOn: '2026-03-03', outcome: 'bounced', notifiedAt: noon }] as const;
      expect(judged(otherSlot, sent, back)).toBe('fail');
      expect(judged(otherSlot, sent, back, { postedOn: '2026-03-04' })).toBe('pass');
      expect(judged(otherSlot, sent, { postedOn: '2026-03-04', outcome: 'bounced', notifiedAt: noon })).toBe('pass');
    });
  });

  it('is told of a change with the next one, but not before that was made', () => {
    const ten = '2026-03-03T10:00:00.000Z';
    const twice = [move(eight), toColleague(ten, { sequence: 3 }), replaced(ten, 3)];
    expect(verdictOf(...twice, tell(ten, 'reassigned'))).toBe('pass');
    expect(verdictOf(...twice, tell(aMomentBefore(ten), 'reassigned'))).toBe('fail');
    // a word about the second of before it told nobody of the first either, whose day was over when it was said again
    const again = tell('2026-03-04T09:00:00.000Z', 'reassigned');
    expect(missing(...twice, tell(aMomentBefore(ten), 'reassigned'), again)).toBe('Not done in time: telling the citizen.');
    expect(verdictOf(...twice, tell(noon, 'rescheduled'), again)).toBe('pass');
    // nor by a word of before the first, though the second bears an earlier time
    const [early, late] = [toColleague(noon, { sequence: 3, reassignedAt: eight }), move(noon, { sequence: 2 })];
    expect(missing(late, early, replaced(noon, 3), [noon, tell(ten, 'reassigned')[1]])).toBe('Not done in time: telling the citizen.');
    // told of the first alone, nobody knows of the second
    expect(missing(...twice, tell(noon, 'rescheduled'))).toBe('Not done in time: telling the citizen.');
  });

  it('is a citizen who then moved or cancelled it themselves, after that change and by the same hour; not one who was left waiting', () => {
    for (const act of [ownMove, ownCancel]) {
      expect(verdictOf(...moved, act(nextDay))).toBe('pass');
      expect(verdictOf(...moved, act(aMomentAfter(nextDay)))).toBe('fail');
      expect(verdictOf(act(aMomentBefore(eight)), ...moved)).toBe('fail');
      expect(verdictOf(toColleague(eight), replaced(eight), act(nextDay))).toBe('pass');
      // told too late, but after they had acted
      expect(verdictOf(...moved, act(noon), tell(aMomentAfter(nextDay), 'rescheduled'))).toBe('pass');
      expect(verdictOf(...moved, tell(noon, 'rescheduled'), act(aMomentAfter(nextDay)))).toBe('pass');
    }
    expect(missing(absent(eight), ownCancel(noon))).toBe('Not done in time: telling the citizen.');
    expect(missing(...moved, cancel(noon, { sequence: 3, newSlotDueAt: undefined }), replaced(noon, 3))).toContain('telling the citizen');
  });
});

describe('C19, Art. 8 (A20): the reason', () => {
  const told = [replaced(eight), tell(noon, 'rescheduled')];

  it('is a word of the list; text alone is none, and a text that was erased was one', () => {
    expect(missing(move(eight, { reason: undefined, reasonText: personal('contact', 'boală') }), ...told)).toBe(
      'Not done in time: the reason.',
    );
    expect(verdictOf(otherwise(move(eight, { reason: 'other' }), { reasonText: 'erased' }), ...told)).toBe('pass');
    expect(verdictOf(move(eight, { reason: 'other' }), ...told)).toBe('fail');
  });
});

describe('C19, Art. 8: a new slot in two working days', () => {
  const cancelledAt = (changes: With<Cancelled> = {}): readonly TicketEntry[] => [cancel(eight, changes), tell(eight, 'cancelled')];
  const noNewSlot = 'Not done in time: a new slot or the citizen’s refusal.';

  it('is a refusal, by the end of the second day', () => {
    expect(found(story(...cancelledAt()), noon)).toMatchObject({ verdict: 'pending', failsAt: twoDaysOn });
    expect(verdictOf(...cancelledAt(), decline(twoDaysOn, 'cancelled'))).toBe('pass');
    expect(missing(...cancelledAt(), decline(aMomentAfter(twoDaysOn), 'cancelled'))).toBe(noNewSlot);
  });

  it('is due by the days of then, though a later day is written beside them', () => {
    const oneDay = policiesWith({ 'outcome-deadline': { value: { workingDays: 1 }, version: 2 } })['outcome-deadline'];
    const later = { newSlotDueAt: '2026-03-20T22:00:00.000Z' };
    expect(found(story(...cancelledAt({ ...later, policies: [oneDay] })), noon)).toMatchObject({ failsAt: '2026-03-04T22:00:00.000Z' });
    expect(found(story(...cancelledAt(later)), noon)).toMatchObject({ failsAt: later.newSlotDueAt });
  });

  it('is a move from the absence on, not one before it', () => {
    const told = tell(plusMinutes(eight, 10), 'staff-absent');
    const by = { by: 'citizen' } as const;
    expect(verdictOf(absent(eight), told, move(eight, by))).toBe('pass');
    expect(verdictOf(absent(eight), told, move(twoDaysOn, by))).toBe('pass');
    expect(missing(absent(eight), told, move(aMomentAfter(twoDaysOn), by))).toBe(noNewSlot);
    expect(missing(move(aMomentBefore(eight), by), absent(eight), told)).toBe(noNewSlot);
  });

  it('is the citizen’s own cancelling from then on, whichever way came first', () => {
    const told = tell(plusMinutes(eight, 10), 'staff-absent');
    expect(verdictOf(absent(eight), told, ownCancel(eight))).toBe('pass');
    expect(missing(absent(eight), told, cancel(noon, { newSlotDueAt: undefined }), tell(noon, 'cancelled'))).toBe(noNewSlot);
    expect(missing(absent(noon), tell(noon, 'staff-absent'), [noon, ownCancel(eight)[1]])).toBe(noNewSlot);
    expect(verdictOf(absent(eight), told, decline(noon, 'staff-absent'), ownCancel(aMomentAfter(twoDaysOn)))).toBe('pass');
    expect(verdictOf(absent(eight), told, ownCancel(noon), decline(aMomentAfter(twoDaysOn), 'staff-absent'))).toBe('pass');
  });

  const end = (ticketId: string, endedAt: Instant): Entry<RequestFact> => admissionEnded(ticketId, endedAt);

  it('is another ticket of the same request from then on, that had not ended by the limit', () => {
    const history = story(...cancelledAt());
    const given = (...entries: readonly Entry<RequestFact>[]) => found(addingToRequest(history, ...entries)).verdict;
    expect(given(admitted('another', eight))).toBe('pass');
    expect(given(admitted('another', aMomentBefore(eight)))).toBe('fail');
    expect(given(admitted('another', twoDaysOn))).toBe('pass');
    expect(given(admitted('another', aMomentAfter(twoDaysOn)))).toBe('fail');
    expect(given(admitted(history.ticketId, noon))).toBe('fail');
    expect(given(admitted('another', noon), end('another', twoDaysOn))).toBe('fail');
    expect(given(admitted('another', noon), end('another', aMomentAfter(twoDaysOn)))).toBe('pass');
    expect(given(admitted('another', noon), end(history.ticketId, noon))).toBe('pass');
    expect(shown(addingToRequest(history, admitted('another', noon)))).toEqual(['pass', 'Cancelled', 'CitizenNotified', 'TicketAdmitted']);
  });

  it('is asked for after a cancelling and an absence alone, and where the fact says so', () => {
    expect(verdictOf(...cancelledAt({ newSlotDueAt: undefined }))).toBe('pass');
    expect(verdictOf(move(eight), replaced(eight), tell(eight, 'rescheduled'))).toBe('pass');
  });
});

describe('C19, Art. 8: the old calendar entry', () => {
  const told = tell(noon, 'rescheduled', { channel: 'phone', outcome: 'reached' });
  const oldEntry = 'Not done in time: superseding the old invitation.';

  it('is replaced by a letter as new as the change, by the same hour', () => {
    expect(verdictOf(move(eight), told, replaced(nextDay))).toBe('pass');
    expect(missing(move(eight), told, replaced(aMomentAfter(nextDay)))).toBe(oldEntry);
    expect(missing(move(eight), told, replaced(noon, 1))).toBe(oldEntry);
    const history = story(move(eight), told, replaced(noon), replaced(plusMinutes(noon, 1), 3));
    expect(found(history).evidence.at(-1)).toBe(eventOf(history, 'InvitationSent', 2).id);
  });

  it('is withdrawn by an e-mail that tells of it and was accepted, and by no other word', () => {
    expect(verdictOf(move(eight), tell(nextDay, 'rescheduled'))).toBe('pass');
    expect(missing(move(eight), told)).toBe(oldEntry);
    expect(missing(move(eight), tell(noon, 'rescheduled', { outcome: 'declined-new-slot' }))).toBe(oldEntry);
  });

  it('is nobody’s where no invitation was older than the change', () => {
    const declined = (history: History) =>
      found(changing(history, 'CitizenNotified', { channel: 'phone', outcome: 'declined-new-slot' })).verdict;
    expect(declined(cancelledHistory())).toBe('fail');
    expect(declined(without(cancelledHistory(), 'InvitationSent'))).toBe('pass');
    const asNew = changing(cancelledHistory(), 'InvitationSent', { sequence: 2 });
    expect(shown(asNew)).toEqual(['pass', 'Cancelled', 'CitizenNotified', 'CitizenNotified']);
    expect(verdictOf(absent(eight), tell(noon, 'staff-absent', { channel: 'phone', outcome: 'reached' }), ownMove(noon))).toBe('pass');
  });
});

describe('C19: what it shows and says', () => {
  it.each<readonly [string, History, readonly string[]]>([
    [
      'of two things of one instant, the telling',
      story(move(eight), replaced(eight), tell(noon, 'rescheduled'), ownCancel(noon)),
      ['pass', 'Rescheduled', 'InvitationSent', 'CitizenNotified'],
    ],
    [
      'of two ways of one instant, the refusal',
      story(absent(eight), tell(eight, 'staff-absent'), ownCancel(noon), decline(noon, 'staff-absent')),
      ['pass', 'StaffAbsent', 'CitizenNotified', 'CitizenNotified'],
    ],
    ['moved', rescheduledHistory(), ['pass', 'Rescheduled', 'CitizenNotified', 'InvitationSent']],
    ['given to a colleague', reassignedHistory(), ['pass', 'Reassigned', 'CitizenNotified', 'InvitationSent']],
    ['cancelled', cancelledHistory(), ['pass', 'Cancelled', 'CitizenNotified', 'CitizenNotified']],
    [
      'absent, then moved',
      staffAbsentHistory(),
      ['pass', 'StaffAbsent', 'Rescheduled', 'CitizenNotified', 'CitizenNotified', 'InvitationSent'],
    ],
    [
      'by phone, without letters',
      adding(phoneHistory(), ...[move(eight), tell(noon, 'rescheduled')]),
      ['pass', 'Rescheduled', 'CitizenNotified'],
    ],
    ['nobody told', story(move(eight)), ['fail', 'Rescheduled']],
    ['changed by nobody', onlineHistory(), ['not-applicable']],
    ['moved and cancelled by the citizen', story(ownMove(eight), ownCancel(noon)), ['not-applicable']],
  ])('%s: the change, and what was done about it', (_, history, expected) => {
    expect(shown(history)).toEqual(expected);
  });

  it('says “rescheduled” only where somebody was: moved by staff, or given another hour', () => {
    const [told, rescheduled] = ['The citizen was told, with a reason.', 'The citizen was told and rescheduled, with a reason.'];
    for (const history of [reassignedHistory(), modeChangedHistory(), cancelledHistory()]) expect(found(history).text.en).toBe(told);
    const givenAnother = addingToRequest(story(cancel(eight), tell(eight, 'cancelled')), admitted('another', noon));
    for (const history of [rescheduledHistory(), staffAbsentHistory(), givenAnother]) expect(found(history).text.en).toBe(rescheduled);
    expect(auditChecks.C19.name.en).not.toContain('rescheduled');
  });

  it('names what is still to be done, the next first, and what was not, in the order of the law', () => {
    const untold = story(cancel(eight, { reason: undefined }));
    const waiting = found(story(cancel(eight)), noon);
    expect(waiting).toMatchObject({ verdict: 'pending', failsAt: nextDay });
    expect(shown(story(cancel(eight)), noon)).toEqual(['pending', 'Cancelled']);
    expect(waiting.text).toEqual({
      ro: 'De îndeplinit: înștiințarea cetățeanului, înlocuirea invitației vechi, o oră nouă sau refuzul cetățeanului.',
      en: 'Still to be done: telling the citizen, superseding the old invitation, a new slot or the citizen’s refusal.',
    });
    expect(found(untold).text).toEqual({
      ro: 'Neîndeplinit la timp: motivul, înștiințarea cetățeanului, o oră nouă sau refuzul cetățeanului, înlocuirea invitației vechi.',
      en: 'Not done in time: the reason, telling the citizen, a new slot or the citizen’s refusal, superseding the old invitation.',
    });
  });
});

describe('C19 (A19): the citizen’s own moves', () => {
  const limit = policiesWith({ 'reschedule-limit': { value: { times: 1 }, version: 2 } })['reschedule-limit'];
  const own = (at: Instant): TicketEntry => otherwise(ownMove(at), { policies: [limit] });
  const [one, two, three] = ['2026-03-03T09:00:00.000Z', '2026-03-03T10:00:00.000Z', '2026-03-03T11:00:00.000Z'] as const;
  const tooMany = 'The citizen alone moved the meeting more often than is allowed.';

  it('fail with the one that was too many, which is shown', () => {
    const history = story(own(one), own(two), own(three));
    expect(found(history)).toMatchObject({ verdict: 'fail', text: { en: tooMany }, evidence: [eventOf(history, 'Rescheduled', 1).id] });
    expect(verdictOf(own(one), ownMove(two))).toBe('not-applicable');
  });

  it('are not those of staff, nor the one right after an absence of staff', () => {
    const told = [tell(eight, 'staff-absent'), tell(noon, 'rescheduled')];
    expect(missing(own(one), move(two, { policies: [limit] }), replaced(two), ...told)).not.toBe(tooMany);
    expect(missing(own(one), absent(two), own(three), tell(noon, 'staff-absent'))).not.toBe(tooMany);
    expect(missing(absent(eight), own(one), own(two), own(three), ...told)).toBe(tooMany);
    expect(missing(own(one), absent(two), toColleague(two), own(three), ...told)).toBe(tooMany);
  });
});
