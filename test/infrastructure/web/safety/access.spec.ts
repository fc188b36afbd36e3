import type { LightMyRequestResponse } from 'fastify';
import { roles, type Role } from '../../../../src/application/kernel/access';
import { formRoutesOf, pageRoutesOf, routesOf } from '../browser/support/routes';
import { addressOf } from './support/addresses';
import { startHostileCity, type HostileCity } from './support/hostile-city';
import { isPage } from './support/walk';
import { type Visitor, type VisitorName, visitorsOf } from './support/visitors';

let city: HostileCity;
let visitors: Readonly<Record<VisitorName, Visitor>>;

beforeAll(async () => {
  city = await startHostileCity();
  visitors = await visitorsOf(city.service, city.tickets);
});

type Opening = 'anybody' | 'holder' | readonly Role[];

/** Who may open what, by how its address begins. Written out by hand from the contract; the longest beginning counts. */
const openings: Readonly<Record<string, Opening>> = {
  '/': 'anybody',
  '/intra': 'anybody',
  // where there is an identity provider only; elsewhere nobody finds them
  '/intra/furnizor': 'anybody',
  '/intra/intoarcere': 'anybody',
  '/intra/iesit': 'anybody',
  '/intra/sesiuni': roles,
  '/limba': 'anybody',
  '/assets': 'anybody',
  '/robots.txt': 'anybody',
  '/favicon.ico': 'anybody',
  '/procedura': 'anybody',
  '/accesibilitate': 'anybody',
  '/date-personale': 'anybody',
  // where people try it out only; elsewhere nobody finds it
  '/dev': 'anybody',
  '/programare': 'anybody',
  '/tichet': 'anybody',
  '/tichet/dupa-cerere': 'anybody',
  '/tichet/:reference': 'holder',
  '/tichet/:reference/deschide': 'anybody',
  '/programari': ['staff', 'head'],
  '/programari/:id/repartizare': ['head'],
  '/programari/:id/oferta': ['head'],
  '/sarcini': ['staff', 'head'],
  '/program': ['staff', 'head'],
  '/program/:id/plecare': ['head'],
  '/program/:id/inlocuitori': ['staff', 'head', 'admin'],
  '/program/:id/inlocuieste': ['staff', 'head', 'admin'],
  '/pauze': ['head', 'admin'],
  // one’s own alone
  '/program/:id/scrisori': ['staff'],
  '/termene': ['staff', 'head', 'auditor', 'registry'],
  // a head, of their own department
  '/audit': ['auditor', 'head'],
  '/audit/sigiliu': ['auditor'],
  '/audit/citiri': ['auditor'],
  '/audit/calendar': ['auditor'],
  '/audit/export.jsonl': ['auditor'],
  '/rapoarte': ['reports', 'head'],
  '/registratura': ['registry', 'admin'],
  '/ghiseu': ['registry'],
  '/administrare': ['admin'],
};

const openingOf = (path: string, from = openings): Opening | undefined => {
  const beginnings = Object.keys(from).filter((one) => path === one || (one !== '/' && path.startsWith(`${one}/`)));
  return from[beginnings.sort((a, b) => b.length - a.length)[0] ?? ''];
};

const mayOpen = (opening: Opening | undefined, name: VisitorName): boolean =>
  opening === 'anybody' || (opening === 'holder' ? name === 'holder' : (opening?.some((role) => role === name) ?? false));

/** Refused: a page that says so, or the way to where one says who one is. */
const isRefused = ({ statusCode, headers }: LightMyRequestResponse, opening: Opening | undefined): boolean =>
  statusCode === 403 ||
  (statusCode === 303 && (opening === 'holder' ? /^\/tichet\/[\w-]+\/deschide/ : /^\/intra\?spre=/).test(String(headers.location)));

const names = ['nobody', 'holder', ...roles] as const;

