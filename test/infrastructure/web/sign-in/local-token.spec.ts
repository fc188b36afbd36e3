import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { startSeeded, type Service } from '../../../http/support/service';
import { browserOf } from '../../../support/issuer/browser';
import { personFor } from '../../../support/person';

const pagesAt = 'http://127.0.0.1:1';
let service: Service;

beforeEach(async () => {
  service = await startSeeded({ cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } });
});

const local = () => localTokens(new Uint8Array(32).fill(5), service.ports.clock);
const enteredWith = async (token: string, first = '/audit') => {
  const one = browserOf(service.app, pagesAt);
  const page = await one.go('/intra', { method: 'POST', fields: { token } });
  expect([page.status, page.url.pathname]).toEqual([200, first]);
  return one;
};
const enteredFor = async (seconds: number) => enteredWith(await local().official({ role: 'auditor', person: 'p.auditor' }, seconds));
type Browser = Awaited<ReturnType<typeof enteredFor>>;
const isIn = async (one: Browser, page = '/audit'): Promise<boolean> => (await one.go(page)).url.pathname === page;

describe('a browser that was let in with a token of our own', () => {
  it('is let in for as long as the token says, and no longer', async () => {
    const one = await enteredFor(10 * 60);
    service.ports.clock.advance({ minutes: 9 });
    expect((await one.go('/audit')).url.pathname).toBe('/audit');
    service.ports.clock.advance({ minutes: 1 });
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
  });

  it('is let in for a working day by one that lives longer', async () => {
    const one = await enteredFor(90 * 86_400);
    service.ports.clock.advance({ minutes: 12 * 60 + 1 });
    expect((await one.go('/audit')).url.pathname).toBe('/intra');
  });
});

describe('signing out', () => {
  it('ends every session of that person, in every browser, and nobody else’s; a token for programs goes on', async () => {
    const token = await service.token('auditor', 'p.ana');
    const [here, there, other] = [
      await enteredWith(token),
      await enteredWith(await service.token('auditor', 'p.ana')),
      await enteredWith(await service.token('auditor', 'p.ion')),
    ];
    expect([await isIn(here), await isIn(there), await isIn(other)]).toEqual([true, true, true]);
    await here.go('/intra/iesire', { method: 'POST', fields: {} });
    expect([await isIn(here), await isIn(there), await isIn(other)]).toEqual([false, false, true]);
    expect((await service.call('GET', '/api/v1/audit/tickets', { token })).status).toBe(200);
  });
});

