const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { projects, ...config } = require('./jest.config.js');

/** What depends on the version of Node.js most, short and long: stores, threads, HTTP, shutdown, proof. CI runs these on more than one. */
const places = [
  'test/contract/event-store.spec.ts',
  'test/contract/operations.spec.ts',
  'test/contract/postgres-event-store.spec.ts',
  'test/contract/postgres-read-models.spec.ts',
  'test/cli/backup.spec.ts',
  'test/cli/cannot-start.spec.ts',
  'test/cli/doctor.spec.ts',
  'test/cli/verify.spec.ts',
  'test/faults/shutdown.spec.ts',
  'test/faults/write-ahead-log.spec.ts',
  'test/http/corrupt-log.spec.ts',
  'test/http/embedding.spec.ts',
  'test/http/hostile.spec.ts',
  'test/http/live-streams.spec.ts',
  'test/http/quiet-turn.spec.ts',
  'test/http/read-only.spec.ts',
  'test/http/reporting-tables.spec.ts',
  'test/http/round-trips.spec.ts',
  'test/http/running.spec.ts',
  'test/http/strict-json.spec.ts',
  'test/infrastructure/data-folder/',
  'test/infrastructure/event-store/',
  'test/infrastructure/mail/',
  'test/infrastructure/outbound/',
  'test/infrastructure/postgres/',
  'test/infrastructure/proof/',
  'test/infrastructure/runtime/',
  'test/infrastructure/sqlite/',
];
const moved = places.filter((path) => !existsSync(join(__dirname, path)));
if (moved.length > 0) throw new Error(`jest.runtime.config.js names what is not there: ${moved.join(', ')}`);

const long = projects.find(({ displayName }) => displayName === 'long');

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  projects: [
    {
      ...long,
      displayName: 'runtime',
      testMatch: places.map((path) => (path.endsWith('/') ? `<rootDir>/${path}**/*.spec.ts` : `<rootDir>/${path}`)),
    },
  ],
};
