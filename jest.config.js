const { readFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { join } = require('node:path');

/** As .swcrc says, with the markup of the pages on top. */
const withMarkup = () => {
  const options = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));
  options.jsc.parser.tsx = true;
  options.jsc.transform.react = { runtime: 'automatic', importSource: 'preact' };
  return { ...options, swcrc: false };
};

// Jest on Node 20 cannot require() an ES module: packages that ship nothing else go through swc as well.
const esmOnly = [
  '@nestjs',
  'cookie',
  'content-disposition',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'jose',
  'openid-client',
  'oauth4webapi',
  'preact',
  'preact-render-to-string',
  'pkijs',
  'asn1js',
  'bytestreamjs',
  '@noble',
  '@peculiar',
  // loads http and https late, which Jest allows no package to do by itself
  '@opentelemetry/otlp-exporter-base',
];
/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/every-answer-as-declared.ts'],
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // test/package needs what is built: npm run check:package
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/bench/', '<rootDir>/test/package/'],
  transform: { '^.+\\.tsx$': ['@swc/jest', withMarkup()], '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testTimeout: 60_000,
  // three at once on two cores: much of the time goes by in services of their own, waiting
  maxWorkers: Math.max(3, availableParallelism()),
  // of `it.concurrent`, for tests that mostly wait
  maxConcurrency: 20,
};
