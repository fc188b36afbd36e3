import { fold } from '../../../src/domain/kernel/decider';
import { periodOf, type DueStatus, ticketDue, type TicketThen, endOfPeriod, keptSince } from '../../../src/domain/retention/retention';
import { isActive, ticket } from '../../../src/domain/ticket/ticket';
import { everyHistory } from '../../support/histories';

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

describe('a period of retention', () => {
  const period = (text: string) => {
    const read = periodOf(text);
    if (read === undefined) throw new Error(`${text} is no period.`);
    return read;
  };

  it.each(['P5Y', 'P18M', 'P90D', 'P2W', 'P1Y6M', 'PT24H'])('%s is one', (text) => {
    expect(periodOf(text)).toMatchObject({ text });
  });
  it.each(['', 'P', 'PT', 'P0D', 'PT0H', '5Y', 'P-1Y', 'P1.5Y', 'P1YT2H', 'p1y', 'P1H', 'PT30M', 'P1D1Y', ' P1Y', 'P1Y '])(
    '%j is none',
    (text) => {
      expect(periodOf(text)).toBeUndefined();
    },
  );
  it('ends at the midnight of Bucharest after its last day, whatever the clocks did meanwhile', () => {
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1D'))).toBe('2026-03-06T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1M'))).toBe('2026-04-05T21:00:00.000Z');
    // 23:30 in UTC is the next day in Bucharest
    expect(endOfPeriod('2026-03-05T23:30:00.000Z', period('P1D'))).toBe('2026-03-07T22:00:00.000Z');
    expect(endOfPeriod('2024-02-29T10:00:00.000Z', period('P1Y'))).toBe('2025-02-28T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('PT24H'))).toBe('2026-03-06T10:00:00.000Z');
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
