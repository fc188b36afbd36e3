import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../../../src/infrastructure/tools/local-socket/socket-service';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { signTheRest } from '../../../../src/infrastructure/proof/signing/sign-log';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { environmentOf, tichetIn } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

const environment = (folder: string, more: Readonly<Record<string, string>> = {}) => ({ ...environmentOf(folder), ...more });

/** Registers these people where the settings say, and seals. */
const grown = async (env: Record<string, string>, places: readonly number[]): Promise<void> => {
  const opened = await openPorts(readSettings(env, () => '').settings);
  const { ports, sealing } = opened;
  for (const place of places) {
    const person = demoStaff[place];
    if (person) await registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
  }
  if (sealing) await signTheRest(ports, sealing);
  await opened.close();
};

const run = (env: Record<string, string>, ...argv: readonly string[]) => tichetIn(env, argv);
const state = async (env: Record<string, string>): Promise<unknown> => JSON.parse((await run(env, 'seal', '--json')).stdout);
const checkpoints = (folder: string): string => readFileSync(join(folder, 'seal', 'checkpoints'), 'utf8');

describe('a seal that is moved with its log', () => {
  it('goes on in PostgreSQL and back in a folder: the same name, key and checkpoints, and a proof of it', async () => {
    const folder = emptyFolder();
    const here = environment(folder);
    await grown(here, [0, 1]);
    await grown(here, [2]);
    const inDatabase = environment(folder, {
      TICHET_POSTGRES_URL: database.url,
      TICHET_EVENT_STORE: 'postgres',
      TICHET_MASTER_KEY_FILE: join(folder, 'master.key'),
    });
    const first = await run(inDatabase, 'copy', '--from', 'sqlite', '--to', 'postgres', '--json');
    const { verifier, size } = JSON.parse((await run(here, 'seal', '--json')).stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({ seal: { size: 3, verifier, checkpoints: 2 } });
    const again = await run(inDatabase, 'copy', '--from', 'sqlite', '--to', 'postgres', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ copied: 0, seal: { size: 3, verifier, checkpoints: 0 } });
    expect(size).toBe(3);

    await grown(inDatabase, [3, 4]);
    expect(await state(inDatabase)).toMatchObject({ size: 5, waiting: 0, verifier });

    const back = join(emptyFolder(), 'made');
    const returned = await run(inDatabase, 'copy', '--from', 'postgres', '--to', `sqlite:${back}`);
    expect([returned.exit, returned.stdout]).toEqual([0, expect.stringContaining(`5 events of the copy are those that were signed`)]);
    expect(returned.stdout).toContain(verifier);
    expect(checkpoints(back).startsWith(checkpoints(folder))).toBe(true);
    expect(statSync(join(back, 'seal.key')).mode & 0o777).toBe(0o400);
    expect(readFileSync(join(back, 'seal.key'))).toEqual(readFileSync(join(folder, 'seal.key')));
    const there = environment(back, { TICHET_MASTER_KEY_FILE: join(folder, 'master.key') });
    await grown(there, [5]);
    expect(await state(there)).toMatchObject({ size: 6, waiting: 0, verifier });
  });

  it('refuses a target that has a key of its own, and writes nothing', async () => {
    const folder = emptyFolder();
    await grown(environment(folder), [0]);
    const other = emptyFolder();
    writeFileSync(join(other, 'seal.key'), randomBytes(32), { mode: 0o400 });
    const refused = await run(environment(folder), 'copy', '--from', 'sqlite', '--to', `sqlite:${other}`);
    expect([refused.exit, refused.stderr]).toEqual([5, expect.stringContaining('seal.key')]);
    expect(existsSync(join(other, 'seal', 'checkpoints'))).toBe(false);
  });

  it('says when the logs are the same, and are not what was signed', async () => {
    const folder = emptyFolder();
    await grown(environment(folder), [0, 1, 2]);
    const events = openSqlite(join(folder, 'events.db'));
    events.exec('DROP TRIGGER events_never_go; DELETE FROM events WHERE position = 3');
    events.close();
    const target = emptyFolder();
    const copied = () => run(environment(folder), 'copy', '--from', 'sqlite', '--to', `sqlite:${target}`);
    const refused = await copied();
    expect([refused.exit, refused.stderr]).toEqual([6, expect.stringMatching(/^Nothing was copied: .*staff-d03, 0/)]);
    expect(existsSync(join(target, 'keys.db'))).toBe(false);
    // where nobody remembers what was acknowledged, what was signed is still known
    rmSync(join(folder, 'acknowledged'), { recursive: true });
    const moved = await copied();
    expect([moved.exit, moved.stderr]).toEqual([6, expect.stringContaining('the first that is missing is 3')]);
  });

  it('makes tiles anew that the source has lost', async () => {
    const folder = emptyFolder();
    await grown(environment(folder), [0, 1, 2]);
    rmSync(join(folder, 'seal', 'tile'), { recursive: true });
    const target = emptyFolder();
    const moved = await run(environment(folder), 'copy', '--from', 'sqlite', '--to', `sqlite:${target}`, '--json');
    expect(JSON.parse(moved.stdout)).toMatchObject({ seal: { size: 3 } });
    expect(existsSync(join(target, 'seal', 'tile', '0', '000.p', '3'))).toBe(true);
  });
});
