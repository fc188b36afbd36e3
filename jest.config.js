const { existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');

/**
 * What takes long: processes that are killed, raced and cut off, real browsers, second implementations, whole stories. `npm test`
 * leaves these out, `npm run test:all` is these, and together they are all.
 */
const long = [
  'test/faults/',
  'test/structure/cost-of-change/',
  'test/web/browser/',
  'test/web/measure/',
  'test/story/bounces.spec.ts',
  'test/story/edges.spec.ts',
  'test/story/no-dead-ends/',
  'test/story/not-accused.spec.ts',
  'test/story/online.spec.ts',
  'test/story/the-same-everywhere.spec.ts',
  'test/domain/audit/law-in-full.spec.ts',
  'test/privacy/canaries.spec.ts',
  'test/privacy/erasing-two-hundred.spec.ts',
  'test/contract/eventstoredb-event-store.spec.ts',
  'test/contract/same-selections.spec.ts',
  'test/http/fuzzer/',
  'test/http/odd-texts-on-postgres.spec.ts',
  'test/http/own-tables.spec.ts',
  'test/cli/accept-log-on-servers.spec.ts',
  'test/cli/demo.spec.ts',
  'test/cli/doctor-on-servers.spec.ts',
  'test/cli/on-servers.spec.ts',
  'test/cli/retention.spec.ts',
  'test/dashboards/built.spec.ts',
  'test/infrastructure/proof/export.spec.ts',
  'test/infrastructure/proof/independent.spec.ts',
  'test/infrastructure/proof/meant-otherwise.spec.ts',
  'test/infrastructure/proof/tampering.spec.ts',
  'test/infrastructure/registry/gateway-contract.spec.ts',
  'test/infrastructure/webex/referee.spec.ts',
  'test/integrators/asyncapi.spec.ts',
];
const moved = long.filter((path) => !existsSync(join(__dirname, path)));
if (moved.length > 0) throw new Error(`jest.config.js names what is not there: ${moved.join(', ')}`);

const shared = {
  roots: ['<rootDir>/test'],
  // node loads the modules, once for each worker: see there
  testEnvironment: '<rootDir>/test/support/runner/one-realm.cjs',
  runtime: '<rootDir>/test/support/runner/shared-modules.cjs',
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/every-answer-as-declared.ts'],
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
// test/package needs what is built: npm run check:package; test/peers runs beside programs of others: npm run test:peers
const elsewhere = ['/node_modules/', '<rootDir>/test/bench/', '<rootDir>/test/package/', '<rootDir>/test/peers/'];
const places = long.map((path) => `<rootDir>/${path}`);

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...shared, displayName: 'short', testPathIgnorePatterns: [...elsewhere, ...places] },
    {
      ...shared,
      displayName: 'long',
      testMatch: long.map((path) => (path.endsWith('/') ? `<rootDir>/${path}**/*.spec.ts` : `<rootDir>/${path}`)),
      testPathIgnorePatterns: elsewhere,
    },
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.spec.ts'] },
    { ...shared, displayName: 'peers', testMatch: ['<rootDir>/test/peers/**/*.spec.ts'] },
  ],
  // of a test that stands still: it is named, and the others go on. How long one takes that does not is the machine's affair, so no test
  // has a limit of its own
  testTimeout: process.env.FAULTS === 'full' ? 3_600_000 : 900_000,
  // three at once on two cores: much of the time goes by in services of their own, waiting
  maxWorkers: Math.max(3, availableParallelism()),
  // of `it.concurrent`, for tests that mostly wait
  maxConcurrency: 20,
  // for a worker to end when all is done: its memory alone takes more than Jest's half second where the machine is busy, and what a test
  // left open is told all the same
  workerGracefulExitTimeout: 10_000,
};
