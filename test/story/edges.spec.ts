import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSeeded, type Service } from '../http/support/service';
import { shiftClock } from '../support/shift-clock';
import { book, importAll } from './support/bookings';
import { createCityHall, must, type Told } from './support/city-hall';
import { createPostOffice } from './support/post-office';

const filedOn = '2022-09-01';
const applicant = 'Popescu Ion';

describe('Art. 2 and Art. 4 at their edges, over HTTP', () => {
  let service: Service;
  let registry: string;
  let nextNumber = 900_000;
  beforeEach(async () => {
    service = await startSeeded();
  });

  const setClock = async (instant: string): Promise<void> => {
    service.ports.clock.set(instant);
    registry = await service.token('registry');
  };
  const call = async (...asked: Parameters<Service['call']>) => {
    const { status, body } = await service.call(...asked);
    return { status, body: body as unknown as Told };
  };
  /** A request that was registered now; in operation unless it has an answer. */
  const register = async (on = filedOn, number = String((nextNumber += 1))): Promise<string> => {
    const { status } = await call('PUT', `/api/v1/requests/${number}/${on}`, {
      token: registry,
      body: { applicantName: applicant, handlerStaffId: 's002', departmentCode: '425', status: 'in-operation' },
    });
    expect(status).toBe(200);
    return number;
  };
  const answer = (number: string, documentNumber: string, communicatedOn: string) =>
    call('POST', `/api/v1/requests/${number}/${filedOn}/answers`, {
      token: registry,
      body: { documentNumber, communicatedOn, channel: 'email' },
    });
  const lookup = (number: string, on = filedOn) =>
    call('POST', '/api/v1/requests/lookup', { body: { requestNumber: number, applicantName: applicant, filedOn: on } });
  const ask = async (number: string, startsAt: string) => {
    const { body } = await lookup(number);
    return call('POST', '/api/v1/tickets', { token: body.bookingToken, body: { startsAt, mode: 'in-person', phone: '0740 123 456' } });
  };
  const view = async (number: string) =>
    (await call('GET', `/api/v1/eligibility?number=${number}&filedOn=${filedOn}`, { token: registry })).body;

  // 48 hours later the wall shows another hour: 11:00 for 10:00 in spring, 10:00 for 11:00 in autumn.
  it.each([
    { weekend: 'spring', saturday: '2026-03-28T08:00:00.000Z', monday: '2026-03-30T08:00:00.000Z', before: '2026-03-30T07:45:00.000Z' },
    { weekend: 'autumn', saturday: '2026-10-24T08:00:00.000Z', monday: '2026-10-26T08:00:00.000Z', before: '2026-10-26T07:45:00.000Z' },
  ])('Art. 4: 48 elapsed hours across the clock change of $weekend, to the millisecond', async ({ saturday, monday, before }) => {
    await setClock(saturday);
    const [one, two] = [await register(), await register()];
    expect(await ask(one, before)).toMatchObject({ status: 422, body: { code: 'too-soon', earliest: monday } });
    expect(await ask(one, monday)).toMatchObject({ status: 201, body: { status: 'scheduled' } });
    await setClock(new Date(Date.parse(saturday) + 1).toISOString());
    expect(await ask(two, monday)).toMatchObject({ status: 422, body: { code: 'too-soon' } });
  });

  it.each([
    ['a Sunday on which the clocks go forward', '2026-02-27', '2026-03-29', '2026-03-30', '2026-03-30T21:00:00.000Z'],
    ['a Sunday on which the clocks go back', '2026-09-25', '2026-10-25', '2026-10-26', '2026-10-26T22:00:00.000Z'],
    ['1 June, Children’s Day and Pentecost Monday', '2026-05-02', '2026-06-01', '2026-06-02', '2026-06-02T21:00:00.000Z'],
    ['30 November, and 1 December after it', '2026-10-31', '2026-11-30', '2026-12-02', '2026-12-02T22:00:00.000Z'],
    ['Christmas before a weekend', '2025-11-25', '2025-12-25', '2025-12-29', '2025-12-29T22:00:00.000Z'],
    ['New Year, in the next year', '2025-12-02', '2026-01-01', '2026-01-05', '2026-01-05T22:00:00.000Z'],
    ['6 January before it was a holiday', '2022-12-07', '2023-01-06', '2023-01-06', '2023-01-06T22:00:00.000Z'],
    ['6 January since it is one', '2023-12-07', '2024-01-06', '2024-01-08', '2024-01-08T22:00:00.000Z'],
    ['a plain Wednesday', '2026-04-06', '2026-05-06', '2026-05-06', '2026-05-06T21:00:00.000Z'],
  ])('Art. 2 b: day 30 on %s', async (_, communicatedOn, advertisedUntil, enforcedUntil, end) => {
    await setClock(`${communicatedOn}T10:00:00.000Z`);
    const number = await register();
    expect((await answer(number, 'D-1', communicatedOn)).status).toBe(201);
    expect(await view(number)).toMatchObject({ communicatedOn, advertisedUntil, enforcedUntil, eligible: true });
    await setClock(new Date(Date.parse(end) - 1).toISOString());
    expect(await lookup(number)).toMatchObject({
      status: 200,
      body: { request: { ground: 'clarification', clarificationUntil: enforcedUntil } },
    });
    expect((await view(number)).eligible).toBe(true);
    await setClock(end);
    expect(await lookup(number)).toMatchObject({ status: 422, body: { code: 'window-expired' } });
    expect(await view(number)).toMatchObject({ eligible: false, enforcedUntil });
  });

  it('A5: a bridge day decided before the answer moves the end; decided afterwards it does not', async () => {
    await setClock('2026-05-02T10:00:00.000Z');
    const [before, after] = [await register(), await register()];
    await answer(before, 'D-1', '2026-05-02');
    const admin = await service.token('admin');
    const declared = await call('POST', '/api/v1/bridge-days', { token: admin, body: { date: '2026-06-02', decision: 'HG 100/2026' } });
    expect(declared.status).toBe(201);
    await answer(after, 'D-2', '2026-05-02');
    expect((await view(before)).enforcedUntil).toBe('2026-06-02');
    expect((await view(after)).enforcedUntil).toBe('2026-06-03');
  });

  it('A25: the same document again opens nothing; another opens 30 days, and the later end counts', async () => {
    await setClock('2026-03-02T10:00:00.000Z');
    const number = await register();
    expect((await answer(number, 'D-1', '2026-03-02')).status).toBe(201);
    await setClock('2026-03-20T10:00:00.000Z');
    expect((await answer(number, 'D-1', '2026-03-20')).status).toBe(200);
    expect(await view(number)).toMatchObject({ communicatedOn: '2026-03-02', enforcedUntil: '2026-04-01' });
    expect((await answer(number, 'D-2', '2026-03-16')).status).toBe(201);
    expect(await view(number)).toMatchObject({ communicatedOn: '2026-03-16', enforcedUntil: '2026-04-15' });
    expect((await answer(number, 'D-0', '2026-02-10')).status).toBe(201);
    expect(await view(number)).toMatchObject({ enforcedUntil: '2026-04-15' });
    await setClock('2026-04-15T20:59:59.999Z');
    expect((await lookup(number)).status).toBe(200);
    await setClock('2026-04-15T21:00:00.000Z');
    expect((await lookup(number)).body.code).toBe('window-expired');
  });

  it('A29 and section 3: numbers begin anew in January, and the new year has its own holidays', async () => {
    await setClock('2023-12-28T08:00:00.000Z');
    const number = await register('2023-12-27', '154997');
    const { body } = await lookup(number, '2023-12-27');
    const days = await call('GET', '/api/v1/slots?from=2023-12-29&to=2024-01-09', { token: body.bookingToken });
    expect(days.body.days.map(({ date, closed }) => [date.slice(5), closed ?? 'free'])).toEqual([
      ['12-29', 'under-48-hours'],
      ['12-30', 'weekend'],
      ['12-31', 'weekend'],
      ['01-01', 'holiday'],
      ['01-02', 'holiday'],
      ['01-03', 'free'],
      ['01-04', 'free'],
      ['01-05', 'free'],
      ['01-06', 'holiday'],
      ['01-07', 'holiday'],
      ['01-08', 'free'],
      ['01-09', 'free'],
    ]);
    const token = body.bookingToken;
    const refused = await call('POST', '/api/v1/tickets', {
      token,
      body: { startsAt: '2024-01-02T08:00:00Z', mode: 'in-person', phone: '0740 123 456' },
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'not-working-time' } });
    expect((await ask154997(token)).status).toBe(201);
    await setClock('2024-01-04T08:00:00.000Z');
    await register('2024-01-03', '154997');
    expect((await lookup('154997/425/03.01.2024', '2024-01-03')).status).toBe(200);
    expect((await lookup('154.997', '2023-12-27')).body.code).toBe('active-ticket-exists');
  });
  const ask154997 = (token: string) =>
    call('POST', '/api/v1/tickets', { token, body: { startsAt: '2024-01-03T06:00:00Z', mode: 'in-person', phone: '0740 123 456' } });
});

