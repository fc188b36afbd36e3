import { largestAppendBytes } from '@tichet-albastru/event-log/ports/event-store';
import type { Instant } from '../../../src/domain/kernel/fact';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { acceptLog, ops, type OpsFact, type OpsState, settleLoss } from '../../../src/domain/ops/ops';

const at: Instant = '2026-03-02T08:00:00.000Z';
const told = { acceptance: 'a', at, alarm: 'acknowledged-missing', verifier: 'city+1+A', events: 7 };
const gone = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    stream: `ticket-019c0000-0001-7000-8000-${String(place).padStart(12, '0')}`,
    revision: 1_000_000,
    id: `019c0000-0001-5000-8000-${String(place).padStart(12, '0')}`,
    hash: String(place).padStart(64, '0'),
  }));

const factsOf = (count: number) =>
  acceptLog({ ...told, reason: 'the disk', gone: gone(count) }).flatMap((part) => (isRefusal(part) ? [] : part.facts));
const stateAfter = (facts: readonly OpsFact[]): OpsState => facts.reduce<OpsState>(ops.evolve, ops.initial);

describe('a log that is accepted as it is', () => {
  it.each([0, 1, 10_000, 25_000])('tells %d things in parts that any store takes, none left out and none twice', (count) => {
    const facts = factsOf(count);
    expect(facts.flatMap(({ data }) => data.gone)).toEqual(gone(count));
    for (const [place, { data }] of facts.entries()) {
      expect(data).toMatchObject({ part: place + 1, parts: facts.length, total: count, events: 7 });
      expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(largestAppendBytes * 0.75);
    }
    expect(facts.length).toBeGreaterThan(0);
    expect(stateAfter(facts).lost).toHaveLength(count);
  });

  it('is refused without a reason that anybody can see', () => {
    const [first, ...others] = acceptLog({ ...told, reason: ' \u200b', gone: gone(1) });
    expect([first && isRefusal(first) && first.code, others]).toEqual(['invalid', []]);
  });

  it('is settled stream by stream, each once, and never without a word of what came of it', () => {
    const [first = { stream: '' }, second = { stream: '' }] = gone(2);
    const state = stateAfter(factsOf(2));
    const settle = (stream: string, note: string, now = state) => settleLoss({ stream, note, at }, now);
    expect(settle(first.stream, '')).toMatchObject({ code: 'invalid' });
    expect(settle('ticket-none', 'x')).toMatchObject({ code: 'not-found' });
    const settled = settle(first.stream, ' spoke on the phone ');
    const after = isRefusal(settled) ? state : settled.facts.reduce<OpsState>(ops.evolve, state);
    expect(after.lost).toEqual([second.stream]);
    expect(settle(first.stream, 'x', after)).toMatchObject({ code: 'not-found' });
  });
});