describe('who may open which page', () => {
  it('is written down for every page that the router knows', () => {
    const found = pageRoutesOf(city.service.app);
    expect(found).toEqual(expect.arrayContaining(['/', '/intra']));
    expect(found.filter((path) => openingOf(path) === undefined)).toEqual([]);
    expect(openingOf('/somewhere-new')).toBeUndefined();
  });

  const faultsOf = async (name: VisitorName, from = openings): Promise<readonly string[]> => {
    const faults: string[] = [];
    for (const path of pageRoutesOf(city.service.app)) {
      const opening = openingOf(path, from);
      const answer = await visitors[name].look(addressOf(path, city));
      if (mayOpen(opening, name) === isRefused(answer, opening)) faults.push(`${name} at ${path}: ${answer.statusCode}`);
    }
    return faults;
  };

  it.each(names)('%s: in where their role says, and nowhere else', async (name) => {
    expect(await faultsOf(name)).toEqual([]);
  });

  it('a visit without a cookie writes nothing, wherever it leads', async () => {
    await city.service.settled();
    const { operations, store } = city.service.ports;
    const looks = ['get', 'of', 'list', 'answered', 'unfinished', 'ofTicket', 'unsent', 'isRevoked', 'prune'];
    const writes = Object.entries(operations).flatMap(([name, rows]) =>
      Object.keys(rows)
        .filter((method) => !looks.includes(method))
        .map((method) => ({ write: `${name}.${method}`, spy: jest.spyOn(rows as unknown as Record<string, () => void>, method) })),
    );
    const end = await store.end();
    const faults: string[] = [];
    const shown: string[] = [];
    for (const { path, methods } of routesOf(city.service.app)) {
      if (!methods.includes('GET')) continue;
      const { statusCode } = await visitors.nobody.look(addressOf(path, city));
      if (statusCode === 200) shown.push(path);
      faults.push(...writes.filter(({ spy }) => spy.mock.calls.length > 0).map(({ write }) => `${path}: ${write}`));
      for (const { spy } of writes) spy.mockClear();
    }
    for (const { spy } of writes) spy.mockRestore();
    expect(shown).toEqual(
      expect.arrayContaining(['/', '/intra', '/programare/cerere', '/tichet', '/tichet/:reference/deschide', '/metrics']),
    );
    expect(faults).toEqual([]);
    expect(await store.end()).toBe(end);
  });

  it('those addresses lead to something that is there', async () => {
    const expected = [
      ['staff', '/programari/:id'],
      ['staff', '/program/:id/absenta'],
      ['auditor', '/audit/:id'],
      ['holder', '/tichet/:reference'],
    ] as const;
    const known = pageRoutesOf(city.service.app);
    for (const [name, path] of expected.filter(([, one]) => known.includes(one)))
      expect([path, (await visitors[name].look(addressOf(path, city))).statusCode]).toEqual([path, 200]);
  });

  it('a door that is open to somebody else, or shut to whom it is for, would be seen', async () => {
    expect(await faultsOf('nobody', { ...openings, '/intra': ['auditor'] })).toEqual(['nobody at /intra: 200']);
    expect(await faultsOf('staff', { ...openings, '/': ['auditor'] })).toEqual(['staff at /: 200']);
  });

  it.each(names)('%s has no form carried out that is for others', async (name) => {
    const before = await city.service.ports.store.end();
    const faults: string[] = [];
    for (const { path } of formRoutesOf(city.service.app)) {
      const opening = openingOf(path);
      if (mayOpen(opening, name)) continue;
      const answer = await visitors[name].post(addressOf(path, city), { once: '1' });
      if (!isRefused(answer, opening)) faults.push(`${name} at ${path}: ${answer.statusCode} ${answer.headers.location ?? ''}`);
    }
    expect(faults).toEqual([]);
    expect(await city.service.ports.store.end()).toBe(before);
  });

  it('a civil servant of another department opens nothing of this one', async () => {
    const faults: string[] = [];
    for (const path of pageRoutesOf(city.service.app)) {
      if (!/^\/(programari|program)\/.*:(id|ticketId|staffId)/.test(path)) continue;
      const answer = await visitors.stranger.look(addressOf(path, city));
      if (answer.statusCode !== 403) faults.push(`${path}: ${answer.statusCode}`);
    }
    for (const { path } of formRoutesOf(city.service.app)) {
      if (!/^\/(programari|program)\/.*:(id|ticketId|staffId)/.test(path)) continue;
      const answer = await visitors.stranger.post(addressOf(path, city), { once: '1' });
      if (answer.statusCode !== 403) faults.push(`POST ${path}: ${answer.statusCode}`);
    }
    expect(faults).toEqual([]);
  });
});

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What is missing among the headers of a page. */
const missingIn = ({ headers }: Pick<LightMyRequestResponse, 'headers'>): readonly string[] =>
  Object.entries({
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  }).flatMap(([name, value]) => (headers[name] === value ? [] : [`${name}: ${String(headers[name])}`]));

describe('every page, whoever asks and whatever the answer', () => {
  it('is kept nowhere, is nothing but a page, and loads from here only', async () => {
    const faults: string[] = [];
    let seen = 0;
    for (const path of [...pageRoutesOf(city.service.app), '/nothing-is-here', '/%zz', '/assets/nothing']) {
      for (const visitor of Object.values(visitors)) {
        const answer = await visitor.look(addressOf(path, city));
        if (!isPage(answer)) continue;
        seen += 1;
        faults.push(...missingIn(answer).map((missing) => `${visitor.name} at ${path} (${answer.statusCode}): ${missing}`));
      }
    }
    expect(seen).toBeGreaterThan(40);
    expect(faults).toEqual([]);
  });

  it('files and live news are kept nowhere either', async () => {
    const faults: string[] = [];
    for (const path of pageRoutesOf(city.service.app).filter((one) => !/^\/(assets|robots)/.test(one))) {
      for (const visitor of Object.values(visitors)) {
        const answer = await visitor.look(addressOf(path, city));
        if (answer.statusCode !== 200 || isPage(answer)) continue;
        const { 'cache-control': kept, 'x-content-type-options': sniffed } = answer.headers;
        if (!/no-(store|cache)/.test(String(kept)) || sniffed !== 'nosniff') faults.push(`${visitor.name} at ${path}: ${String(kept)}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('style, script and picture may be kept for ever, and are nothing but that', async () => {
    const { body } = await visitors.nobody.get('/');
    const names = [...new Set(body.match(/\/assets\/[\w.]+/g))];
    expect(names).toHaveLength(3);
    for (const name of names) {
      const { headers, statusCode } = await visitors.nobody.get(name);
      expect([statusCode, headers['x-content-type-options']]).toEqual([200, 'nosniff']);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(JSON.stringify(headers).length).toBeLessThan(400);
    }
  });

  it('a header that is missing, or softer, would be seen', () => {
    const headers = { 'content-security-policy': policy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    expect(missingIn({ headers: { ...headers, 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' } })).toEqual([]);
    expect(missingIn({ headers: { ...headers, 'content-security-policy': policy.replace("'none'", "'self'") } })).toHaveLength(3);
  });
});
