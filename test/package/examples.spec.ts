import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';
import { pack, type Packed } from './support/packed';
import { emptyFolder } from '../support/closing';

const needed = ['@nestjs/common', '@nestjs/core', '@nestjs/cqrs', '@nestjs/platform-fastify', 'rxjs', 'reflect-metadata', '@types/node'];

let packed: Packed;
let project = '';
let installed = '';

/** The examples in a project in which the package is installed, compiled as their page says. */
beforeAll(() => {
  packed = pack();
  ({ project, installed } = packed.install(needed));
  const isOfPackage = (path: string): boolean => !path.startsWith(join(root, 'examples/dashboards'));
  cpSync(join(root, 'examples'), join(project, 'examples'), { recursive: true, filter: isOfPackage });
  writeFileSync(join(project, 'package.json'), '{"name":"city-hall","version":"1.0.0","type":"commonjs"}');
});

const compiled = () =>
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'examples/tsconfig.build.json'], {
    cwd: project,
    encoding: 'utf8',
  });
const environmentOf = (folder: string) => ({
  PATH: process.env['PATH'],
  TICHET_DATA_DIR: folder,
  TICHET_LOG_LEVEL: 'silent',
  PORT: '0',
});
const run = (folder: string, program: string, ...argv: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    cwd: project,
    encoding: 'utf8',
    env: environmentOf(folder),
  });
  return { exit: status, output: `${stdout}${stderr}` };
};
const example = (name: string): string => join(project, 'examples/dist', name);

describe('the examples, with the packed package', () => {
  it('compile', () => {
    const { status, stdout } = compiled();
    expect([status, stdout]).toEqual([0, '']);
  });

  it('embed: in at most forty lines, with pages, a mailer of its own, and `tichet` beside it', async () => {
    expect(readFileSync(join(root, 'examples/embed/main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(40);
    const folder = emptyFolder();
    const host: ChildProcess = spawn(process.execPath, [example('embed/main.js')], {
      cwd: project,
      env: environmentOf(folder),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(host, 'exit');
    let said = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    while (!said.includes('Listening at') && host.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    const url = /Listening at (\S+)/.exec(said)?.[1] ?? '';
    expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain('<html');
    expect((await fetch(`${url}/api/v1/tasks`)).status).toBe(401);
    const rebuilt = run(folder, join(installed, 'dist/cli.js'), 'projections', 'rebuild', 'ticket-status');
    expect([rebuilt.exit, rebuilt.output]).toEqual([0, expect.stringContaining('ticket-status: switched')]);
    host.kill('SIGTERM');
    await ended;
  });

  it('own-table: followed, read and filled anew; its command line knows it, and ours sees that it is there', () => {
    const folder = emptyFolder();
    expect(run(folder, example('own-table/main.js'))).toEqual({
      exit: 0,
      output: "f02: 2\nf06: 1\n[ { projection: 'handled-requests', outcome: 'switched' } ]\n",
    });
    const theirs = run(folder, example('own-table/cli.js'), 'projections', 'rebuild', 'handled-requests');
    expect([theirs.exit, theirs.output]).toEqual([0, expect.stringContaining('handled-requests: switched')]);
    expect(run(folder, example('own-table/cli.js'), 'doctor').exit).toBe(0);
    const ours = run(folder, join(installed, 'dist/cli.js'), 'projections', 'list');
    expect(ours.output).toMatch(/^handled-requests +1 +2 .* of a program that embeds this one/m);
  });

  it('own-store: keeps every promise of a log; the module follows it, and finds everything again', () => {
    const promises = run(emptyFolder(), example('own-store/contract.js'));
    expect(promises.exit).toBe(0);
    expect(
      promises.output
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('kept: ')),
    ).toEqual([]);
    const folder = emptyFolder();
    expect(run(folder, example('own-store/main.js'))).toEqual({ exit: 0, output: 'done; people in the table: 1\n' });
    // what a crash has cut off in the middle of a line was acknowledged to nobody
    appendFileSync(join(folder, 'log.jsonl'), '{"events":[{"id":"');
    expect(run(folder, example('own-store/main.js'))).toEqual({ exit: 0, output: 'done; people in the table: 1\n' });
    const lines = readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n');
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  it('the contract finds a store that answers before it has compared', () => {
    const file = example('own-store/json-lines-store.js');
    const whole = readFileSync(file, 'utf8');
    const hasty = whole.replace('if (!asSeen)', 'if (false)');
    expect(hasty).not.toBe(whole);
    writeFileSync(file, hasty);
    const { exit, output } = run(emptyFolder(), example('own-store/contract.js'));
    writeFileSync(file, whole);
    expect([exit, output]).toEqual([1, expect.stringContaining('broken: a stale writer gets a conflict')]);
  });

  it('an example that uses what the package does not give does not compile', () => {
    const file = join(project, 'examples/embed/main.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('equipAll', 'equipEverything'));
    expect(compiled().stdout).toContain('equipEverything');
  });

  it('each folder of examples is tried here', () => {
    const tried = readFileSync(__filename, 'utf8');
    const folders = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter(
      // the dashboards use a database, not the package: test/dashboards
      (entry) => entry.isDirectory() && entry.name !== 'dist' && entry.name !== 'dashboards',
    );
    expect(folders.length).toBeGreaterThan(2);
    for (const { name } of folders) expect(tried).toContain(`it('${name}: `);
  });
});
