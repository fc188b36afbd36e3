// Preloaded into a service under test (NODE_OPTIONS): breaks one promise, or kills the service at one place, so that a test
// can show that it would notice. TEST_BROKEN says which; with TEST_DEATH_FILE the service dies right after the store has
// acknowledged an append that contains the fact named in that file, before anybody is answered.
const Module = require('node:module');
const { existsSync, readFileSync, unlinkSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { isMainThread } = require('node:worker_threads');

const broken = process.env.TEST_BROKEN;
const deathFile = process.env.TEST_DEATH_FILE;

/** A writer that answers at once and writes a little later: what it has acknowledged can be lost. */
const writeBehind = (store) => {
  const { createMemoryEventStore } = require('../../packages/event-log/src/stores/memory/memory-event-store.ts');
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

/** A store that takes whatever comes last, whatever its writer had seen: of the first two who hold an hour, both have seen it free. */
const withoutExpectedRevision = (store) => {
  const waiting = new Map();
  /** The first waits for the second, nobody else for anybody. */
  const bothHaveDecided = (place) =>
    new Promise((resolve) => {
      if (!waiting.has(place)) waiting.set(place, resolve);
      else {
        waiting.get(place)();
        resolve();
      }
    });
  return {
    read: (...args) => store.read(...args),
    readAll: (...args) => store.readAll(...args),
    subscribe: (...args) => store.subscribe(...args),
    end: () => store.end(),
    whenAppended: (tell) => store.whenAppended(tell),
    close: () => store.close(),
    append: async (stream, expected, events) => {
      const held = events.find(({ type }) => type === 'SlotHeld');
      if (held) await bothHaveDecided(`${stream} ${/"startsAt":"([^"]+)"/.exec(held.body)[1]}`);
      for (;;) {
        const answer = await store.append(stream, expected, events);
        if (answer.kind !== 'conflict') return answer;
        expected = { kind: 'no-stream' };
        for await (const { revision, hash } of store.read(stream)) expected = { kind: 'at', revision, hash };
      }
    },
  };
};

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
const eventStore = 'packages/event-log/src/stores/sqlite/sqlite-event-store.ts';
const changes = {
  'early-acknowledgement': { [eventStore]: wrapStore(writeBehind) },
  'no-expected-revision': {
    [eventStore]: wrapStore(withoutExpectedRevision),
    // whoever signs finds such an event and stops everything, mostly before two have the same hour
    'src/infrastructure/proof/signing/sign-log.ts': (loaded) => ({
      ...loaded,
      keepSigning: (_, __, signal) => new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true })),
      signTheRest: () => Promise.resolve(),
    }),
  },
  'no-booking-process': {
    'src/application/operation/all-processes.ts': (loaded) => ({
      ...loaded,
      allProcesses: loaded.allProcesses.filter(({ name }) => name !== 'process-booking'),
    }),
  },
  // what better-sqlite3 does unless it is told otherwise: a commit answers before it is on the disk; and nobody syncs the logs apart
  'no-sync': {
    'packages/event-log/src/database/sqlite/open-database.ts': (loaded) => ({
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
    'packages/event-log/src/database/storage-health.ts': (loaded) => ({
      ...loaded,
      createStorageHealth: () => {
        const deaf = { wrote: () => undefined, failed: () => undefined };
        return {
          log: deaf,
          tables: deaf,
          folder: deaf,
          watch: () => undefined,
          heard: () => undefined,
          failing: () => [],
          look: async () => {},
        };
      },
    }),
  },
  // whoever takes a write speaks for the log as well
  'good-news-of-others': {
    'packages/event-log/src/database/storage-health.ts': (loaded) => ({
      ...loaded,
      createStorageHealth: (logger) => {
        const health = loaded.createStorageHealth(logger);
        let askFolder = async () => {};
        const watch = (place, ask) => {
          if (place === 'folder') askFolder = ask;
          health.watch(place, place === 'log' ? (thoroughly) => askFolder(thoroughly) : ask);
        };
        return { ...health, watch };
      },
    }),
  },
  'forgetful-keys': {
    'src/infrastructure/tables/operations/sqlite-operations.ts': (loaded) => ({
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
const active = new Map(
  Object.entries({
    ...(broken ? changes[broken] : {}),
    ...(deathFile ? { [eventStore]: wrapStore(dying) } : {}),
  }).map(([path, change]) => [join(__dirname, '../..', path), change]),
);
for (const file of active.keys()) if (!existsSync(file)) throw new Error(`broken-service.cjs breaks ${file}, which is not there.`);
if (broken === 'abrupt-stop') process.once('SIGTERM', () => process.exit(0));
const load = Module._load;
Module._load = function (request, parent, ...rest) {
  const loaded = load.call(this, request, parent, ...rest);
  const change = active.size > 0 && /^(?:\.|@tichet-albastru\/)/.test(request) && active.get(Module._resolveFilename(request, parent));
  return change ? change(loaded) : loaded;
};
