import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { backgroundTasksOutside } from '../../../../src/infrastructure/nest/background-tasks-outside';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { serve } from '../../../../src/infrastructure/service/serve';
import { createMemoryOperations } from '../../../../src/infrastructure/tables/operations/memory-operations';
import { createSigner, noteVerifierOf, outsideStatusOf, statusKey, verifiedCheckpoint, verifierLine } from '@tichet-albastru/signed-log';
import { createLogAlarm } from '../../../../src/infrastructure/proof/alarm/log-alarm';
import { openSigning } from '../../../../src/infrastructure/proof/signing/signing';
import { refusalKey } from '../../../../src/infrastructure/proof/tell-refusal';
import { createMetrics } from '../../../../src/infrastructure/telemetry/metrics';
import { logKey, notedJournal, sealedLog } from '../../../support/sealed-log';
import { appendSmall } from '../../../support/small-events';
import { captured, environmentOf, tichetIn } from './captured';
import { closing, emptyFolder } from '../../../support/closing';

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(10);
};

const line = verifierLine(logKey);

/** The program, as a control department starts it. */
const started = async (folder: string, listen = '127.0.0.1:0') => {
  const stop = new AbortController();
  const { said, terminal } = captured({}, { signal: stop.signal });
  const ended = runCommandLine(['witness', '--listen', listen, '--folder', folder, '--log', line], terminal);
  let over = false;
  void ended.then(() => (over = true));
  await until(() => over || said.stdout.includes('\n'));
  const told = JSON.parse(said.stdout || '{}') as { readonly url: string; readonly verifier: string };
  return {
    ...told,
    said,
    stop: () => {
      stop.abort();
      return ended;
    },
  };
};

const refused = (...argv: readonly string[]) => tichetIn({}, ['witness', ...argv]);

const running = async (witness: { readonly url: string; readonly verifier: string }, witnessFolder: string) => {
  const log = await sealedLog([20]);
  const letters: Letter[] = [];
  const { logger, lines } = notedJournal();
  const operations = createMemoryOperations();
  const metrics = createMetrics();
  const closing: (() => void | Promise<void>)[] = [];
  const alarm = createLogAlarm({ keyValues: operations.keyValues, clock: { now: () => new Date().toISOString() }, logger });
  const verifier = noteVerifierOf(witness.verifier);
  if (verifier === undefined) throw new Error('The witness says which key is its own.');
  const loops = backgroundTasksOutside(
    { witnessFolder, witnesses: [{ name: 'control', url: witness.url, verifier, private: true }], mailTo: 'control@city.example' },
    {
      ports: {
        operations,
        logger,
        clock: { now: () => new Date().toISOString() },
        identifiers: createIdentifiers(),
        mailer: {
          send: (letter) => {
            letters.push(letter);
            return Promise.resolve({ kind: 'accepted' });
          },
          forget: () => Promise.resolve(0),
        },
      },
      sealing: { checkpoints: log.checkpoints, key: logKey, alarm },
      dataDirectory: emptyFolder(),
      watch: metrics.outside,
      watchHttp: metrics.watchHttp,
      closing,
      pauses: { usual: 20, refused: 20, unavailable: [20] },
    },
  );
  const over = new AbortController();
  const work = Promise.all(loops.map((loop) => loop.work(over.signal)));
  const sizeOf = async (name: string): Promise<number | undefined> =>
    outsideStatusOf(await operations.keyValues.get(statusKey(name)))?.size;
  return {
    ...log,
    loops,
    letters,
    lines,
    operations,
    metrics,
    alarm,
    sizeOf,
    end: async () => {
      over.abort();
      await work;
      for (const close of closing.reverse()) await close();
    },
  };
};

describe('a service with TICHET_WITNESS_FOLDER', () => {
  it('has what it finds sealed cosigned there', async () => {
    const folder = emptyFolder();
    const share = join(emptyFolder(), 'share');
    const { settings } = readSettings({ ...environmentOf(folder), TICHET_WITNESS_FOLDER: share }, () => '');
    const before = await openPorts(settings);
    const { checkpoints, key } = before.sealing ?? {};
    if (checkpoints === undefined || key === undefined) throw new Error('The log is sealed where it is kept.');
    await appendSmall(before.ports.store, 12);
    const sealing = await openSigning({ store: before.ports.store, checkpoints, signer: createSigner(checkpoints, key) });
    for await (const event of before.ports.store.readAll()) sealing.add(event);
    await sealing.sign();
    await before.close();
    const service = closing(await serve(settings));
    const witnessed = () => service.opened.sealing?.checkpoints.get('witnessed');
    await until(async () => (await witnessed()) !== undefined);
    expect(readFileSync(join(share, `${encodeURIComponent(key.name)}.checkpoint`), 'utf8')).toContain(`${key.name}\n12\n`);
    expect((await service.opened.ports.signedLog?.witnessed())?.size).toBe(12);
  });
});

