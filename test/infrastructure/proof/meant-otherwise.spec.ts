import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyExport } from '../../../src/infrastructure/proof/export/export-verify';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { readTicketProof, ticketProofText } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { verifierLine } from '@tichet-albastru/signed-log';
import { startService } from '../../http/support/service';
import { emptyFolder } from '../../support/closing';
import { chance, joined, linesOf, summedAnew } from '../../support/export-edits';
import { hasPython, pythonProgram, pythonVerdicts } from '../../support/independent-verifiers';
import { exportMeantOtherwise, proofMeantOtherwise } from '../../support/meant-otherwise';
import { sealedDemo, type SealedDemo } from '../../support/sealed-demo';
import { exportOf, proofOf } from './support/exports-and-proofs';

/** 100,000 of them in the long form, `npm run test:long`; in parts MEANT_OTHERWISE=10000 MEANT_OTHERWISE_FROM=20000. */
const wanted = Number(process.env['MEANT_OTHERWISE'] ?? (process.env['FAULTS'] === 'full' ? 100_000 : 600));
const first = Number(process.env['MEANT_OTHERWISE_FROM'] ?? 0);
const atOnce = 2000;
const days = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'];

let demo: SealedDemo;
let folder = '';
const proofs: string[] = [];
const exports: Buffer[] = [];

async function* inOne(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

const oursAccepts = async (path: string): Promise<boolean> => {
  const bytes = readFileSync(path);
  if (path.endsWith('.jsonl')) return (await verifyExport(inOne(bytes), demo.key)).faults === 0;
  const proof = readTicketProof(bytes);
  return proof !== undefined && checkTicketProof(proof, demo.key).kind === 'holds';
};

beforeAll(async () => {
  demo = await sealedDemo('2026-03-11T10:00:00.000Z');
  const service = await startService(demo.ports);
  await service.settled();
  folder = emptyFolder();
  for (const { ticketId } of demo.told.tickets) proofs.push(ticketProofText(await proofOf(demo, ticketId)));
  for (const day of days) {
    const bytes = await exportOf(demo, { from: day, to: day });
    if (linesOf(bytes).length > 3) exports.push(bytes);
  }
});

/** Some in an empty folder: every other one a proof. @returns what each was made of, by its path */
const written = (from: number, to: number): ReadonlyMap<string, string> => {
  const place = join(folder, 'some');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  const kinds = new Map<string, string>();
  for (let nth = from; nth < to; nth += 1) {
    const next = chance(nth);
    const isProof = nth % 2 === 0;
    const path = join(place, `${nth}.${isProof ? 'json' : 'jsonl'}`);
    if (isProof) {
      const at = next(proofs.length);
      const { kind, text } = proofMeantOtherwise(proofs[at] ?? '', proofs[(at + 1) % proofs.length] ?? '', nth >> 1, next);
      writeFileSync(path, text);
      kinds.set(path, `a proof: ${kind}`);
    } else {
      const { kind, lines } = exportMeantOtherwise(linesOf(exports[next(exports.length)] ?? Buffer.alloc(0)), anewIfCan, nth >> 1, next);
      writeFileSync(path, joined(lines));
      kinds.set(path, `an export: ${kind}`);
    }
  }
  return kinds;
};

const anewIfCan = (lines: readonly string[]): readonly string[] => {
  try {
    return summedAnew(lines);
  } catch {
    return lines;
  }
};

describe('proofs and exports that were made to say something else', () => {
  it('hold as they were written, for both verifiers', async () => {
    const place = join(folder, 'whole');
    mkdirSync(place);
    for (const [at, text] of proofs.entries()) writeFileSync(join(place, `${at}.json`), text);
    for (const [at, bytes] of exports.entries()) writeFileSync(join(place, `${at}.jsonl`), bytes);
    for (const [at] of proofs.entries()) expect(await oursAccepts(join(place, `${at}.json`))).toBe(true);
    for (const [at] of exports.entries()) expect(await oursAccepts(join(place, `${at}.jsonl`))).toBe(true);
    if (!hasPython) return;
    const verdicts = [...pythonVerdicts(place, demo.key).values()];
    expect(verdicts).toEqual(verdicts.map(() => true));
    expect(verdicts).toHaveLength(proofs.length + exports.length);
  });

  it('are accepted by neither', async () => {
    const accepted: unknown[] = [];
    const counts = new Map<string, number>();
    for (let from = first; from < first + wanted; from += atOnce) {
      const kinds = written(from, Math.min(first + wanted, from + atOnce));
      for (const [path, kind] of kinds) {
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        if (await oursAccepts(path)) accepted.push({ by: 'ours', path, kind });
      }
      if (!hasPython) continue;
      const verdicts = pythonVerdicts(join(folder, 'some'), demo.key);
      expect(verdicts.size).toBe(kinds.size);
      for (const [path, holds] of verdicts) if (holds) accepted.push({ by: 'python', path, kind: kinds.get(path) });
    }
    expect(accepted).toEqual([]);
    console.log(`${wanted} files: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join('; ')}`);
  });

  (hasPython ? it : it.skip)('are accepted by a verifier that does not look at what is signed over the whole file', () => {
    const program = readFileSync(pythonProgram, 'utf8');
    const blind = program
      .replace('        check_manifest(proof, key, size, root)\n', '')
      .replace(/if signed_manifest\(self\.manifest, self\.key\) != [^\n]*\n\s*raise Unfit\("manifest-differs"\)/, 'pass');
    expect(blind.length).toBeLessThan(program.length - 100);
    const path = join(folder, 'blind.py');
    writeFileSync(path, blind);
    const kinds = written(0, 200);
    const { stdout } = spawnSync('python3', [path, '--lang', 'en', '--quiet', '--key', verifierLine(demo.key), join(folder, 'some')], {
      encoding: 'utf8',
    });
    const missed = new Set(stdout.split('\n').flatMap((line) => kinds.get(/^OK +(.+?): /.exec(line)?.[1] ?? '') ?? []));
    expect([...missed]).toEqual(expect.arrayContaining(['a proof: the last events cut off', 'an export: a line left out']));
  });
});
