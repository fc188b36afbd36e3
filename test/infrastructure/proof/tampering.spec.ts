import { hash } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFiles, pathIn } from '../../../src/infrastructure/database/data-folder/data-files';
import { createMemoryCheckpointStore, type CheckpointStore } from '@tichet-albastru/signed-log';
import { logInSqlite } from '../../../src/infrastructure/proof/verify/log-in-sqlite';
import { verifyLog, type LogToVerify, type LogVerified } from '../../../src/infrastructure/proof/verify/verify-log';
import { series } from '../../support/copied-history';
import { sealedTickets, sealKey, checkpointsIn, checkpointsInMemory, type SealedLog } from '../../support/sealed-tickets';
import type { Chance } from '../../support/behind-its-back';
import { foundFromOutsideAlone, tamperings, touchSeals, type Expected, type TamperingName } from '../../support/tamperings';

/** All of them in the long form: `npm run test:long`. */
const tries = process.env['FAULTS'] === 'full' ? 1000 : 400;
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const names = Object.keys(tamperings) as readonly TamperingName[];

let base: SealedLog;
let untouched: CheckpointStore;
beforeAll(async () => {
  console.log(`SEED=${seed}`);
  base = await sealedTickets(64, { every: 45 });
  untouched = await checkpointsInMemory(base.folder, base.size);
});

const chanceFrom = (start: number): Chance => {
  const next = series(start);
  return (most) => Math.floor(next() * most);
};

type Variant = (whole: LogToVerify) => LogToVerify;
const verified = async (folder: string, checkpoints = checkpointsIn(folder), variant: Variant = (whole) => whole): Promise<LogVerified> => {
  const log = logInSqlite(pathIn(folder, dataFiles.events));
  try {
    return await verifyLog(variant({ log, checkpoints, verifier: sealKey, outside: base.notes.slice(-1) }));
  } finally {
    log.close();
  }
};

/** Tampers with a copy, and looks at it with each of these. */
const tampered = async (
  name: TamperingName,
  chance: Chance,
  variants: readonly Variant[],
): Promise<{ readonly expected: Expected; readonly reports: readonly LogVerified[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-tampered-'));
  try {
    const checkpoints = touchSeals.has(name) ? checkpointsIn(folder) : untouched;
    if (touchSeals.has(name)) cpSync(base.folder, folder, { recursive: true });
    else copyFileSync(pathIn(base.folder, dataFiles.events), pathIn(folder, dataFiles.events));
    const expected = await tamperings[name](folder, base, chance);
    const reports: LogVerified[] = [];
    for (const variant of variants) reports.push(await verified(folder, checkpoints, variant));
    return { expected, reports };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const fits = (expected: Expected, { faults: [first] }: LogVerified): boolean => {
  if (first === undefined) return false;
  if (expected === 'anything') return true;
  if ('number' in expected) return first.number === expected.number;
  const [from, to] = expected.within;
  return first.number >= from && first.number <= to;
};

const whole: Variant = (asked) => asked;
/** Each with what it must miss sometimes. */
const brokenVariants: Readonly<Record<string, { readonly variant: Variant; readonly of: TamperingName }>> = {
  'one that believes the hash beside an event': {
    variant: (asked) => ({ ...asked, hashOf: ({ hash: written }) => written }),
    of: 'a byte of the body',
  },
  'one without tiles and roots': {
    variant: (asked) => ({ ...asked, checkpoints: createMemoryCheckpointStore(), outside: [] }),
    of: 'an event rewritten, its chain computed again to the end of the stream',
  },
  'one without the checkpoint that was kept elsewhere': {
    variant: (asked) => ({ ...asked, outside: [] }),
    of: 'log and seals as they were',
  },
};

describe('whoever changes the log or its seals', () => {
  it('leaves a log that nobody touched without a finding', async () => {
    const report = await verified(base.folder);
    expect(report).toMatchObject({ events: base.size, sealed: base.size, outside: 1, faults: [], faultsInAll: 0 });
    expect(report.checkpoints).toBeGreaterThan(5);
  });

  it(`is found in ${tries} of ${tries} tries, and the report names the first event concerned`, async () => {
    const chance = chanceFrom(seed);
    const missed: unknown[] = [];
    const counted = new Map<string, number>();
    for (let nth = 0; nth < tries; nth += 1) {
      const name = names[nth % names.length] ?? 'a byte of the body';
      const { expected, reports } = await tampered(name, chance, [whole]);
      if (reports.every((report) => fits(expected, report))) counted.set(name, (counted.get(name) ?? 0) + 1);
      else missed.push({ nth, name, expected, reports });
    }
    expect(missed).toEqual([]);
    expect([...counted.values()].reduce((sum, count) => sum + count, 0)).toBe(tries);
    expect(counted.size).toBe(names.length);
  });

  it.each(Object.entries(brokenVariants))('would not always be found by %s', async (_, { variant, of }) => {
    const chance = chanceFrom(seed);
    let missed = 0;
    for (let nth = 0; nth < 20; nth += 1) {
      const { reports } = await tampered(of, chance, [whole, variant]);
      const [found, broken] = reports.map(({ faults }) => faults.length > 0);
      expect(found).toBe(true);
      if (broken === false) missed += 1;
    }
    expect(missed).toBeGreaterThan(0);
  });

  it.each(foundFromOutsideAlone)('%s: is found by the checkpoint that was kept elsewhere, and by nothing else', async (name) => {
    const chance = chanceFrom(seed);
    for (let nth = 0; nth < 5; nth += 1) {
      const { reports } = await tampered(name, chance, [whole, (asked) => ({ ...asked, outside: [] })]);
      expect(reports.map(({ faults }) => faults.length > 0)).toEqual([true, false]);
      expect(reports[0]?.faults[0]?.reason).toMatch(/^(rolled-back|rewritten)$/);
    }
  });
});

describe('a tree that hashes leaves like nodes', () => {
  it('takes two leaves together for one, which ours does not', () => {
    const plain = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');
    const [a, b] = [plain(Buffer.from('a')), plain(Buffer.from('b'))];
    const root = plain(Buffer.concat([plain(a), plain(b)]));
    const forgedLeaf = Buffer.concat([plain(a), plain(b)]);
    // of one leaf the root is its hash: the forged log of one "event" has the root of the true one of two
    expect(plain(forgedLeaf)).toEqual(root);
    const separated = (prefix: number, bytes: Buffer): Buffer => plain(Buffer.concat([Buffer.from([prefix]), bytes]));
    const ours = separated(1, Buffer.concat([separated(0, a), separated(0, b)]));
    expect(separated(0, Buffer.concat([separated(0, a), separated(0, b)]))).not.toEqual(ours);
  });
});
