import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { officialToken } from '../support/official-token';
import { createService, type Service } from '../support/service';
import { createReceiver, type Receiver } from '../integrators/support/receiver';
import { followFeed, type Line } from '../integrators/support/feed-follower';

const kills = process.env['FAULTS'] === 'full' ? 8 : 1;

let receiver: Receiver;
let service: Service;
beforeAll(async () => {
  receiver = await createReceiver();
  service = await createService();
  const hooks = join(service.folder, 'webhooks.json');
  const target = { name: 'archive', url: receiver.url, secretFile: 'archive.secret', events: ['staff.*'], private: true };
  writeFileSync(join(service.folder, 'archive.secret'), `${receiver.secret}\n`);
  writeFileSync(hooks, JSON.stringify([target]));
  await service.start({ TICHET_WEBHOOKS_FILE: hooks });
});

const token = (role: 'admin' | 'integrator') => officialToken(service, { role });
const register = async (number: number): Promise<number> => {
  const id = `s${String(number).padStart(3, '0')}`;
  const person = {
    name: 'Levente Fodor',
    role: 'executive',
    department: 'Autorizări',
    departmentCode: '425',
    email: `${id}@primarie.example`,
  };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token('admin')}` };
  const answer = await fetch(`${service.url}/api/v1/staff/${id}`, { method: 'PUT', headers, body: JSON.stringify(person) });
  await answer.text();
  return answer.status;
};
const restart = (): Promise<void> => service.start({ TICHET_WEBHOOKS_FILE: join(service.folder, 'webhooks.json') });

it(`in ${kills} kills webhooks and the feed leave nothing out, and the feed brings nothing twice`, async () => {
  const file = join(service.folder, 'followed.ndjson');
  const follower = followFeed(service.url, () => token('integrator'), file);
  let people = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    for (let more = 0; more < 4; more += 1) {
      people += 1;
      expect(await register(people)).toBe(200);
    }
    await follower.once();
    // in the middle of telling: the receiver has seen some of this round
    await receiver.first(kill * 4 + 1);
    await service.kill();
    await expect(follower.once()).rejects.toThrow();
    await restart();
  }
  while ((await follower.once()) > 0);

  const subjects = (): readonly string[] => [...new Set(receiver.got.map(({ subject }) => subject))];
  const everybody = Array.from({ length: people }, (_, index) => `staff-s${String(index + 1).padStart(3, '0')}`);
  while (subjects().length < people) await sleep(20);
  expect(subjects()).toEqual(everybody);
  for (const got of receiver.got) expect(receiver.verify(got)).toMatchObject({ id: got.id });

  const lines = follower.kept();
  expect(lines.map(({ stream }) => stream).filter((stream) => stream.startsWith('staff-'))).toEqual(everybody);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect([...lines].sort((a, b) => (a.position < b.position ? -1 : 1))).toEqual(lines);
  expect(receiver.got.map(({ position }) => position).every((position) => lines.some((line: Line) => line.position === position))).toBe(
    true,
  );
});

it('a follower that was cut off in the middle of writing goes on behind the last whole line', async () => {
  const file = join(service.folder, 'cut.ndjson');
  const follower = followFeed(service.url, () => token('integrator'), file);
  while ((await follower.once()) > 0);
  const before = follower.kept();
  // as a power cut leaves it
  writeFileSync(
    file,
    `${before
      .slice(0, -1)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')}{"position":"000`,
  );
  expect(follower.kept()).toEqual(before.slice(0, -1));
  while ((await follower.once()) > 0);
  expect(follower.kept()).toEqual(before);
});

it('the feed is for integrators and auditors, sealed, in NDJSON', async () => {
  const ask = async (role?: 'integrator' | 'admin' | 'auditor') => {
    const headers = role === undefined ? {} : { authorization: `Bearer ${await officialToken(service, { role })}` };
    const answer = await fetch(`${service.url}/api/v1/events?limit=2`, { headers });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const { status, type, text } = await ask('integrator');
  expect([status, type]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
  expect(text).not.toMatch(/Levente|primarie\.example/);
  expect(JSON.parse(JSON.parse(text.split('\n')[0] ?? '').body).data.name).toMatchObject({ sealed: expect.any(String) });
  expect([(await ask('auditor')).status, (await ask('admin')).status, (await ask()).status]).toEqual([200, 403, 401]);
});

it('an administrator sees how far a target is, and enables it; nobody else may', async () => {
  const ask = async (method: 'GET' | 'POST', path: string, role: 'admin' | 'integrator') => {
    const headers = { authorization: `Bearer ${await token(role)}` };
    const answer = await fetch(`${service.url}/api/v1${path}`, { method, headers });
    return { status: answer.status, text: await answer.text() };
  };
  await receiver.down();
  await register(99);
  const listed = async (): Promise<string> => (await ask('GET', '/webhooks', 'admin')).text;
  while (!(await listed()).includes('"failing"')) await sleep(20);
  expect(JSON.parse(await listed())).toMatchObject({ webhooks: [{ name: 'archive', state: 'failing', attempts: expect.any(Number) }] });
  expect(await listed()).not.toContain('key=1');
  expect((await ask('GET', '/webhooks', 'integrator')).status).toBe(403);
  expect((await ask('POST', '/webhooks/archive/enable', 'integrator')).status).toBe(403);
  expect((await ask('POST', '/webhooks/nobody/enable', 'admin')).status).toBe(404);
  await receiver.up();
  expect((await ask('POST', '/webhooks/archive/enable', 'admin')).status).toBe(200);
  while (receiver.got.at(-1)?.subject !== 'staff-s099') await sleep(20);
  expect(service.output()).not.toMatch(/whsec_|key=1/);
});
