import { randomUUID } from 'node:crypto';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import {
  EventStoreDbEventStore,
  type EventStoreDbSettings,
} from '../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { PromiseBroken, type ContractCheck } from '@tichet-albastru/event-log/testing/check';
import { eventStoreContract, type EventStoreSubject } from '@tichet-albastru/event-log/testing/event-store-contract';
import { writeAsOthers } from '../support/eventstoredb/bystanders';
import { Emulator } from '../support/eventstoredb/emulator';
import { brokenEventStoreDbStores, waysOfAppending } from '../support/eventstoredb/broken-event-stores';

type Check = ContractCheck<EventStoreSubject>['check'];

/** One check on a store of this kind; one client at a time, as in a service. */
const keeps = async (check: Check, settings: EventStoreDbSettings, restart: () => Promise<void>): Promise<void> => {
  const open = () => new EventStoreDbEventStore(settings);
  let store = open();
  const reopen = async (): Promise<EventStore> => {
    await store.close();
    await restart();
    store = open();
    return store;
  };
  try {
    await check({ store, reopen });
  } finally {
    await store.close();
  }
};

const onEmulator = async (check: (emulator: Emulator) => Promise<void>): Promise<void> => {
  const emulator = await Emulator.start();
  try {
    await check(emulator);
  } finally {
    await emulator.stop();
  }
};

describe.each(waysOfAppending)('the EventStoreDB event store with appends by way of %s, on the emulator', (appends) => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    await onEmulator(async (emulator) => {
      await expect(keeps(check, { url: emulator.url, appends }, () => emulator.restart())).resolves.toBeUndefined();
      const calls = emulator.calls.get('batch-append') ?? 0;
      expect(calls > 0).toBe(appends === 'shared-call' && (emulator.calls.get('append') ?? 0) > 0);
    });
  });
});

describe('the EventStoreDB event store with a prefix, beside others on the same server', () => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    await onEmulator(async (emulator) => {
      writeAsOthers(emulator.log, 700);
      // so much and no more: on a slow machine they would write faster than anybody reads
      let turns = 0;
      const others = setInterval(() => {
        if ((turns += 1) <= 200) writeAsOthers(emulator.log, 5);
      }, 50);
      try {
        await expect(keeps(check, { url: emulator.url, prefix: 'tichet' }, () => emulator.restart())).resolves.toBeUndefined();
      } finally {
        clearInterval(others);
      }
    });
  });
});

const url = process.env['TICHET_EVENTSTOREDB_URL'] ?? '';
if (url === '') process.stderr.write('SKIPPED: the contract on a real EventStoreDB. Set TICHET_EVENTSTOREDB_URL to run it.\n');

(url === '' ? describe.skip : describe).each(waysOfAppending)(
  'the EventStoreDB event store with appends by way of %s, on a real server',
  (appends) => {
    it.each(eventStoreContract)('$promise', async ({ check }) => {
      // a prefix of its own is a log of its own
      const prefix = `t${randomUUID().replaceAll('-', '')}`;
      await expect(keeps(check, { url, prefix, appends }, () => Promise.resolve())).resolves.toBeUndefined();
    });
  },
);

describe('the contract catches', () => {
  it.each(brokenEventStoreDbStores)('$fault', async ({ make, breaks }) => {
    const promises = eventStoreContract.filter(({ promise }) => breaks.test(promise));
    expect(promises).not.toEqual([]);
    for (const { check } of promises) {
      await onEmulator(async (emulator) => {
        const { store, close } = make(emulator.url);
        await expect(check({ store })).rejects.toThrow(PromiseBroken);
        await close();
      });
    }
  });
});