describe('tichet witness', () => {
  it('cosigns for a service that is set to ask it, after a restart as well', async () => {
    const folder = emptyFolder();
    const witness = await started(folder);
    const service = await running(witness, join(emptyFolder(), 'share'));
    expect(service.loops.map(({ name }) => name)).toEqual(['outside-folder', 'outside-control', 'outside-letter']);
    for (const name of ['folder', 'control', 'letter']) await until(async () => (await service.sizeOf(name)) === 20);
    expect(service.letters).toHaveLength(1);
    await service.grow(30);
    for (const name of ['folder', 'control']) await until(async () => (await service.sizeOf(name)) === 50);
    const note = (await service.checkpoints.get('witnessed')) ?? '';
    expect(verifiedCheckpoint(note, logKey)?.size).toBe(50);
    expect(await (await fetch(witness.url)).text()).toContain('\n50\n');
    const numbers = await service.metrics.text();
    expect(numbers).toContain('tichet_checkpoints_outside_total{outside="control",outcome="confirmed"} 2');
    expect(numbers).toMatch(/tichet_checkpoint_outside_timestamp_seconds\{outside="folder"\} \d{10}/u);
    expect(service.lines.filter(({ event }) => event.startsWith('witness'))).toEqual([]);
    const { port } = new URL(witness.url);
    expect(await witness.stop()).toBe(0);
    await service.grow(5);
    await until(() => service.lines.some(({ event }) => event === 'outside.unavailable'));
    await until(async () => (await service.sizeOf('folder')) === 55);
    const again = await started(folder, `127.0.0.1:${port}`);
    expect(again.verifier).toBe(witness.verifier);
    await until(async () => (await service.sizeOf('control')) === 55);
    expect(service.lines.some(({ event }) => event === 'outside.answers-again')).toBe(true);
    await service.end();
    expect(await again.stop()).toBe(0);
  });

  it('says aloud, and once, that it knows a longer log', async () => {
    const folder = emptyFolder();
    const witness = closing(await started(folder));
    const service = await running(witness, join(emptyFolder(), 'share'));
    await service.grow(30);
    await until(async () => (await service.sizeOf('control')) === 50);
    await service.end();
    const back = closing(await running(witness, join(emptyFolder(), 'another-share')));
    await until(async () => (await back.operations.keyValues.get(refusalKey)) !== undefined);
    expect(back.lines).toContainEqual({
      event: 'witness.refused',
      values: { witness: 'control', reason: 'knows-longer-log', size: 20, known: 50 },
    });
    await until(() => back.alarm.standing() !== undefined);
    expect(back.alarm.standing()?.fault).toMatchObject({ reason: 'witness-contradicts', number: 50 });
    // the other one, and the letter, go on
    for (const name of ['folder', 'letter']) await until(async () => (await back.sizeOf(name)) === 20);
  });

  it('does not start when it no longer knows what it cosigned', async () => {
    const folder = emptyFolder();
    const witness = await started(folder);
    const service = await running(witness, join(emptyFolder(), 'share'));
    await until(async () => (await service.sizeOf('control')) === 20);
    await service.end();
    await witness.stop();
    rmSync(join(folder, `${encodeURIComponent(logKey.name)}.checkpoint`));
    const { exit, stderr } = await refused('--listen', '127.0.0.1:0', '--folder', folder, '--log', line);
    expect([exit, stderr]).toEqual([1, expect.stringContaining('no longer knows what it cosigned')]);
  });

  it.each([
    ['an address that is none', ['--listen', 'nowhere', '--folder', 'w', '--log', line], 5, 'is not HOST:PORT'],
    ['a line that is none', ['--listen', '127.0.0.1:0', '--folder', 'w', '--log', `${line}x`], 5, 'not the line of a log’s key'],
    ['a name with spaces', ['--listen', '127.0.0.1:0', '--folder', 'w', '--log', line, '--name', 'a b'], 5, 'neither spaces nor a plus'],
    ['no log', ['--listen', '127.0.0.1:0', '--folder', 'w'], 2, '--log'],
  ])('refuses %s', async (_, argv, code, sentence) => {
    const { exit, stderr } = await refused(...argv);
    expect([exit, stderr]).toEqual([code, expect.stringContaining(sentence)]);
  });
});
