import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAppends } from './appends';
import { measureBesideOthers } from './beside-others';
import { measureBookings } from './bookings';
import { measureBookingsByStore } from './bookings-by-store';
import { measureEventStoreDb } from './eventstoredb';
import { measureLong, type Curve } from './long';
import { measureNeighbour } from './neighbour';
import { measureOperatorPage } from './operator-page';
import { measurePages } from './pages';
import { measurePostgresAppends } from './postgres-appends';
import { measurePostgresPooler } from './postgres-pooler';
import { measurePostgresReading } from './postgres-reading';
import { measureJudging } from './judge-export';
import { measureProof } from './proof';
import { measureProofVerify } from './proof-verify';
import { measureReading } from './reading';
import { measureReadingRecorded } from './reading-recorded';
import { measureRebuilds } from './rebuilds';
import { measureSqlitePeers } from './sqlite-peers';
import { measureStart } from './start';
import { spreadOf } from './support/measuring';
import { curvesOf } from './support/curves';
import { documentOf, growthDocumentOf, pictureOf, printSection, proofDocumentOf, type Section } from './support/report';
import { removePostgres } from './support/postgres';
import { fsyncMicroseconds, removeFolders } from './support/stores';

const options = {
  short: { type: 'boolean', about: 'less of everything: under 90 seconds instead of eighteen minutes' },
  only: { type: 'string', about: 'these parts only, separated by commas' },
  against: {
    type: 'string',
    about:
      'with --only start: starts what another checkout has built (its dist) in turn with this one; with --only others: measures that one',
  },
  long: { type: 'boolean', about: 'logs of up to ten million events instead: forty minutes or more, twenty gigabytes of disk' },
  'up-to': { type: 'string', about: 'with --long: logs of at most so many events' },
  proof: { type: 'boolean', about: 'sealing and verifying instead: some minutes' },
  write: { type: 'boolean', about: 'writes the document of what was measured, and its picture: docs/benchmarks*.md' },
  json: { type: 'boolean', about: 'prints everything once more at the end, as one line of JSON' },
  help: { type: 'boolean', about: 'prints this, and measures nothing' },
} as const;

/** The options as they were given. Whoever mistypes one learns it now, not after eighteen minutes. */
const given = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
};
const {
  short = false,
  long = false,
  proof = false,
  write = false,
  json = false,
  help = false,
  only,
  against,
  'up-to': upTo = '10000000',
} = given();

const parts: Readonly<Record<string, () => Promise<readonly Section[]>>> = {
  appends: async () => [await measureAppends(short ? { rounds: 3, seconds: 0.5 } : { rounds: 9, seconds: 0.8 })],
  reading: async () => [await measureReading(short ? { events: 100_000, rounds: 3 } : { events: 1_000_000, rounds: 3 })],
  'reading-recorded': async () => [await measureReadingRecorded(short ? { rounds: 3, reads: 40 } : { rounds: 7, reads: 200 })],
  'postgres-appends': () => measurePostgresAppends(short ? { rounds: 3, seconds: 0.5 } : { rounds: 7, seconds: 0.8 }),
  'postgres-pooler': () =>
    measurePostgresPooler(short ? { rounds: 2, seconds: 0.3, bookings: 40 } : { rounds: 5, seconds: 0.8, bookings: 100 }),
  'postgres-reading': () =>
    measurePostgresReading(
      short
        ? { events: 50_000, peerEvents: 10_000, rounds: 2, most: 5_000, seconds: 0.5 }
        : { events: 1_000_000, peerEvents: 100_000, rounds: 3, most: 20_000, seconds: 1 },
    ),
  'sqlite-peers': async () => [
    await measureSqlitePeers(short ? { rounds: 2, seconds: 0.5, replayed: 2_000 } : { rounds: 5, seconds: 0.8, replayed: 10_000 }),
  ],
  eventstoredb: async () => [
    await measureEventStoreDb(
      short
        ? { rounds: 2, seconds: 0.4, events: 5_000, inOneStream: 2_000 }
        : { rounds: 5, seconds: 0.8, events: 50_000, inOneStream: 10_000 },
    ),
  ],
  'bookings-by-store': async () => [await measureBookingsByStore(short ? { rounds: 3, bookings: 100 } : { rounds: 7, bookings: 300 })],
  others: async () => [
    await measureBesideOthers({
      ...(short ? { ours: 2_000, others: 20_000, rounds: 1 } : { ours: 10_000, others: 1_000_000, rounds: 3 }),
      dist: against,
    }),
  ],
  rebuilds: async () => [await measureRebuilds(short ? { tickets: 8_000, rounds: 3 } : { tickets: 40_000, rounds: 3 })],
  neighbour: async () => [await measureNeighbour(short ? { tickets: 5_000, rounds: 2 } : { tickets: 20_000, rounds: 3 })],
  pages: async () => [await measurePages(short ? { rounds: 2, seconds: 1 } : { rounds: 5, seconds: 2 })],
  'operator-page': async () => [await measureOperatorPage(short ? { rounds: 1, facts: 20 } : { rounds: 3, facts: 60 })],
  start: async () => [await measureStart({ ...(short ? { events: 5_000, rounds: 2 } : { events: 100_000, rounds: 7 }), against })],
  bookings: () =>
    measureBookings(
      short ? { bookings: 200, rounds: 2, emptySeconds: 2, lookups: 200 } : { bookings: 3_000, rounds: 5, emptySeconds: 4, lookups: 1_000 },
    ),
};

