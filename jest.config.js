const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  // node loads the modules, once for each worker: see there
  testEnvironment: '<rootDir>/test/support/runner/one-realm.cjs',
  runtime: '<rootDir>/test/support/runner/shared-modules.cjs',
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/every-answer-as-declared.ts'],
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // test/package needs what is built: npm run check:package
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/bench/', '<rootDir>/test/package/'],
  testTimeout: 60_000,
  // three at once on two cores: much of the time goes by in services of their own, waiting
  maxWorkers: Math.max(3, availableParallelism()),
  // of `it.concurrent`, for tests that mostly wait
  maxConcurrency: 20,
};
