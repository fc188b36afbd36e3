const { existsSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');

const long = require('./test/left-to-test-all.cjs');
const moved = long.filter((path) => !existsSync(join(__dirname, path)));
if (moved.length > 0) throw new Error(`test/left-to-test-all.cjs names what is not there: ${moved.join(', ')}`);

const shared = {
  roots: ['<rootDir>/packages', '<rootDir>/test'],
  // node loads the modules, once for each worker: see there
  testEnvironment: '<rootDir>/test/support/runner/one-realm.cjs',
  runtime: '<rootDir>/test/support/runner/shared-modules.cjs',
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup-of-long.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/every-answer-as-declared.ts'],
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};
// test/package needs what is built: npm run check:package; test/peers runs beside programs of others: npm run test:peers
const elsewhere = ['/node_modules/', '<rootDir>/test/bench/', '<rootDir>/test/package/', '<rootDir>/test/peers/'];
const places = long.map((path) => `<rootDir>/${path}`);

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'short',
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      testPathIgnorePatterns: [...elsewhere, ...places],
    },
    {
      ...shared,
      displayName: 'long',
      testMatch: long.map((path) => (path.endsWith('/') ? `<rootDir>/${path}**/*.spec.ts` : `<rootDir>/${path}`)),
      testPathIgnorePatterns: elsewhere,
    },
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.spec.ts'] },
    { ...shared, displayName: 'peers', testMatch: ['<rootDir>/test/peers/**/*.spec.ts'] },
  ],
  reporters: ['default', '<rootDir>/test/support/runner/cost-of-suites.cjs'],
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
