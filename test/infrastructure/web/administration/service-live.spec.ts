import { registerStaff } from '../../../../src/application/staff/register-staff';
import type { Role } from '../../../../src/application/kernel/access';
import { ServiceWatch } from '../../../../src/infrastructure/api/service-live';
import { ServiceStatus } from '../../../../src/infrastructure/nest/service-status';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';
import { mustBeDone, staff, startSeeded, type Service } from '../../../http/support/service';
import { eventually } from '../../../support/eventually';

const here = 'https://tichet.example';
const path = '/administrare/serviciu';
let service: Service;
let base: string;
beforeAll(async () => {
  service = await startSeeded();
  await service.app.listen(0);
  base = await service.app.getUrl();
});

const cookieOf = async (role: Role): Promise<string> => {
  const body = new URLSearchParams({ token: await service.token(role) });
  const entered = await fetch(`${base}/intra`, { method: 'POST', body, headers: { origin: here }, redirect: 'manual' });
  return entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};
const register = (name: string) => registerStaff(service.ports)(service.context(), { ...staff.s003, name }).then(mustBeDone);
/** What is told until something is, once `meanwhile` was done. */
const told = async (address: string, cookie: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<string> => {
  const stop = new AbortController();
  const answer = await fetch(`${base}${address}`, { headers: { cookie }, signal: stop.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  await meanwhile();
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('event: changed')) break;
  }
  stop.abort();
  return text;
};
const liveIn = async (cookie: string): Promise<string> => {
  const page = await (await fetch(`${base}${path}`, { headers: { cookie } })).text();
  return /data-live="([^"]+)"/.exec(page)?.[1] ?? '';
};

describe('the state of the service told live', () => {
  it('says that something is another, and nothing of what: what comes, and what came between the page and the stream', async () => {
    const cookie = await cookieOf('admin');
    const live = await liveIn(cookie);
    expect(live).toMatch(/^\/administrare\/serviciu\/live\?de=[0-9a-f]{16}$/);
    await register('Ana Pop');
    expect(await told(live, cookie)).toMatch(/event: changed\ndata: \{\}\n\n$/);
    await service.settled();
    const heard = await told(await liveIn(cookie), cookie, () => register('Ana Rusu'));
    expect(heard).toContain('event: changed');
    expect(heard).not.toContain('Ana');
  });

  it('says of letters and of what others do as well, for which no row changes', async () => {
    const cookie = await cookieOf('admin');
    await service.settled();
    const heard = await told(await liveIn(cookie), cookie, () =>
      service.ports.operations.attempts.begin('process-code-letters:t:l:x', service.ports.clock.now()),
    );
    expect(heard).toContain('event: changed');
  });

  it('is silent while nothing changes', async () => {
    const cookie = await cookieOf('admin');
    await service.settled();
    const looking = jest.spyOn(service.app.get(ServiceStatus), 'look');
    const stop = new AbortController();
    const answer = await fetch(`${base}${await liveIn(cookie)}`, { headers: { cookie }, signal: stop.signal });
    let text = '';
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    })().catch(() => undefined);
    const before = looking.mock.calls.length;
    await eventually('three looks', () => looking.mock.calls.length > before + 2);
    stop.abort();
    await reading;
    looking.mockRestore();
    expect(text).toContain('retry: ');
    expect(text).not.toContain('changed');
  });

  it('is looked at once for all who follow, tells each of a change once, and is not looked at when nobody follows', async () => {
    const real = service.app.get(ServiceStatus);
    const status = { glance: jest.fn(() => real.glance()), look: jest.fn(() => real.look()) };
    const watch = new ServiceWatch(status, service.ports.readModels);
    await service.settled();
    const followers = Array.from({ length: 10 }, () => watch.follow(createWakeUp()));
    const tellings = followers.map(() => 0);
    const tellUntil = (what: string, holds: () => boolean): Promise<true> =>
      eventually(what, () => {
        for (const [place, follower] of followers.entries()) if (follower.isAnother()) tellings[place] = (tellings[place] ?? 0) + 1;
        return holds();
      });
    const looksAfter = (count: number): boolean => status.look.mock.calls.length > count + 1;
    await tellUntil('two looks', () => looksAfter(0));
    expect(tellings).toEqual(followers.map(() => 0));
    expect(status.look.mock.calls.length).toBeLessThanOrEqual(3);
    await service.ports.operations.attempts.begin('process-code-letters:t9:l9:x', service.ports.clock.now());
    await tellUntil('the change, told to each', () => tellings.every((times) => times > 0));
    const before = status.look.mock.calls.length;
    await tellUntil('two looks more', () => looksAfter(before));
    expect(tellings).toEqual(followers.map(() => 1));
    await Promise.all(followers.map((follower) => follower.leave()));
    const looks = status.look.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(status.look.mock.calls).toHaveLength(looks);
  });

  it('is one look for those who ask at the same moment', async () => {
    const parked = jest.spyOn(service.ports.readModels, 'parked');
    const status = service.app.get(ServiceStatus);
    const views = await Promise.all(Array.from({ length: 10 }, () => status.look()));
    expect(new Set(views).size).toBe(1);
    expect(parked).toHaveBeenCalledTimes(1);
    parked.mockRestore();
  });

  it('ends for whoever has signed out, before anything more is told', async () => {
    const cookie = await cookieOf('admin');
    const { body } = await fetch(`${base}${await liveIn(cookie)}`, { headers: { cookie } });
    await fetch(`${base}/intra/iesire`, { method: 'POST', headers: { cookie, origin: here }, redirect: 'manual' });
    await register('Ana Suciu');
    let text = '';
    for await (const chunk of body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
    expect(text).not.toContain('changed');
  });

  it('to nobody else', async () => {
    const answer = await fetch(`${base}${path}/live`, {
      headers: { cookie: await cookieOf('auditor'), accept: 'text/html' },
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
    expect((await fetch(`${base}${path}/live`, { redirect: 'manual' })).status).toBe(303);
  });
});
