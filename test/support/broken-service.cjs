// Preloaded into a service under test (NODE_OPTIONS): breaks one promise, or kills the service at one place, so that a test
// can show that it would notice. TEST_BROKEN says which; with TEST_DEATH_FILE the service dies right after the store has
// acknowledged an append that contains the fact named in that file, before anybody is answered.
const Module = require('node:module');
const { existsSync, readFileSync, unlinkSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');
const { isMainThread } = require('node:worker_threads');

const broken = process.env.TEST_BROKEN;
const deathFile = process.env.TEST_DEATH_FILE;

/** A writer that answers at once and writes a little later: what it has acknowledged can be lost. */
const writeBehind = (store) => {
  const { createMemoryEventStore } = require('../../src/infrastructure/log/event-store/memory/memory-event-store.ts');
  const memory = createMemoryEventStore();
  const known = (async () => {
    for await (const { stream, revision, id, type, body, hash } of store.readAll()) {
      let expected = { kind: 'no-stream' };
      for await (const last of memory.read(stream))
        if (last.revision === revision - 1) expected = { kind: 'at', revision: last.revision, hash: last.hash };
      await memory.append(stream, expected, [{ id, type, body, hash }]);
    }
  })();
  let behind = Promise.resolve();
  return {
    ...memory,
    end: async () => (await known, memory.end()),
    read: async function* (...args) {
      await known;
      yield* memory.read(...args);
    },
    append: async (...args) => {
      await known;
      const answer = await memory.append(...args);
      if (answer.kind === 'appended') behind = behind.then(() => sleep(20)).then(() => store.append(...args));
      return answer;
    },
    whenAppended: (tell) => store.whenAppended(tell),
    close: async () => (await behind, store.close()),
  };
};

/** A store that takes whatever comes last, whatever its writer had seen. */
const withoutExpectedRevision = (store) => ({
  read: (...args) => store.read(...args),
  readAll: (...args) => store.readAll(...args),
  subscribe: (...args) => store.subscribe(...args),
  end: () => store.end(),
  whenAppended: (tell) => store.whenAppended(tell),
  close: () => store.close(),
  append: async (stream, expected, events) => {
    // some writers take longer than others: what one decided on grows old while another writes
    await sleep((Number.parseInt(events[0].id.slice(0, 2), 16) * 7) % 30);
    for (;;) {
      const answer = await store.append(stream, expected, events);
      if (answer.kind !== 'conflict') return answer;
      expected = { kind: 'no-stream' };
      for await (const { revision, hash } of store.read(stream)) expected = { kind: 'at', revision, hash };
    }
  },
});

const dying = (store) => {
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    const answer = await append(stream, expected, events);
    if (existsSync(deathFile) && events.some(({ type }) => type === readFileSync(deathFile, 'utf8'))) {
      unlinkSync(deathFile);
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => undefined);
    }
    return answer;
  };
  return store;
};

// Threads only read.
const wrapStore = (wrap) => (loaded) =>
  isMainThread ? { ...loaded, openSqliteEventStore: async (options) => wrap(await loaded.openSqliteEventStore(options)) } : loaded;
const changes = {
  'early-acknowledgement': { '/sqlite-event-store': wrapStore(writeBehind) },
  'no-expected-revision': {
    '/sqlite-event-store': wrapStore(withoutExpectedRevision),
    // whoever seals finds such an event and stops everything, mostly before two have the same hour
    '/keep-sealing': (loaded) => ({
      ...loaded,
      keepSealing: (_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true })),
      sealTheRest: () => Promise.resolve(),
    }),
  },
  'no-booking-process': {
    '/application/processes': (loaded) => ({
      ...loaded,
      allProcesses: loaded.allProcesses.filter(({ name }) => name !== 'process-booking'),
    }),
  },
  // what better-sqlite3 does unless it is told otherwise: a commit answers before it is on the disk; and nobody syncs the logs apart
  'no-sync': {
    '/open-database': (loaded) => ({
      ...loaded,
      openDurable: (path) => {
        const database = loaded.openDurable(path);
        database.pragma('synchronous = NORMAL');
        return database;
      },
      openSyncedApart: (path) => ({
        ...loaded.openSyncedApart(path),
        sync: { apart: () => Promise.resolve(), now: () => undefined, close: () => undefined },
      }),
    }),
  },
  // whoever asks whether the service is ready is not told of a disk that fails
  'unheard-disk': {
    '/storage-health': (loaded) => ({
      ...loaded,
      createStorageHealth: () => ({ wrote: () => undefined, failed: () => undefined, failing: () => undefined }),
    }),
  },
  'forgetful-keys': {
    '/sqlite-operations': (loaded) => ({
      ...loaded,
      openSqliteOperations: (options) => {
        const operations = loaded.openSqliteOperations(options);
        const remember = async (_, __, command) => ({ kind: 'kept', command });
        return {
          ...operations,
          idempotency: { ...operations.idempotency, remember, settle: async (_, answer) => answer },
          close: () => operations.close(),
        };
      },
    }),
  },
};
const active = Object.entries({
  ...(broken ? changes[broken] : {}),
  ...(deathFile ? { '/sqlite-event-store': wrapStore(dying) } : {}),
});
if (broken === 'abrupt-stop') process.once('SIGTERM', () => process.exit(0));
const load = Module._load;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  const found = active.find(([end]) => request.endsWith(end));
  return found ? found[1](loaded) : loaded;
};
