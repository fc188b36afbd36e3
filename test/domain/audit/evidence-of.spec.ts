import fc from 'fast-check';
import type { CaseFile } from '../../../src/domain/audit/case-file';
import { evidenceOf } from '../../../src/domain/audit/evidence';
import { judge } from '../../../src/domain/audit/judge';
import { plusHours } from '../../../src/domain/time/civil-time';
import {
  cancelledHistory,
  citizenAbsentHistory,
  clarificationHistory,
  inPersonHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { settled } from '../../support/judging';

const stories = [
  onlineHistory(),
  inPersonHistory(),
  phoneHistory(),
  clarificationHistory(),
  rescheduledHistory(),
  reassignedHistory(),
  staffAbsentHistory(),
  cancelledHistory(),
  citizenAbsentHistory(),
  lapsedHistory(),
];
const kept = (history: History): CaseFile => ({
  ...history,
  ticket: history.ticket.map((event) => ({ ...event, fact: evidenceOf(event.fact) })),
});
type Change = (fact: History['ticket'][number]['fact']) => History['ticket'][number]['fact'];
const changed = (history: History, change: Change): History => ({
  ...history,
  ticket: history.ticket.map((event) => ({ ...event, fact: change(event.fact) })),
});
/** The stamps of a city hall whose every period is another one. */
const otherPolicies = (history: History, hours: number): History =>
  changed(history, (fact) => {
    if (!('policies' in fact.data)) return fact;
    const policies = fact.data.policies.map((stamp) => (stamp.name === 'lead-time' ? { ...stamp, version: 2, value: { hours } } : stamp));
    return { ...fact, data: { ...fact.data, policies } } as typeof fact;
  });
const anyHistory = fc
  .tuple(fc.constantFrom(...stories), fc.array(fc.nat({ max: 20 }), { maxLength: 3 }), fc.integer({ min: 1, max: 100 }))
  .map(([history, gone, hours]) =>
    otherPolicies({ ...history, ticket: history.ticket.filter((_, index) => !gone.includes(index)) }, hours),
  );

describe('What the audit keeps of a fact', () => {
  it('is judged, at any moment, as the whole fact is', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 24 * 90 }), (history, hours) => {
        const asOf = plusHours('2026-02-16T00:00:00.000Z', hours);
        expect(judge(kept(history), asOf)).toEqual(judge(history, asOf));
      }),
    );
  });

  it('would not be, if the stamps of Art. 4 were left out', () => {
    const history = otherPolicies(onlineHistory(), 100);
    const withoutStamps = changed(history, (fact) =>
      'policies' in fact.data ? ({ ...fact, data: { ...fact.data, policies: [] } } as typeof fact) : fact,
    );
    expect(judge(withoutStamps, settled)).not.toEqual(judge(history, settled));
  });
});