const proofParts: typeof parts = {
  sealing: () => measureProof(short ? { events: 10_000, rounds: 3, seconds: 0.5 } : { events: 100_000, rounds: 7, seconds: 0.8 }),
  judging: async () => [await measureJudging(short ? { tickets: 2000, rounds: 2 } : { tickets: 100_000, rounds: 1 })],
  verifying: async () => [await measureProofVerify(short ? { events: 100_000, rounds: 2 } : { events: 1_000_000, rounds: 3 })],
};

let curves: readonly Curve[] = [];
const longParts: typeof parts = {
  growth: async () => {
    const { section, curves: measured } = await measureLong({
      sizes: [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= Number(upTo)),
      rounds: short ? 2 : 5,
    });
    curves = measured;
    return [section];
  },
};

const toMeasure = long ? longParts : proof ? proofParts : parts;
const chosen = only?.split(',') ?? Object.keys(toMeasure);

const main = async (): Promise<void> => {
  const fsyncs = [fsyncMicroseconds()];
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(toMeasure)) {
    if (!chosen.includes(name)) continue;
    for (const section of await measure()) {
      printSection(section);
      sections.push(section);
    }
    fsyncs.push(fsyncMicroseconds());
  }
  const [processor] = cpus();
  const machine = {
    processor: `${cpus().length} × ${processor?.model ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
    fsync: spreadOf(fsyncs),
    load: loadavg()[1] ?? 0,
    mode: long ? 'long' : short ? 'short' : 'full',
    day: new Date().toISOString().slice(0, 10),
  };
  console.log(
    `\n4 KiB and one fsync: ${machine.fsync.median.toFixed(0)} µs (${machine.fsync.low.toFixed(0)}–${machine.fsync.high.toFixed(0)})`,
  );
  console.log(`${machine.processor}; load of the last five minutes ${machine.load.toFixed(1)}`);
  if (json) console.log(JSON.stringify(sections));
  if (!write) return;
  const folder = join(__dirname, '..', '..', 'docs');
  mkdirSync(folder, { recursive: true });
  if (long) {
    writeFileSync(join(folder, 'benchmarks-growth.svg'), curvesOf(curves));
    writeFileSync(join(folder, 'benchmarks-growth.md'), growthDocumentOf(machine, sections));
    return;
  }
  if (proof) {
    writeFileSync(join(folder, 'benchmarks-proof.md'), proofDocumentOf(machine, sections));
    return;
  }
  writeFileSync(join(folder, 'benchmarks.svg'), pictureOf(sections));
  writeFileSync(join(folder, 'benchmarks.md'), documentOf(machine, sections));
};

if (help) {
  const lines = Object.entries(options).map(
    ([name, { type, about }]) => `  ${`--${name}${type === 'string' ? ' …' : ''}`.padEnd(12)} ${about}`,
  );
  console.log(
    `npm run bench -- …\n${lines.join('\n')}\n\nParts: ${Object.keys(parts).join(', ')}; with --proof: ${Object.keys(proofParts).join(', ')}.`,
  );
  process.exit();
}
const unknown = chosen.filter((name) => !Object.hasOwn(toMeasure, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: ${Object.keys(toMeasure).join(', ')}.`);
  process.exit(2);
}
void main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .then(async () => {
    await removePostgres();
    removeFolders();
    process.exit();
  });
