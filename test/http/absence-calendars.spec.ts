import { startSeeded, type Service } from './support/service';
import { currentStaff } from '../../src/application/kernel/streams';
import { calendarOf, eventOf } from '../support/calendars';

let service: Service;
beforeAll(async () => {
  service = await startSeeded();
});

const path = '/api/v1/staff/s002/absences';
const send = async (
  text: string,
  role: 'staff' | 'head' | 'registry' = 'staff',
  staffId: string | undefined = 's002',
  to = `${path}/import`,
) =>
  service.call('POST', to, {
    token: await service.token(role, staffId),
    raw: { payload: text },
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'accept-language': 'en' },
  });
const tuesday = eventOf('DTSTART:20260303T100000Z', 'DTEND:20260303T110000Z');
const absences = async () => {
  const known = await currentStaff(service.ports, 's002');
  return known.status === 'known' ? known.absences : [];
};

describe('A16: a calendar file over HTTP', () => {
  it('becomes absences; the same again changes nothing; another takes its place', async () => {
    const first = await send(calendarOf(tuesday, eventOf('DTSTART:never')));
    expect([first.status, first.body]).toEqual([
      200,
      { recorded: 1, withdrawn: 0, unchanged: 0, kept: 0, faults: [{ line: 11, message: 'the event has no time that can be read' }] },
    ]);
    expect(first.headers['tichet-position']).toBeDefined();
    expect((await send(calendarOf(tuesday))).body).toMatchObject({ recorded: 0, unchanged: 1 });
    const friday = eventOf('DTSTART:20260306T100000Z', 'DTEND:20260306T110000Z');
    expect((await send(calendarOf(friday), 'head', 's001')).body).toMatchObject({ recorded: 1, withdrawn: 1 });
    expect((await absences()).map(({ from }) => from)).toEqual(['2026-03-06T10:00:00.000Z']);
  });

  it('what is no calendar is refused with a sentence and changes nothing', async () => {
    const end = await service.ports.store.end();
    for (const [text, message] of [
      ['<html></html>', 'This is no iCalendar (.ics): it does not begin with BEGIN:VCALENDAR.'],
      [calendarOf(tuesday).slice(0, 100), 'The calendar is not whole: it ends before END:VCALENDAR.'],
      ['x'.repeat(5 * 1024 * 1024 + 1), 'The calendar is over 5 MiB.'],
    ] as const) {
      const answer = await send(text);
      expect([answer.status, answer.body.errors]).toEqual([400, [{ field: 'body', message }]]);
    }
    expect(await service.ports.store.end()).toBe(end);
  });

  it('is for oneself and for the head; a calendar is taken nowhere else', async () => {
    expect((await send(calendarOf(tuesday), 'staff', 's003')).status).toBe(403);
    expect((await send(calendarOf(tuesday), 'registry')).status).toBe(403);
    expect((await send(calendarOf(tuesday), 'registry', undefined, '/api/v1/staff/import')).status).toBe(415);
    const json = await service.call('POST', `${path}/import`, { token: await service.token('staff', 's002'), body: { text: 'x' } });
    expect(json.status).toBe(415);
  });

  it('an address is taken only of a host that the installation names; how it stands is told without it', async () => {
    const token = await service.token('staff', 's002');
    const url = 'https://calendar.example/private-4711/basic.ics';
    const refused = await service.call('PUT', `${path}/calendar`, { token, body: { url }, headers: { 'accept-language': 'en' } });
    expect(refused.body.errors).toEqual([{ field: 'url', message: 'This installation reads no calendars at that address.' }]);
    const wrong = await service.call('PUT', `${path}/calendar`, { token, body: { url: 'a calendar' } });
    expect(wrong.status).toBe(400);
    const standing = await service.call('GET', `${path}/calendar`, { token });
    expect(standing.body).toMatchObject({ followed: false, address: {}, file: { read: { withdrawn: 1 } } });
    expect((await service.call('DELETE', `${path}/calendar`, { token })).body).toEqual({ followed: false });
    expect((await service.call('GET', `${path}/calendar`, { token: await service.token('staff', 's003') })).status).toBe(403);
  });
});

describe('Art. 4: the feed', () => {
  it('knows what a program has already, dies when it is revoked, and when its owner leaves', async () => {
    const token = await service.token('staff', 's003');
    const renew = async (): Promise<string> => {
      const made = await service.call('POST', '/api/v1/calendar/feed', { token });
      return new URL(made.body.url).pathname;
    };
    const feed = await renew();
    const { headers, text, status } = await service.call('GET', feed);
    expect(status).toBe(200);
    for (const line of ['REFRESH-INTERVAL;VALUE=DURATION:PT15M', 'X-PUBLISHED-TTL:PT15M', 'BEGIN:VTIMEZONE']) expect(text).toContain(line);
    const etag = String(headers['etag']);
    for (const asked of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      expect((await service.call('GET', feed, { headers: { 'if-none-match': asked } })).status).toBe(304);
    }
    expect((await service.call('GET', feed, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    expect((await service.call('DELETE', '/api/v1/calendar/feed', { token })).status).toBe(204);
    expect((await service.call('GET', feed)).status).toBe(404);
    const again = await renew();
    expect((await service.call('GET', again)).status).toBe(200);
    await service.call('POST', '/api/v1/staff/s003/left', { token: await service.token('admin'), body: { on: '2026-03-02' } });
    expect((await service.call('GET', again)).status).toBe(404);
  });
});