/** Every row of every table, to the byte. */
const rowsOf = (path: string): string => {
  const database = openSqlite(path, { readonly: true });
  const tables = database
    .prepare<[], { readonly name: string; readonly build: number }>(
      `SELECT t.name, t.build FROM tables t JOIN builds b USING (build) WHERE b.state = 'live' ORDER BY t.name`,
    )
    .all();
  const lines = tables.flatMap(({ name, build }) =>
    database
      .prepare(`SELECT * FROM "${name.replaceAll('-', '_')}__${String(build)}" ORDER BY key`)
      .all()
      .map((row) => `${name} ${JSON.stringify(row)}`),
  );
  database.close();
  return lines.join('\n');
};

describe('the same facts', () => {
  it('give byte-identical tables in every zone and at every time, and after the tables were deleted', async () => {
    const post = await createPostOffice();
    const hall = await createCityHall({ TICHET_SMTP_URL: post.url });
    hall.service.moveClockTo('2026-03-27T08:00:00.000Z');
    await hall.service.start();
    const lines = ['500001', '500002', '500003'].map((number, index) => ({ number, applicant: `Popescu Ion ${'ABC'[index] ?? ''}` }));
    await importAll(hall, lines);
    const [one, two, three] = lines;
    if (one === undefined || two === undefined || three === undefined) throw new Error('Three requests were made.');
    // Monday at 8 in Cluj is Sunday of the week before in New York; Tuesday at 15:45 is Wednesday in Auckland.
    const wish = { mode: 'online', phone: '0740 123 456' };
    const first = await book(hall, one, { ...wish, startsAt: '2026-03-30T05:00:00.000Z', email: 'a@exemplu.ro' }, post);
    await book(hall, two, { startsAt: '2026-03-30T05:15:00.000Z', mode: 'phone', phone: '0264 596 030' });
    const last = await book(hall, three, { ...wish, startsAt: '2026-03-31T12:45:00.000Z', email: 'c@exemplu.ro' }, post);
    await must(200, hall.call('POST', `/tickets/${last.ticketId}/cancel`, { token: last.manageToken, body: {} }));
    await hall.moveTo('2026-03-30T05:20:00.000Z');
    const held = { startedAt: '2026-03-30T05:01:00.000Z', endedAt: '2026-03-30T05:14:00.000Z' };
    await must(200, hall.as('staff', 's002')('POST', `/tickets/${first.ticketId}/held`, { body: held }));
    await must(200, hall.as('staff', 's002')('POST', `/tickets/${first.ticketId}/resolution`, { body: { conclusions: 'Gata.' } }));
    await hall.happened(first.ticketId, 'ResolutionFiled');
    await hall.happened(first.ticketId, 'ResolutionSent');
    await hall.happened(last.ticketId, 'CitizenNotified');
    // Ready again means that the tables have read the log to its end.
    await hall.service.stop();
    await hall.service.start();
    await hall.service.stop();
    const asServed = rowsOf(join(hall.dataFolder, 'read-models.db'));
    expect(asServed.split('\n').length).toBeGreaterThan(20);

    const places = [
      { zone: 'UTC', clock: '1999-12-31T23:30:00.000Z', eight: '8' },
      { zone: 'Pacific/Auckland', clock: '2026-03-29T00:30:00.000Z', eight: '21' },
      { zone: 'America/New_York', clock: '2034-10-29T00:30:00.000Z', eight: '3' },
    ];
    const rebuilt = await Promise.all(
      places.map(async ({ zone, clock, eight }, index) => {
        const target = join(hall.service.folder, `tables-${String(index)}.db`);
        const clockFile = join(hall.service.folder, `clock-${String(index)}`);
        shiftClock(clockFile, clock);
        const requires = ['moved-clock.cjs', 'typescript-in-threads.cjs'].flatMap((file) => ['--require', `./test/support/${file}`]);
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [...requires, 'test/story/support/table-child.ts', hall.dataFolder, target],
          { cwd: join(__dirname, '../..'), env: { PATH: process.env['PATH'], TZ: zone, TEST_CLOCK_FILE: clockFile } },
        );
        expect(stdout).toBe(`${eight} ${clock.slice(0, 10)}`);
        return rowsOf(target);
      }),
    );
    for (const rows of rebuilt) expect(rows).toBe(asServed);
  });
});
