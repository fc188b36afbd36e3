import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from 'tichet-albastru/testing';
import { JsonLinesStore } from './json-lines-store';

/** Every promise of a log, tried on a fresh store; in a test runner each is a test of its own. */
const start = async (): Promise<void> => {
  for (const { promise, check } of eventStoreContract) {
    const folder = mkdtempSync(join(tmpdir(), 'own-store-'));
    let store = await JsonLinesStore.open(join(folder, 'log.jsonl'));
    const reopen = async (): Promise<JsonLinesStore> => {
      await store.close();
      store = await JsonLinesStore.open(join(folder, 'log.jsonl'));
      return store;
    };
    try {
      await check({ store, reopen });
      console.log(`kept: ${promise}`);
    } catch (error) {
      console.log(`broken: ${promise}: ${String(error)}`);
      process.exitCode = 1;
    }
    await store.close();
    rmSync(folder, { recursive: true });
  }
};

void start();
