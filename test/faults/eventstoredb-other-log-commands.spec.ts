import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { emptyFolder } from '../support/closing';
import { registerDemoStaff } from '../support/sealed-folder';
import { bookAgain, keptTicket, type losing, lostTicket, now, opening, shortenedLog } from '../support/shortened-log';
import { tichetIn } from '../infrastructure/tools/command-line/captured';

type Replaced = {
  readonly place: keyof typeof losing;
  /** whether what is gone was signed */
  readonly isSigned: boolean;
  /** whether the process still remembers what it has acknowledged: then by name, else only the tables tell that there was more */
  readonly remembers: boolean;
};
const tablesInFolder = ['EventStoreDB', 'EventStoreDB, emptied'] as const;
const tablesInPostgres = ['EventStoreDB, with tables in PostgreSQL', 'EventStoreDB, emptied, with tables in PostgreSQL'] as const;

const everyReplacement: readonly Replaced[] = [
  ...tablesInFolder.flatMap((place) => [
    { place, isSigned: true, remembers: true },
    { place, isSigned: false, remembers: true },
    { place, isSigned: false, remembers: false },
  ]),
  ...tablesInPostgres.map((place) => ({ place, isSigned: false, remembers: false })),
];

/** All of them in the long form, `npm run test:long`; else one of each length of a log, signed and not, remembered and not. */
const replacements = process.env['FAULTS'] === 'full' ? everyReplacement : everyReplacement.filter((_, index) => index % 5 === 0);

const replaced = async ({ place, isSigned, remembers }: Replaced) => {
  const log = await shortenedLog(place, { isSigned });
  if (!remembers) rmSync(join(log.folder, 'acknowledged'), { recursive: true });
  return { ...log, run: (...argv: readonly string[]) => tichetIn(log.environment, argv) };
};

type Findings = { readonly findings: readonly { readonly check: string }[] };

describe.each(replacements)('$place, what is gone signed: $isSigned, remembered: $remembers', (how) => {
  const isEmpty = how.place.includes('emptied');
  const word = how.remembers ? 'acknowledg' : '(acknowledg|signed|handled)';

  it('is told by every command that reads it, and copied by none', async () => {
    const { run } = await replaced(how);
    const { exit, stdout } = await run('doctor', '--json');
    const checks = (JSON.parse(stdout) as Findings).findings.map(({ check }) => check);
    expect([exit, checks]).toEqual([6, expect.arrayContaining(['tables-ahead', ...(how.remembers ? ['acknowledged-missing'] : [])])]);

    expect(await run('verify')).toMatchObject({ exit: 6 });
    const seal = await run('seal');
    expect([seal.exit, seal.stdout]).toEqual([6, expect.stringMatching(word)]);
    expect((await run('projections', 'list')).stdout).not.toContain('up to date');

    for (const format of ['jsonl', 'csv']) {
      const exported = await run('export', '--format', format);
      expect([exported.exit, exported.stderr]).toEqual([6, expect.stringMatching(word)]);
    }
    const lost = await run('replay', lostTicket);
    expect([lost.exit, lost.stderr]).toEqual([3, expect.stringMatching(word)]);
    const kept = await run('replay', keptTicket);
    expect([kept.exit, kept.stderr]).toEqual([isEmpty ? 3 : 0, expect.stringMatching(word)]);

    if (!how.remembers && !isEmpty) return;
    const copied = await run('copy', '--from', 'eventstoredb', '--to', `sqlite:${join(emptyFolder(), 'copy')}`);
    expect(copied.exit).toBe(6);
  });

  it('opens read-only, stays so whoever clears the alarm, and books again once the log was accepted', async () => {
    const { run, environment } = await replaced(how);
    // an empty log lacks what was signed as well, which the seal says
    const unremembered = isEmpty ? 'log-shorter' : 'tables-ahead';
    const reason = how.remembers ? 'acknowledged-missing' : unremembered;
    const opened = () =>
      opening(
        environment,
        async ({ sealing }) => [sealing?.alarm.standing()?.fault.reason, (await sealing?.acknowledged?.compare())?.reason] as const,
      );
    expect(await opened()).toEqual([reason, reason]);
    const write = (at: OpenedPorts): Promise<unknown> => (isEmpty ? registerDemoStaff(at) : bookAgain(at));
    // a person of whom nothing is left is not taken for a new one
    const refused = isEmpty && how.remembers ? 'lacks what was acknowledged of staff-' : 'read only';
    await expect(opening(environment, write, now)).rejects.toThrow(refused);
    expect((await run('accept-log', '--reason', 'discul a pierdut sfârșitul')).exit).toBe(0);
    expect(await opened()).toEqual([undefined, undefined]);
    expect((await run('verify')).exit).toBe(0);
    const { findings } = JSON.parse((await run('doctor', '--json')).stdout) as Findings;
    expect(findings.map(({ check }) => check)).toEqual(['log-accepted']);
    const { lost } = JSON.parse((await run('accept-log', 'report', '--json')).stdout) as { readonly lost: readonly { stream: string }[] };
    expect(lost.map(({ stream }) => stream)).toContain(`ticket-${lostTicket}`);
  });
});
