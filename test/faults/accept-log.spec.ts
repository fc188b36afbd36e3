import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { acceptanceSteps } from '../../src/infrastructure/tools/accept-log/accept-log';
import { tichetIn } from '../infrastructure/tools/command-line/captured';
import { bookAgain, keptTicket, losing, lostTicket, now, opening, shortenedLog } from '../support/shortened-log';

const root = join(__dirname, '..', '..');
const preload = join(root, 'test', 'support', 'typescript-in-threads.cjs');

/** Lets the command die once it has done this step. */
const diesBehind = async (environment: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<void> => {
  const child = spawn(process.execPath, ['--require', preload, join(__dirname, 'accepting-child.ts'), ...argv], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => {
    complaint += bytes.toString();
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(complaint);
};

/** Whether anything can be written, and whether the log says by then what is gone. */
const standing = (environment: Record<string, string>) =>
  opening(
    environment,
    async (opened) => {
      const { ports, sealing } = opened;
      const alarm = sealing?.alarm.standing() !== undefined;
      let facts = 0;
      for await (const event of ports.store.read('ops-log.accepted')) facts += event.type === 'LogAccepted' ? 1 : 0;
      const rows = [
        await ports.readModels.get('ticket-status', lostTicket),
        await ports.readModels.get<{ status: string }>('ticket-status', keptTicket),
      ];
      const tasks = (await ports.readModels.select<{ readonly kind: string }>('tasks')).rows.filter(
        ({ kind }) => kind === 'facts-lost',
      ).length;
      const attempts = (await ports.operations.attempts.list()).length;
      const answers = [
        await ports.operations.idempotency.answered('key-lost', 'print'),
        await ports.operations.idempotency.answered('key-kept', 'print'),
      ];
      return { alarm, facts, lost: rows[0], kept: rows[1]?.status, tasks, attempts, answers };
    },
    now,
  );
const whole = { alarm: false, facts: 1, lost: undefined, kept: 'scheduled', tasks: 1, attempts: 0, answers: [undefined, undefined] };

const where: readonly (keyof typeof losing)[] =
  process.env['FAULTS'] === 'full' ? ['a data folder', 'PostgreSQL', 'EventStoreDB'] : ['a data folder'];

describe.each(where)('accepting a log in %s', (place) => {
  it.each(acceptanceSteps.map(({ name }) => name))(
    'ended by kill -9 once %s, and run again, ends as if it had not been; until then nothing can be written',
    async (step) => {
      const { environment, verifier } = await shortenedLog(place);
      await diesBehind(environment, step);
      const isOver = step === 'alarm-ended';
      expect((await standing(environment)).alarm).toBe(!isOver);
      if (!isOver) await expect(opening(environment, bookAgain, now)).rejects.toThrow('read only');
      // half of an acceptance is no log that is whole again
      const cleared = await tichetIn(environment, ['seal', 'clear', '--reason', 'x']);
      if (!isOver && step !== 'plan-done') expect(cleared.exit).toBe(6);
      expect((await tichetIn(environment, ['accept-log', '--reason', 'again'])).exit).toBe(0);
      expect(await standing(environment)).toEqual(whole);
      const { exit, stdout } = await tichetIn(environment, ['verify', '--json']);
      expect([exit, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ faultsInAll: 0 })]);
      expect((JSON.parse(stdout) as { verifier: string }).verifier).not.toBe(verifier);
      expect(await opening(environment, bookAgain, now)).toBe(true);
    },
  );

  it('would leave tables and answers that know what is gone to a service that writes, if the alarm ended before all is in line', async () => {
    const { environment, allOlder } = await shortenedLog(place);
    await diesBehind(environment, 'alarm-ended', 'early');
    await tichetIn(environment, ['accept-log', '--reason', 'again']);
    const left = await standing(environment);
    // tables that are ahead of the log tell of themselves by now; nothing else would
    expect([left.alarm, left.facts, left.tasks]).toEqual([!allOlder, 1, 0]);
    if (!allOlder) expect(left).toMatchObject({ kept: 'cancelled', attempts: 1, answers: [{ status: 201 }, { status: 201 }] });
  });
});

it('ended between the key and the checkpoints, and started meanwhile, signs nothing that continues them, and is ended when run again', async () => {
  const { environment, folder, verifier } = await shortenedLog('a data folder');
  await diesBehind(environment, 'plan-kept');
  const at = await opening(environment, async ({ ports }) => {
    const plan = JSON.parse((await ports.operations.keyValues.get('log-acceptance')) ?? '{}') as { readonly at: string };
    return plan.at;
  });
  const aside = join(folder, `set-aside-${at.replaceAll(/[:.]/g, '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  renameSync(join(folder, 'seal.key'), join(aside, 'seal.key'));
  expect((await standing(environment)).alarm).toBe(true);
  expect(readFileSync(join(folder, 'seal', 'verifier'), 'utf8').trim()).toBe(verifier);
  expect((await tichetIn(environment, ['accept-log', '--reason', 'again'])).exit).toBe(0);
  expect(await standing(environment)).toEqual(whole);
  expect(readdirSync(aside).sort()).toEqual(['seal', 'seal.key']);
  expect((await tichetIn(environment, ['verify'])).exit).toBe(0);
});

it('begun, and run again over a log into which something was put back meanwhile, names as gone only what is gone still', async () => {
  const { environment } = await shortenedLog('a data folder');
  await diesBehind(environment, 'seal-set-aside');
  const [back, others] = await opening(environment, async ({ ports }) => {
    const plan = JSON.parse((await ports.operations.keyValues.get('log-acceptance')) ?? '{}') as { readonly gone: readonly object[] };
    for await (const { stream, revision, id, hash } of ports.store.read(`ticket-${keptTicket}`)) {
      const gone = [...plan.gone, { stream, revision, id, hash }];
      await ports.operations.keyValues.put('log-acceptance', JSON.stringify({ ...plan, gone }));
      return [id, plan.gone] as const;
    }
    throw new Error('The ticket that was kept is not there.');
  });
  const { exit, stdout } = await tichetIn(environment, ['accept-log', '--reason', 'again', '--json']);
  expect([exit, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ gone: others })]);
  const { acceptances, lost } = JSON.parse((await tichetIn(environment, ['accept-log', 'report', '--json'])).stdout) as {
    readonly acceptances: readonly { readonly total: number }[];
    readonly lost: readonly { readonly facts: readonly { readonly id?: string }[] }[];
  };
  expect(acceptances.map(({ total }) => total)).toEqual([others.length]);
  expect(lost.flatMap(({ facts }) => facts.map(({ id }) => id))).not.toContain(back);
});
