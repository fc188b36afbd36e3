import type { ChainState } from '../../../../src/domain/audit/case-file';
import { type Breach, type Breaks, of } from './breaking';

const chained =
  (broken: Omit<ChainState, 'intact'>): Breaks =>
  (history) => ({ ...history, chain: { intact: false, ...broken } });

/** That nothing is forgotten or altered (Art. 4 of the Order). */
export const chain: readonly Breach[] = of('Order 4', 'D4', 'C21', {
  'an event that does not fit the chain': (history) => chained({ firstBroken: history.ticket[0]?.id ?? '' })(history),
  'an event that is not the sealed one': (history) =>
    chained({ because: 'not-as-sealed', firstBroken: history.ticket[0]?.id ?? '' })(history),
  'a seal that cannot be read': chained({ because: 'seal-unreadable' }),
});
