import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { read, root } from '../docs/markdown';
import { createCaller } from '../faults/over-http/caller';
import { monday, populate } from '../faults/over-http/city';
import { emptyFolder, closing } from '../support/closing';
import { startServer } from '../support/peers/primary-and-standby';
import { describeWith, inFull, program } from '../support/peers/program';
import { createService, createServices } from '../support/service';

const run = (name: string, argv: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {}) => {
  const { status, stdout, stderr } = spawnSync(program(name), argv, {
    cwd: root,
    encoding: 'utf8',
    ...options,
    env: { PATH: process.env['PATH'], ...options.env },
  });
  return { status, said: stdout + stderr };
};

describeWith(['systemd-analyze'], 'the units, by systemd-analyze', () => {
  /** As they lie in /etc/systemd/system, with this checkout in the place of /opt/tichet; a template has the name of its first process. */
  const installed = (change: (text: string) => string = (text) => text) => {
    const folder = emptyFolder();
    cpSync(join(root, 'deploy/systemd'), folder, { recursive: true });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name) && !name.endsWith('.d'));
    for (const name of files) {
      const text = change(readFileSync(join(folder, name), 'utf8'));
      writeFileSync(join(folder, name), text.replaceAll('/opt/tichet', root).replaceAll('/usr/bin/node', process.execPath));
    }
    const units = files.filter((name) => !name.includes('/')).map((name) => name.replace('@.', '@1.'));
    return { units, env: { SYSTEMD_UNIT_PATH: `${folder}:` } };
  };

  it('are understood, every one, and a misspelt one would not be', () => {
    const { units, env } = installed();
    expect(units.length).toBe(11);
    expect(run('systemd-analyze', ['verify', ...units], { env })).toEqual({ status: 0, said: '' });
    const wrong = installed((text) => text.replaceAll('ProtectClock=', 'ProtectClocks='));
    expect(run('systemd-analyze', ['verify', ...wrong.units], { env: wrong.env }).said).toContain('ProtectClocks');
  });

  it('leave at most 1.3 of 10 open, the service, and 1.1 the jobs; less confined it would be more', () => {
    const exposure = (unit: string, env: NodeJS.ProcessEnv): number =>
      Number(/exposure level for \S+: ([\d.]+)/.exec(run('systemd-analyze', ['security', '--offline=true', unit], { env }).said)?.[1]);
    const { units, env } = installed();
    const services = units.filter((unit) => unit.endsWith('.service'));
    const open = Object.fromEntries(services.map((unit) => [unit, exposure(unit, env)]));
    const { 'tichet@1.service': service, ...jobs } = open;
    expect(service).toBeLessThanOrEqual(1.3);
    expect(Object.keys(jobs)).toHaveLength(5);
    expect(Object.entries(jobs).filter(([, one]) => !(one <= 1.1))).toEqual([]);
    const loose = installed((text) => text.replaceAll('CapabilityBoundingSet=\n', ''));
    expect(exposure('tichet@1.service', loose.env)).toBeGreaterThan(2);
  });
});

/** What systemd would hear: a socket of its kind, which Node has not. It lets go of what it is sent, as `systemd-notify` waits for that. */
const socketInItsPlace = `
import array, os, socket, sys
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(sys.argv[1])
print('bound', flush=True)
while True:
    text, carried, _, _ = heard.recvmsg(4096, 4096)
    for _, _, data in carried:
        if len(data) % 4 == 0 and b'BARRIER' in text:
            for one in array.array('i', data): os.close(one)
    print(text.decode().replace('\\n', ' '), flush=True)
`;

