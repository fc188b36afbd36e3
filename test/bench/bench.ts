import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { measureAppends } from './appends';
import { measureBookings } from './bookings';
import { measureEventStoreDb } from './eventstoredb';
import { measureLong, type Curve } from './long';
import { measureNeighbour } from './neighbour';
import { measurePages } from './pages';
import { measurePostgresAppends } from './postgres-appends';
import { measurePostgresReading } from './postgres-reading';
import { measureProof } from './proof';
import { measureProofVerify } from './proof-verify';
import { measureReading } from './reading';
import { measureRebuilds } from './rebuilds';
import { measureSqlitePeers } from './sqlite-peers';
import { measureStart } from './start';
import { spreadOf } from './support/measuring';
import { curvesOf } from './support/curves';
import { documentOf, growthDocumentOf, pictureOf, printSection, proofDocumentOf, type Section } from './support/report';
import { removePostgres } from './support/postgres';
import { fsyncMicroseconds, removeFolders } from './support/stores';

/**
 * `npm run bench -- --long` measures logs of up to ten million events instead (in forty minutes or more, with twenty gigabytes of disk; `--up-to 1000000`
 * for less), and writes docs/benchmarks-growth.md and its picture with `--write`.
 */
const long = process.argv.includes('--long');
/** `npm run bench -- --proof` measures sealing and verifying (some minutes), and writes docs/benchmarks-proof.md with `--write`. */
const proof = process.argv.includes('--proof');
const upTo = Number(process.argv.includes('--up-to') ? process.argv[process.argv.indexOf('--up-to') + 1] : 10_000_000);

/**
 * `npm run bench` (eighteen minutes), `-- --short` (under 90 seconds), `-- --only appends,…`, `-- --write` for docs/benchmarks.md;
 * `-- --only start --against DIST` starts what another checkout has built in turn with this one.
 */
const short = process.argv.includes('--short');
const only = process.argv[process.argv.indexOf('--only') + 1]?.split(',') ?? [];
const against = process.argv.includes('--against') ? process.argv[process.argv.indexOf('--against') + 1] : undefined;
const chosen = (name: string): boolean => !process.argv.includes('--only') || only.includes(name);

const parts: Readonly<Record<string, () => Promise<readonly Section[]>>> = {
  appends: async () => [await measureAppends(short ? { rounds: 3, seconds: 0.5 } : { rounds: 9, seconds: 0.8 })],
  reading: async () => [await measureReading(short ? { events: 100_000, rounds: 3 } : { events: 1_000_000, rounds: 3 })],
  'postgres-appends': () => measurePostgresAppends(short ? { rounds: 3, seconds: 0.5 } : { rounds: 7, seconds: 0.8 }),
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
    await measureEventStoreDb(short ? { rounds: 2, seconds: 0.5, events: 5_000 } : { rounds: 5, seconds: 0.8, events: 50_000 }),
  ],
  rebuilds: async () => [await measureRebuilds(short ? { tickets: 8_000, rounds: 3 } : { tickets: 40_000, rounds: 3 })],
  neighbour: async () => [await measureNeighbour(short ? { tickets: 5_000, rounds: 2 } : { tickets: 20_000, rounds: 3 })],
  pages: async () => [await measurePages(short ? { rounds: 2, seconds: 1 } : { rounds: 5, seconds: 2 })],
  start: async () => [await measureStart({ ...(short ? { events: 5_000, rounds: 2 } : { events: 100_000, rounds: 7 }), against })],
  bookings: () =>
    measureBookings(
      short ? { bookings: 200, rounds: 2, emptySeconds: 2, lookups: 200 } : { bookings: 3_000, rounds: 5, emptySeconds: 4, lookups: 1_000 },
    ),
};

const proofParts: typeof parts = {
  sealing: () => measureProof(short ? { events: 10_000, rounds: 3, seconds: 0.5 } : { events: 100_000, rounds: 7, seconds: 0.8 }),
  verifying: async () => [await measureProofVerify(short ? { events: 100_000, rounds: 2 } : { events: 1_000_000, rounds: 3 })],
};

let curves: readonly Curve[] = [];
const longParts: typeof parts = {
  growth: async () => {
    const { section, curves: measured } = await measureLong({
      sizes: [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= upTo),
      rounds: short ? 2 : 5,
    });
    curves = measured;
    return [section];
  },
};

const main = async (): Promise<void> => {
  const fsyncs = [fsyncMicroseconds()];
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(long ? longParts : proof ? proofParts : parts)) {
    if (!chosen(name)) continue;
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
  if (!process.argv.includes('--write')) return;
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

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    await removePostgres();
    removeFolders();
    process.exit();
  });
