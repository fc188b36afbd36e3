import { Settings } from 'luxon';
import { fold } from '../../../src/domain/kernel/decider';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { RequestFact } from '../../../src/domain/request/facts';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { registeredRequest } from '../../../src/domain/request/request';
import {
  defaultRetention,
  periodOf,
  type DueStatus,
  requestDue,
  ticketDue,
  type TicketThen,
  endOfPeriod,
  keptSince,
} from '../../../src/domain/retention/retention';
import { isActive, ticket } from '../../../src/domain/ticket/ticket';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { admissionEnded, lateAdmission, statusChanged } from '../../support/entries';
import { cancelledHistory, clarificationHistory, everyHistory, lapsedHistory, onlineHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { answeredOn, adding, addingToRequest, requestOtherwise, without } from '../../support/retelling';
import type { Entry } from '../../support/plot';

const period = periodOf('P1D') ?? null;
const muchLater = '2099-01-01T00:00:00.000Z';
const kinds = ['contact', 'conclusions', 'letters'] as const;

/** Every state that these lives pass through, as it stood after each of their facts. */
const everyState: readonly TicketThen[] = Object.values(everyHistory).flatMap(({ ticket: all }) =>
  all.map((_, index) => {
    const events = all.slice(0, index + 1);
    const state = fold(
      ticket,
      events.map(({ fact }) => fact),
    );
    return { state, events, openTasks: 0, pendingChecks: 0, letters: 1 };
  }),
);

type Rule = typeof ticketDue;
/** Of these states those that the rule would erase although somebody still has to do with them. */
const wronglyDue = (rule: Rule): number =>
  everyState
    .flatMap((then) => [
      ...(isActive(then.state) || then.state.status === 'held' || then.state.status === 'resolved'
        ? kinds.map((kind) => rule(then, kind, period, muchLater))
        : []),
      ...kinds.flatMap((kind) => [
        rule({ ...then, openTasks: 1 }, kind, period, muchLater),
        rule({ ...then, pendingChecks: 1 }, kind, period, muchLater),
      ]),
    ])
    .filter((standing) => standing === 'due').length;

describe('GDPR 5 (1) e: what is due', () => {
  it('is never of a ticket that is active, unfinished, under an open task or a pending check, at any point of any life', () => {
    expect(everyState.length).toBeGreaterThan(80);
    expect(everyState.filter(({ state }) => isActive(state)).length).toBeGreaterThan(40);
    expect(wronglyDue(ticketDue)).toBe(0);
  });
  it('broken variants, which look at the time alone or forget one reason, are caught', () => {
    const timeAlone: Rule = (then, kind, chosen, now) =>
      then.events.some(({ recordedAt }) => recordedAt < now) ? 'due' : ticketDue(then, kind, chosen, now);
    const without =
      (forgotten: DueStatus): Rule =>
      (...asked) => {
        const standing = ticketDue(...asked);
        return standing === forgotten ? 'due' : standing;
      };
    for (const rule of [timeAlone, without('active'), without('unfinished'), without('open-task'), without('pending-check')])
      expect(wronglyDue(rule)).toBeGreaterThan(0);
  });
  it('is what has ended and been kept long enough, and nothing without a period', () => {
    const ended = everyState.filter(({ state }) => ['concluded', 'cancelled', 'citizen-absent', 'lapsed'].includes(state.status));
    const standings = ended.map((then) => ticketDue(then, 'contact', period, muchLater));
    expect(standings.filter((standing) => standing === 'due').length).toBeGreaterThan(3);
    expect(new Set(ended.map((then) => ticketDue(then, 'contact', null, muchLater)))).toEqual(new Set(['never']));
    expect(new Set(ended.map((then) => ticketDue(then, 'contact', periodOf('P500Y') ?? null, muchLater)))).not.toContain('due');
  });
});

/** A ticket as it stands at the end of its story, with nothing open. */
const atItsEnd = ({ ticket: events }: Pick<History, 'ticket'>, changes: Partial<TicketThen> = {}): TicketThen => ({
  state: fold(
    ticket,
    events.map(({ fact }) => fact),
  ),
  events,
  openTasks: 0,
  pendingChecks: 0,
  letters: 1,
  ...changes,
});
/** The midnight after the day after the resolution was sent, on 5 March. */
const dayAfter: Instant = '2026-03-06T22:00:00.000Z';
const justBefore = (instant: Instant): Instant => plusSeconds(instant, -0.001);
const taskAt: Instant = '2026-03-20T08:00:00.000Z';
const task = { taskId: 't', kind: 'attach-recording', staffId: 'S-017', subjectId: 's', raisedAt: taskAt } as const;
const withTask = adding(onlineHistory(), [taskAt, { type: 'TaskRaised', data: task }]);

describe('GDPR 5 (1) e: what of a ticket is due', () => {
  const online = atItsEnd(onlineHistory());
  const due = (then: TicketThen, now: Instant = muchLater) => kinds.map((kind) => ticketDue(then, kind, period, now));

  it('counts from the last fact that ended it, whatever was still noted afterwards', () => {
    const noted = adding(withTask, [taskAt, { type: 'TaskDone', data: { taskId: 't', doneAt: taskAt } }]);
    for (const then of [online, atItsEnd(noted)]) {
      expect(due(then, dayAfter)).toEqual(['due', 'due', 'due']);
      expect(due(then, justBefore(dayAfter))).toEqual(['not-yet', 'not-yet', 'not-yet']);
    }
    const again = { letterId: 'again', toVerifiedAddress: true, acceptedAt: taskAt };
    expect(due(atItsEnd(adding(onlineHistory(), [taskAt, { type: 'ResolutionSent', data: again }])), dayAfter)).toEqual([
      ...['not-yet', 'not-yet', 'not-yet'],
    ]);
  });

  it('is nothing of what is not there, or is gone', () => {
    expect(due(atItsEnd({ ticket: [] }))).toEqual(['nothing', 'nothing', 'nothing']);
    expect(due(atItsEnd(lapsedHistory(), { letters: 0 }))).toEqual(['due', 'nothing', 'nothing']);
    const erased = (type: 'PersonalDataErased' | 'ConclusionsErased') =>
      atItsEnd(adding(onlineHistory(), [taskAt, { type, data: { erasedAt: taskAt, reason: personal('office', 'termen') } }]));
    expect(due(erased('PersonalDataErased'))).toEqual(['nothing', 'due', 'due']);
    expect(due(erased('ConclusionsErased'))).toEqual(['due', 'nothing', 'due']);
  });

  it('is nothing that waits for somebody, and says for whom', () => {
    expect(due(atItsEnd(withTask))).toEqual(['open-task', 'open-task', 'open-task']);
    expect(due({ ...online, openTasks: 1, unread: true, pendingChecks: 1 })).toEqual(['open-task', 'open-task', 'open-task']);
    expect(due({ ...online, unread: true, pendingChecks: 1 })).toEqual(['unread', 'unread', 'unread']);
    expect(due({ ...online, pendingChecks: 1 })).toEqual(['pending-check', 'pending-check', 'pending-check']);
  });

  it('Art. 8: is a cancelled ticket whose citizen never asks for the new hour that is owed, and no other under that task', () => {
    const kind = 'must-be-rescheduled' as const;
    const raised: Entry<TicketFact> = [taskAt, { type: 'TaskRaised', data: { ...task, kind } }];
    expect(due(atItsEnd(adding(cancelledHistory(), raised)))[0]).toBe('due');
    expect(due(atItsEnd(adding(onlineHistory(), raised)))[0]).toBe('open-task');
    const other: Entry<TicketFact> = [taskAt, { type: 'TaskRaised', data: { ...task, kind: 'notify-citizen' } }];
    expect(due(atItsEnd(adding(cancelledHistory(), other)))[0]).toBe('open-task');
  });

  it('Art. 7: is no resolution that is not filed yet: it would be filed without its text', () => {
    expect(due(atItsEnd(without(onlineHistory(), 'ResolutionFiled')))).toEqual(['due', 'unfinished', 'due']);
    expect(due(atItsEnd(without(onlineHistory(), 'ResolutionSent')))).toEqual(['unfinished', 'unfinished', 'unfinished']);
  });
});

describe('GDPR 5 (1) e: when the name of an applicant is due', () => {
  const story = clarificationHistory();
  const endedAt: Instant = '2026-03-05T08:20:00.000Z';
  const ended: Entry<RequestFact> = admissionEnded(story.ticketId, endedAt);
  const closed: Entry<RequestFact> = statusChanged('closed', endedAt);
  const due = ({ request: events, ticket: told }: History, now: Instant = muchLater, then: Partial<TicketThen> = {}) =>
    requestDue(
      {
        state: fold(
          registeredRequest,
          events.map(({ fact }) => fact),
        ),
        events,
        tickets: told.length === 0 ? [] : [atItsEnd({ ticket: told }, then)],
      },
      period,
      now,
    );
  const answered = addingToRequest(story, ended);
  /** the last day on which it could be asked about is 23 March, and its period ends a whole day later */
  const windowOver: Instant = '2026-03-25T22:00:00.000Z';

  it('is not while a ticket of it is going on, or it may have one', () => {
    expect(due(story)).toBe('active');
    expect(due(addingToRequest(onlineHistory(), admissionEnded(story.ticketId, endedAt)))).toBe('active');
  });

  it('is a period after the 30 days of its answer, or of a late admission', () => {
    expect([due(answered, windowOver), due(answered, justBefore(windowOver))]).toEqual(['due', 'not-yet']);
    const late = addingToRequest(answered, lateAdmission('2026-03-31', endedAt));
    const lateOver: Instant = '2026-04-02T21:00:00.000Z';
    expect([due(late, lateOver), due(late, justBefore(lateOver))]).toEqual(['due', 'not-yet']);
  });

  it('is a period after the last that was told of it, or that ended a ticket of it', () => {
    const withoutAnswer = addingToRequest(onlineHistory(), ended, closed);
    const over: Instant = '2026-03-06T22:00:00.000Z';
    expect([due(withoutAnswer, over), due(withoutAnswer, justBefore(over))]).toEqual(['due', 'not-yet']);
    const early = requestOtherwise(withoutAnswer, ({ fact: { type } }) =>
      type === 'AdmissionEnded' || type === 'StatusChanged' ? { at: '2026-03-03T08:00:00.000Z' } : undefined,
    );
    if (early === undefined) throw new Error('It is told otherwise.');
    expect([due(early, over), due(early, justBefore(over))]).toEqual(['due', 'not-yet']);
    expect(due({ ...early, ticket: [] }, justBefore(over))).toBe('due');
    const [told] = [answeredOn('2026-01-05', '2026-02-04')];
    expect(due(addingToRequest({ ...early, ticket: [] }, ['2026-03-20T08:00:00.000Z', told[1]]), over)).toBe('not-yet');
  });

  it('is not while somebody has to do with one of its tickets', () => {
    expect([due(answered, muchLater, { openTasks: 1 }), due(answered, muchLater, { pendingChecks: 1 })]).toEqual([
      ...['open-task', 'pending-check'],
    ]);
  });

  it('is never without a period, and is nothing where it is unknown or erased', () => {
    const unknown = { state: registeredRequest.initial, events: [], tickets: [] };
    expect([requestDue(unknown, period, muchLater), requestDue(unknown, null, muchLater)]).toEqual(['nothing', 'nothing']);
    const state = fold(
      registeredRequest,
      answered.request.map(({ fact }) => fact),
    );
    if (state.status === 'unknown') throw new Error('It is registered.');
    const { request: events } = answered;
    expect(requestDue({ state, events, tickets: [] }, null, muchLater)).toBe('never');
    expect(requestDue({ state: { ...state, erased: true }, events, tickets: [] }, period, muchLater)).toBe('nothing');
  });
});

describe('a period of retention', () => {
  const period = (text: string) => {
    const read = periodOf(text);
    if (read === undefined) throw new Error(`${text} is no period.`);
    return read;
  };

  const none = { years: 0, months: 0, weeks: 0, days: 0, hours: 0 };

  it.each([
    ['P5Y', { years: 5 }],
    ['P999Y', { years: 999 }],
    ['P18M', { months: 18 }],
    ['P9999M', { months: 9999 }],
    ['P90D', { days: 90 }],
    ['P99999D', { days: 99_999 }],
    ['P2W', { weeks: 2 }],
    ['P9999W', { weeks: 9999 }],
    ['P1Y1M1W1D', { years: 1, months: 1, weeks: 1, days: 1 }],
    ['PT24H', { hours: 24 }],
    ['PT99999H', { hours: 99_999 }],
  ])('%s is one', (text, parts) => {
    expect(periodOf(text)).toEqual({ text, ...none, ...parts });
  });
  it('is what the text of each that is shipped says', () => {
    for (const shipped of Object.values(defaultRetention)) if (shipped !== null) expect(shipped).toEqual(periodOf(shipped.text));
  });
  it.each([
    '',
    'P',
    'PT',
    'P0D',
    'PT0H',
    '5Y',
    'P-1Y',
    'P1.5Y',
    'P1YT2H',
    'p1y',
    'P1H',
    'PT30M',
    'P1D1Y',
    ' P1Y',
    'P1Y ',
    'xPT1H',
    'PT1H ',
    'P1000Y',
  ])('%j is none', (text) => {
    expect(periodOf(text)).toBeUndefined();
  });
  it('ends at the midnight of Bucharest after its last day, whatever the clocks did meanwhile', () => {
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1D'))).toBe('2026-03-06T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1M'))).toBe('2026-04-05T21:00:00.000Z');
    // 23:30 in UTC is the next day in Bucharest
    expect(endOfPeriod('2026-03-05T23:30:00.000Z', period('P1D'))).toBe('2026-03-07T22:00:00.000Z');
    expect(endOfPeriod('2024-02-29T10:00:00.000Z', period('P1Y'))).toBe('2025-02-28T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('PT24H'))).toBe('2026-03-06T10:00:00.000Z');
  });
  it('is counted in dates of Bucharest also on a machine at the date line, whose calendar lacks one', () => {
    const { defaultZone } = Settings;
    try {
      Settings.defaultZone = 'Pacific/Apia'; // there was no 30 December 2011
      expect(endOfPeriod('2011-12-28T10:00:00.000Z', period('P2D'))).toBe('2011-12-30T22:00:00.000Z');
      expect(keptSince('2012-01-01T10:00:00.000Z', period('P2D'))).toBe('2011-12-29T22:00:00.000Z');
    } finally {
      Settings.defaultZone = defaultZone;
    }
  });
  it('has begun before now by as much as it is long', () => {
    const now = '2026-03-31T08:00:00.000Z';
    expect(['P1D', 'P2W', 'P1M', 'P1Y', 'PT24H'].map((text) => keptSince(now, period(text)))).toEqual([
      '2026-03-29T21:00:00.000Z',
      '2026-03-16T22:00:00.000Z',
      '2026-02-27T22:00:00.000Z',
      '2025-03-30T21:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
    ]);
  });
  it('what is older than `keptSince` has been kept for it, and no more than that', () => {
    for (const text of ['P1D', 'P3M', 'P5Y', 'PT24H']) {
      for (const now of ['2026-03-29T00:30:00.000Z', '2026-03-31T21:30:00.000Z', '2028-02-29T12:00:00.000Z']) {
        const since = keptSince(now, period(text));
        const before = new Date(Date.parse(since) - 1).toISOString();
        expect([text, now, endOfPeriod(before, period(text)) <= now]).toEqual([text, now, true]);
      }
    }
  });
});
