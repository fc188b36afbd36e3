import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { serveWithSocket } from '../../../../src/infrastructure/tools/local-socket/serve-with-socket';
import type { RunningService } from '../../../../src/infrastructure/service/serve';
import { emptyFolder } from '../../../support/closing';
import { captured, environmentOf, settingsOf, tichet } from './captured';

let folder = '';
let service: RunningService;

beforeAll(async () => {
  folder = emptyFolder();
  service = await serveWithSocket(settingsOf(folder));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const as = async (user: string, ...argv: readonly string[]) => {
  const { said, terminal } = captured({ ...environmentOf(folder), SUDO_USER: user });
  return { exit: await runCommandLine(argv, terminal), ...said };
};
const ask = async (token: string, path = '/parked') =>
  (await fetch(`${service.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).status;
type Made = { readonly token: string; readonly id: string; readonly person: string };
const tokenFor = async (...argv: readonly string[]): Promise<Made> =>
  JSON.parse((await tichet(folder, 'token', ...argv, '--json')).stdout) as Made;
const actorsOf = async (stream: string): Promise<readonly string[]> => {
  const { store, codec } = service.opened.ports;
  const actors: string[] = [];
  for await (const stored of store.read(stream)) {
    const { actor } = codec.decode(stored);
    actors.push(`${actor.kind} ${actor.id}`);
  }
  return actors;
};

describe('tichet token', () => {
  it('is of one person: the same name is the same pseudonym, another one another, and neither is in the token', async () => {
    const [ana, again, ion] = [
      await tokenFor('--role', 'admin', '--person', 'Ana Pop'),
      await tokenFor('--role', 'auditor', '--person', ' Ana  Pop '),
      await tokenFor('--role', 'admin', '--person', 'Ion Pop'),
    ];
    expect([again.person, ion.person === ana.person]).toEqual([ana.person, false]);
    expect(decodeJwt(ana.token)).toMatchObject({ role: 'admin', person: ana.person, jti: ana.id });
    expect(JSON.stringify(decodeJwt(ana.token))).not.toContain('Ana Pop');
    expect([await ask(ana.token), await ask(ion.token)]).toEqual([200, 200]);
  });

  it('is of a program by its own name', async () => {
    const { token, person } = await tokenFor('--role', 'integrator', '--service', 'statistics');
    expect([person, await ask(token, '/events'), await ask(token)]).toEqual(['service.statistics', 200, 403]);
    expect((await tokenFor('--role', 'reports', '--service', 'statistics')).person).toBe('service.statistics');
  });

  it('is listed, and revoked one by one, at once', async () => {
    const [one, other] = [
      await tokenFor('--role', 'admin', '--person', 'Ana Pop'),
      await tokenFor('--role', 'admin', '--person', 'Ana Pop'),
    ];
    expect([await ask(one.token), await ask(other.token)]).toEqual([200, 200]);
    expect(await tichet(folder, 'token', 'revoke', one.id)).toMatchObject({ exit: 0, stderr: '' });
    expect([await ask(one.token), await ask(other.token)]).toEqual([401, 200]);
    const { tokens } = JSON.parse((await tichet(folder, 'token', 'list', '--json')).stdout) as {
      readonly tokens: readonly { id: string }[];
    };
    expect(tokens.find(({ id }) => id === one.id)).toMatchObject({ role: 'admin', person: one.person, revokedAt: expect.any(String) });
    expect(tokens.find(({ id }) => id === other.id)).not.toHaveProperty('revokedAt');
    expect((await tichet(folder, 'token', 'list')).stdout).toContain(other.id);
    expect((await tichet(folder, 'token', 'revoke', 'not an id')).exit).toBe(5);
    // mistyped, or of the next column: it is said that none was found
    expect((await tichet(folder, 'token', 'revoke', one.person)).exit).toBe(5);
    const unknown = await tichet(folder, 'token', 'revoke', `${other.id.slice(0, -1)}x`);
    expect([unknown.exit, await ask(other.token)]).toEqual([3, 200]);
  });
});

describe('who acts at the command line', () => {
  it('is the user of the system, behind sudo the one who called it, under a pseudonym', async () => {
    const file = join(folder, 'staff.ndjson');
    for (const [place, user] of ['ana.sistem', 'ion.sistem', 'ana.sistem'].entries()) {
      writeFileSync(file, JSON.stringify(demoStaff[place]));
      expect(await as(user, 'import', 'staff', file)).toMatchObject({ exit: 0, stderr: '' });
    }
    const [first, second, third] = await Promise.all(
      demoStaff.slice(0, 3).map(async ({ staffId }) => (await actorsOf(`staff-${staffId}`))[0] ?? ''),
    );
    expect(first).toMatch(/^system command-line\.p\.[a-z2-7]{16}$/);
    expect([third, second === first]).toEqual([first, false]);
  });

  it('is in the directory, and nowhere else on the disk by name', async () => {
    const { people } = JSON.parse((await tichet(folder, 'people', 'list', '--json')).stdout) as {
      readonly people: readonly { readonly person: string; readonly name: string }[];
    };
    expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ana Pop', 'Ion Pop', 'ana.sistem', 'ion.sistem']));
    for (const file of readdirSync(folder, { withFileTypes: true }))
      if (file.isFile() && file.name !== 'staff.ndjson')
        expect([file.name, /Ana Pop|Ion Pop|(?:ana|ion)\.sistem/.test(readFileSync(join(folder, file.name), 'latin1'))]).toEqual([
          file.name,
          false,
        ]);
  });

  it('is nobody any more once the name is erased: the pseudonym stays in the log, and the same user is another one', async () => {
    const listed = async () =>
      (JSON.parse((await tichet(folder, 'people', 'list', '--json')).stdout) as { people: readonly { person: string; name: string }[] })
        .people;
    const { person = '' } = (await listed()).find(({ name }) => name === 'ana.sistem') ?? {};
    expect((await tichet(folder, 'people', 'forget', person)).exit).toBe(0);
    expect((await tichet(folder, 'people', 'forget', person)).exit).toBe(3);
    // the audit can tell who was erased, and by whom
    expect(await actorsOf('ops-people')).toEqual([expect.stringMatching(/^system command-line\.p\.[a-z2-7]{16}$/)]);
    const read = await fetch(`${service.url}/api/v1/events?limit=1000`, {
      headers: { authorization: `Bearer ${(await tokenFor('--role', 'auditor', '--person', 'Ana Pop')).token}` },
    });
    const told = (await read.text()).split('\n').filter((line) => line.includes('PersonForgotten'));
    expect(told.map((line) => line.includes(person))).toEqual([true]);
    expect((await tichet(folder, 'people', 'forget', 'Ana')).exit).toBe(5);
    // nobody acts under a pseudonym that names nobody any more
    const { token, person: vasile } = await tokenFor('--role', 'admin', '--person', 'Vasile Pop');
    expect(await ask(token)).toBe(200);
    expect((await tichet(folder, 'people', 'forget', vasile)).exit).toBe(0);
    expect(await ask(token)).toBe(401);
    expect(await actorsOf(`staff-${demoStaff[0]?.staffId ?? ''}`)).toEqual([`system command-line.${person}`]);
    writeFileSync(join(folder, 'staff.ndjson'), JSON.stringify(demoStaff[3]));
    await as('ana.sistem', 'import', 'staff', join(folder, 'staff.ndjson'));
    expect((await listed()).find(({ name }) => name === 'ana.sistem')?.person).not.toBe(person);
  });
});
