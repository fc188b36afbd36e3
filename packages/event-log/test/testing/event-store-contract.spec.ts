import { eventStoreContract } from '@tichet-albastru/event-log/testing/event-store-contract';
import { brokenEventStores } from './broken-event-stores';

describe('the contract catches', () => {
  it.each(brokenEventStores)('$fault', async ({ make, within }) => {
    const broken: string[] = [];
    for (const { promise, check } of eventStoreContract) {
      await check({ store: make() }).catch(() => broken.push(promise));
    }
    expect(broken.join('\n')).toMatch(within);
  });
});