const listening = (path: string) => {
  const child = spawn('python3', ['-c', socketInItsPlace, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const lines = (): readonly string[] => text.split('\n');
  return closing({
    lines,
    stop: () => child.kill(),
    hears: async (what: RegExp, from = 0): Promise<void> => {
      while (
        !lines()
          .slice(from)
          .some((line) => what.test(line))
      )
        await sleep(20);
    },
  });
};

describeWith(['systemd-notify', 'python3'], 'a running service, and systemd', () => {
  it('is told by systemd-notify that it is ready, that it lives and that it stops', async () => {
    const path = join(emptyFolder(), 'notify');
    const listener = listening(path);
    await listener.hears(/^bound$/);
    const service = await createService({ NOTIFY_SOCKET: path, WATCHDOG_USEC: '3000000' });
    await service.start();
    await listener.hears(/^READY=1 WATCHDOG=1 STATUS=ready$/);
    const soFar = listener.lines().length;
    await listener.hears(/^READY=1 WATCHDOG=1 STATUS=ready$/, soFar);
    expect(await service.stop()).toBe(0);
    await listener.hears(/^STOPPING=1$/);
  });
});

describeWith(['promtool'], 'the alerts, by promtool', () => {
  const rules = join(root, 'deploy/prometheus');

  it('are rules, in a configuration, each raised when it must be and none on a quiet day', () => {
    expect(run('promtool', ['check', 'rules', join(rules, 'alerts.yml')])).toMatchObject({ status: 0 });
    expect(run('promtool', ['check', 'config', join(rules, 'prometheus.yml')])).toMatchObject({ status: 0 });
    expect(run('promtool', ['test', 'rules', join(rules, 'alerts.test.yml')])).toMatchObject({ status: 0 });
  });

  it('would not pass with one that is never raised', () => {
    const folder = emptyFolder();
    cpSync(rules, folder, { recursive: true });
    writeFileSync(
      join(folder, 'alerts.yml'),
      read('deploy/prometheus/alerts.yml').replace('tichet_seal_alarm > 0', 'tichet_seal_alarm > 1'),
    );
    expect(run('promtool', ['test', 'rules', join(folder, 'alerts.test.yml')]).status).not.toBe(0);
  });

  it('ask a service whose numbers are as Prometheus wants them', async () => {
    const service = await createService();
    await service.start();
    await (await fetch(`${service.url}/procedura`)).text();
    const input = await (await fetch(`${service.url}/metrics`)).text();
    expect(run('promtool', ['check', 'metrics'], { input })).toEqual({ status: 0, said: '' });
  });
});

describeWith(['docker-compose'], 'compose', () => {
  it('is read, with two processes that write nowhere but in their volumes, and no port but the proxy’s', () => {
    const { status, stdout } = spawnSync(program('docker-compose'), ['-f', 'deploy/compose/compose.yaml', 'config', '--format', 'json'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    type Composed = { readonly read_only?: boolean; readonly ports?: unknown; readonly cap_drop?: readonly string[] };
    const { services } = JSON.parse(stdout) as { readonly services: Readonly<Record<string, Composed>> };
    expect(Object.keys(services).toSorted()).toEqual(['caddy', 'postgres', 'tichet-1', 'tichet-2']);
    for (const name of ['caddy', 'tichet-1', 'tichet-2']) expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(Object.keys(services).filter((name) => services[name]?.ports !== undefined)).toEqual(['caddy']);
  });
});

if (inFull)
  describeWith(['pg_dump', 'initdb', 'createdb'], 'backup and drill of deploy/postgres', () => {
    it('restore what a service has written into another database, where the doctor finds nothing, and would find that the keys are missing', async () => {
      const server = await startServer();
      const [service] = await createServices(1, { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: server.url });
      if (service === undefined) throw new Error('There is no service.');
      service.moveClockTo(monday);
      await service.start();
      const caller = createCaller(service.url, 1);
      await populate(service, caller, [{ number: '400000', staffId: 's001' }]);
      caller.close();

      // the command line beside them is the one of this checkout, built or not
      const folder = emptyFolder();
      const [scripts, backups] = [join(folder, 'deploy/postgres'), join(folder, 'backups')];
      cpSync(join(root, 'deploy/postgres'), scripts, { recursive: true });
      for (const name of ['dist', 'backups']) mkdirSync(join(folder, name));
      const runs = ['test/support/moved-clock.cjs', 'test/support/typescript-in-threads.cjs', 'src/cli.ts'];
      writeFileSync(join(folder, 'dist/cli.js'), runs.map((name) => `require(${JSON.stringify(join(root, name))});\n`).join(''));
      const urlFile = join(folder, 'url');
      writeFileSync(urlFile, `${server.url}\n`);
      const { port } = new URL(server.url);
      const env = {
        PATH: `${dirname(program('pg_dump'))}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        ...{ PGHOST: '127.0.0.1', PGPORT: port, PGUSER: 'postgres', PGDATABASE: 'postgres' },
        ...{ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL_FILE: urlFile, TICHET_MASTER_KEY_FILE: service.masterKeyFile },
        TEST_CLOCK_FILE: join(service.folder, 'clock'),
      };
      const script = (name: string) => {
        const { status, stdout, stderr } = spawnSync(join(scripts, name), [backups], { encoding: 'utf8', env });
        return { status, said: stdout + stderr };
      };

      expect(script('backup')).toMatchObject({ status: 0 });
      const [first = ''] = readdirSync(backups);
      expect(script('drill')).toMatchObject({
        status: 0,
        said: expect.stringContaining(`restored and in order: ${backups}/${first}`) as string,
      });
      expect((await server.ask('SELECT 1 FROM pg_database')).length).toBe(3);

      rmSync(join(backups, first), { recursive: true });
      const text = readFileSync(join(scripts, 'backup'), 'utf8');
      writeFileSync(join(scripts, 'backup'), text.replace("--data-only --table='tichet.keys*'", "--data-only --table='tichet.keys'"));
      expect(script('backup')).toMatchObject({ status: 0 });
      expect(script('drill').status).toBe(6);
    });
  });
