import type { AppendRequest } from '@tichet-albastru/event-log/stores/append-rules';
import { roundsInOrderOf, roundsOf } from '@tichet-albastru/event-log/stores/postgres/postgres-writer';

const appendTo = (stream: string, index: number): AppendRequest => ({
  stream,
  expected: { kind: 'no-stream' },
  events: [{ id: `id-${index}`, type: 'Noted', body: '{}', hash: '' }],
});
const appends = ['a', 'b', 'a', 'c', 'a', 'b', 'd'].map(appendTo);

/** Whole rounds are placed one after the other: an earlier round behind a later one turns the order round. */
const turnsBack = (rounds: readonly number[]): boolean => rounds.some((round, index) => round < (rounds[index - 1] ?? 0));

describe('rounds of appends that must keep their order', () => {
  it('never turn back, and no stream is twice in one', () => {
    const rounds = roundsInOrderOf(appends);
    expect(rounds).toEqual([0, 0, 1, 1, 2, 2, 2]);
    expect(turnsBack(rounds)).toBe(false);
    expect(new Set(appends.map(({ stream }, index) => `${stream} ${rounds[index]}`)).size).toBe(appends.length);
  });

  it('are not those of appends that may be decided in any order', () => {
    expect(turnsBack(roundsOf(appends))).toBe(true);
  });
});
