import { dayOfDue } from '../../../../src/domain/time/civil-time';
import { dueInWords } from '../../../../src/infrastructure/phrasing/words/dates';
import { howLong } from '../../../../src/infrastructure/web/schedule/tasks.controller';
import { bookingToken, inPerson, startSeeded, type Service } from '../../../http/support/service';
import { textOf } from './support/markup';
import { visitorOf } from './support/visitor';

let service: Service;
let ticketId: string;

beforeAll(async () => {
  service = await startSeeded();
  ({ ticketId } = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })).body);
  await service.settled();
});

describe('the page of tasks', () => {
  it('is for staff and heads, each for whom they may see', async () => {
    const codes = async (role: Parameters<typeof visitorOf>[1], staffId: string | undefined, path: string) =>
      (await (await visitorOf(service, role, staffId)).get(path)).statusCode;
    expect(await codes('staff', 's002', '/sarcini')).toBe(200);
    expect(await codes('head', 's001', '/sarcini?staffId=s002')).toBe(200);
    expect(await codes('staff', 's002', '/sarcini?staffId=s001')).toBe(403);
    expect(await codes('head', 's001', '/sarcini?staffId=s003')).toBe(403);
    for (const role of ['auditor', 'registry', 'reports', 'admin'] as const) expect(await codes(role, undefined, '/sarcini')).toBe(403);
    expect(await codes(undefined, undefined, '/sarcini')).toBe(303);
  });

  it('says so when there is nothing to do', async () => {
    const page = textOf((await (await visitorOf(service, 'staff', 's003')).get('/sarcini')).body);
    expect(page).toContain('Nimic de făcut acum');
  });

  it('Art. 7, A17: names what is due, by when, by which article, and leads to the meeting', async () => {
    service.ports.clock.set('2026-03-05T08:30:00.000Z');
    const token = await service.token('staff', 's002');
    await service.call('POST', `/api/v1/tickets/${ticketId}/start`, { token, body: { at: '2026-03-05T08:01:00.000Z' } });
    await service.call('POST', `/api/v1/tickets/${ticketId}/held`, {
      token,
      body: { startedAt: '2026-03-05T08:01:00.000Z', endedAt: '2026-03-05T08:14:00.000Z' },
    });
    await service.settled();
    const visitor = await visitorOf(service, 'staff', 's002');
    const { body } = await visitor.get('/sarcini');
    expect(body).toContain(`href="/programari/${ticketId}"`);
    expect(textOf(body)).toContain('Scrieți rezoluția Tichetului albastru');
    expect(textOf(body)).toContain('Cere Art. 7');
    const english = textOf((await (await visitorOf(service, 'staff', 's002', 'en')).get('/sarcini')).body);
    const dates = ['termen-țintă: joi, 5 martie 2026, 12:14', 'termen-limită: vineri, 6 martie 2026, 24:00'];
    for (const date of dates) expect(textOf(body)).toContain(date);
    expect(english).toContain('target: Thursday, 5 March 2026, 12:14 limit: Friday, 6 March 2026, 24:00');
    expect(body).toContain('href="/procedura#art-7"');
    expect(textOf((await (await visitorOf(service, 'head', 's001')).get('/sarcini')).body)).toContain('Zoltán Marc');
    const card = textOf((await visitor.get(`/programari/${ticketId}`)).body);
    for (const date of dates) expect(card).toContain(date);
  });

  it('A17: after the target it is late, and not yet past its limit; after the limit it is', async () => {
    const shown = async (at: string): Promise<string> => {
      service.ports.clock.set(at);
      return textOf((await (await visitorOf(service, 'staff', 's002')).get('/sarcini')).body);
    };
    const late = await shown('2026-03-05T12:14:00.000Z');
    expect(late).toContain('termen-țintă depășit cu 2 ore');
    expect(late).not.toContain('termen-limită depășit');
    const missed = await shown('2026-03-07T10:00:00.000Z');
    expect(missed).toContain('termen-limită depășit cu 12 ore');
    expect(missed).toContain('termen-limită: vineri, 6 martie 2026, 24:00, depășit');
    service.ports.clock.set('2026-03-05T08:30:00.000Z');
  });

  it('a page of another list is refused, not shown as empty', async () => {
    const visitor = await visitorOf(service, 'staff', 's002');
    for (const cursor of ['~x', 'x', '~'])
      expect([cursor, (await visitor.get(`/sarcini?cursor=${encodeURIComponent(cursor)}`)).statusCode]).toEqual([cursor, 400]);
  });
});

describe('how long something takes, in words', () => {
  it.each([
    [30, '30 de minute'],
    [1, 'un minut'],
    [120, '2 ore'],
    [20 * 60, '20 de ore'],
    [72 * 60, '3 zile'],
  ])('%i minutes', (minutes, words) => {
    const from = '2026-03-02T08:00:00.000Z';
    expect(howLong(from, new Date(Date.parse(from) + minutes * 60_000).toISOString(), 'ro')).toBe(words);
  });
});

describe('a due time, in words', () => {
  it('A17: that ends a day is 24:00 of that day, and not 00:00 of the next', () => {
    expect(dueInWords('2027-03-12T22:00:00.000Z', 'ro')).toBe('vineri, 12 martie 2027, 24:00');
    expect(dayOfDue('2027-03-12T22:00:00.000Z')).toBe('2027-03-12');
    expect(dueInWords('2027-03-12T22:00:30.000Z', 'ro')).toBe('sâmbătă, 13 martie 2027, 00:00');
    expect(dayOfDue('2027-03-12T22:00:30.000Z')).toBe('2027-03-13');
    expect(dueInWords('2027-03-12T22:15:00.000Z', 'ro')).toBe('sâmbătă, 13 martie 2027, 00:15');
    expect(dueInWords('2027-03-12T08:00:00.000Z', 'en')).toBe('Friday, 12 March 2027, 10:00');
  });
});