describe('where one is signed in', () => {
  const cookieOf = (one: Browser): string => [...one.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
  const ends = (html: string): readonly string[] => [...html.matchAll(/name="sesiune" value="([^"]+)"/g)].map(([, id = '']) => id);
  const enteredAs = async (person: string) => enteredWith(await service.token('auditor', person));

  it('is seen by each person of themselves, and each of it ended: nobody else’s, and not by its number alone', async () => {
    const here = await enteredAs('p.ana');
    service.ports.clock.advance({ minutes: 5 });
    const [there, other] = [await enteredAs('p.ana'), await enteredAs('p.ion')];
    const { html } = await there.go('/intra/sesiuni');
    expect(ends(html)).toHaveLength(1);
    expect(html).toContain('Acest browser');
    expect(html).not.toContain(cookieOf(here).split('=')[1]);
    const [id = ''] = ends(html);
    expect(ends((await other.go('/intra/sesiuni')).html)).toEqual([]);
    await other.go('/intra/sesiuni', { method: 'POST', fields: { sesiune: id } });
    expect(await isIn(here)).toBe(true);
    await browserOf(service.app, pagesAt).go('/intra/sesiuni', { method: 'POST', fields: { sesiune: id } });
    expect(await isIn(here)).toBe(true);
    const after = await there.go('/intra/sesiuni', { method: 'POST', fields: { sesiune: id } });
    expect([after.status, ends(after.html)]).toEqual([200, []]);
    expect([await isIn(here), await isIn(there), await isIn(other)]).toEqual([false, true, true]);
  });

  it('is ten browsers at most: with one more the one goes in which nobody was for the longest time', async () => {
    const browsers: Browser[] = [];
    for (let count = 0; count < 10; count += 1) {
      browsers.push(await enteredAs('p.ana'));
      service.ports.clock.advance({ minutes: 1 });
    }
    const [first, second, third] = browsers;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no browser');
    expect(await isIn(first)).toBe(true);
    await enteredAs('p.ana');
    expect([await isIn(first), await isIn(second), await isIn(third)]).toEqual([true, false, true]);
    expect(ends((await first.go('/intra/sesiuni')).html)).toHaveLength(9);
  });

  it('is told to nobody who is not signed in', async () => {
    expect((await browserOf(service.app, pagesAt).go('/intra/sesiuni')).url.pathname).toBe('/intra');
  });
});

describe('a revoked token', () => {
  it('opens nothing any more, and who came in with it is out at once; other tokens of the same person go on', async () => {
    const [id, person] = ['0d5e', 'p.ana'];
    const token = await local().official({ role: 'auditor', person, id });
    const [one, other] = [await enteredWith(token), await enteredWith(await service.token('auditor', person))];
    const { tokens } = service.ports.operations;
    const { clock } = service.ports;
    await tokens.revoke(id, clock.now(), '2027-01-01T00:00:00.000Z');
    expect([await isIn(one), await isIn(other)]).toEqual([false, true]);
    expect((await service.call('GET', '/api/v1/audit/tickets', { token })).status).toBe(401);
    expect((await browserOf(service.app, pagesAt).go('/intra', { method: 'POST', fields: { token } })).status).toBe(401);
  });
});

describe('a browser that is left alone', () => {
  beforeEach(async () => {
    service = await startSeeded({ cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } }, { idleMinutes: 30 });
  });
  const entered = async () => enteredWith(await service.token('auditor', personFor('auditor')));

  it('is out after the minutes of the setting, and stays in as long as somebody is there', async () => {
    const [busy, left] = [await entered(), await entered()];
    for (let visits = 0; visits < 6; visits += 1) {
      service.ports.clock.advance({ minutes: 29 });
      expect(await isIn(busy)).toBe(true);
    }
    expect(await isIn(left)).toBe(false);
    service.ports.clock.advance({ minutes: 30 });
    expect(await isIn(busy)).toBe(false);
  });

  it('is not kept in by a page that fetches itself', async () => {
    const one = await entered();
    const cookie = [...one.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const fetched = async (mode: string) =>
      (await service.app.inject({ url: '/audit', headers: { accept: 'text/html', cookie, 'sec-fetch-mode': mode } })).statusCode;
    service.ports.clock.advance({ minutes: 20 });
    expect(await fetched('cors')).toBe(200);
    service.ports.clock.advance({ minutes: 10 });
    expect(await fetched('cors')).toBe(303);
    const two = await entered();
    const other = [...two.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    service.ports.clock.advance({ minutes: 20 });
    await service.app.inject({ url: '/audit', headers: { accept: 'text/html', cookie: other, 'sec-fetch-mode': 'navigate' } });
    service.ports.clock.advance({ minutes: 20 });
    expect(await isIn(two)).toBe(true);
  });

  it('loses nothing of what was typed: it is there after signing in again', async () => {
    const enter = async () => enteredWith(await service.token('registry', 'p.ana'), '/registratura');
    const [one, page] = [await enter(), '/registratura/cerere'];
    const { html } = await one.go(page);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const action = /<form method="post" action="([^"]*registratura[^"]*)"/.exec(html)?.[1] ?? page;
    service.ports.clock.advance({ minutes: 31 });
    const late = await one.go(action, { method: 'POST', fields: { once, applicantName: 'Lăcătuș Andrei și alții' } });
    expect(late.url.pathname).toBe('/intra');
    const again = await enter();
    expect((await again.go(page)).html).toContain('Lăcătuș Andrei și alții');
    const somebodyElse = await enteredWith(await service.token('registry', 'p.ion'), '/registratura');
    expect((await somebodyElse.go(page)).html).not.toContain('Lăcătuș Andrei și alții');
  });
});
