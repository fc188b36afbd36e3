import { Agent } from 'undici';
import { followCalendar } from '../../../../src/application/staff/follow-calendar';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { currentStaff } from '../../../../src/application/kernel/streams';
import { calendarAddressOf } from '../../../../src/infrastructure/outside/absences/calendar-address';
import { fetchCalendar, largestCalendarBytes, type CalendarDoor } from '../../../../src/infrastructure/outside/absences/fetch-calendar';
import { followedCalendars, type FollowedCalendars } from '../../../../src/infrastructure/outside/absences/followed-calendars';
import { pollCalendarOf } from '../../../../src/infrastructure/outside/absences/poll-calendars';
import { asksForAPerson, statusOfCalendar } from '../../../../src/infrastructure/outside/absences/status';
import { createHttpClient } from '../../../../src/infrastructure/outside/http-client/http-client';
import { mayBeReached } from '../../../../src/infrastructure/runtime/private-addresses';
import { createTestPorts, type TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { mustBeDone, staff } from '../../../http/support/service';
import { type Behaviour, type CalendarServer, serving, startCalendarServer } from '../../../support/calendar-server';
import { calendarOf, eventOf } from '../../../support/calendars';
import { contextAt } from '../../../support/command-context';

const limits = { connect: 60_000, headers: 60_000, body: 60_000, whole: 60_000 };
/** Of a server that will say nothing more, however long one waits. */
const impatient = { connect: 2000, headers: 150, body: 150, whole: 400 };
const tuesday = eventOf('DTSTART:20260303T100000Z', 'DTEND:20260303T110000Z');
const friday = eventOf('DTSTART:20260306T100000Z', 'DTEND:20260306T110000Z');
const secret = '/private-4711/basic.ics?key=s3cr3t';

let server: CalendarServer;
let ports: TestPorts;
let calendars: FollowedCalendars;
let door: CalendarDoor;
let told: string[];
beforeEach(async () => {
  server = await startCalendarServer();
  told = [];
  const note = (event: string, values: object = {}): void => void told.push(`${event} ${JSON.stringify(values)}`);
  ports = createTestPorts({
    logger: {
      info: note,
      warn: note,
      error: (event, values) => {
        note(`error ${event}`, values);
      },
    },
  });
  calendars = followedCalendars(ports, Buffer.alloc(32, 5));
  door = { hosts: [server.origin], networks: ['127.0.0.1'], limits };
  const id = ports.identifiers.next();
  const context = contextAt(ports.clock.now(), id, { kind: 'system', id: 'test' });
  mustBeDone(await registerStaff(ports)(context, staff.s002));
  await calendars.put('s002', `${server.origin}${secret}`);
});

const later = (minutes: number): void => {
  ports.clock.set(new Date(Date.parse(ports.clock.now()) + minutes * 60_000).toISOString());
};
const poll = (): Promise<void> => pollCalendarOf({ ports, calendars, door }, 's002');
const standing = () => statusOfCalendar(ports, 'address', 's002');
const days = async () => {
  const known = await currentStaff(ports, 's002');
  return known.status === 'known' ? known.absences.map(({ from }) => from.slice(0, 10)) : [];
};

const misbehaviours: readonly (readonly [string, Behaviour, string])[] = [
  ['hangs up', (request) => request.socket.destroy(), 'no-answer'],
  ['says nothing', () => undefined, 'no-answer'],
  [
    'breaks off in the middle',
    (_, response) => {
      const text = calendarOf(friday);
      response.writeHead(200, { 'Content-Length': text.length }).write(text.slice(0, 90));
    },
    'no-answer',
  ],
  ['sends half a file as a whole one', serving(calendarOf(friday).slice(0, 150)), 'cut-short'],
  ['sends nothing at all', serving(''), 'not-a-calendar'],
  ['sends a page to sign in', serving('<!doctype html><title>Sign in</title>'), 'not-a-calendar'],
  ['sends a calendar that has nothing in it any more', serving(calendarOf()), 'empty'],
  ['does not know the address any more', (_, response) => response.writeHead(404).end(calendarOf(friday)), 'answered-otherwise'],
  ['wants to be asked less often', (_, response) => response.writeHead(429, { 'Retry-After': '60' }).end(), 'answered-otherwise'],
  ['is broken', (_, response) => response.writeHead(500).end(), 'answered-otherwise'],
  ['leads elsewhere', (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/metadata' }).end(), 'answered-otherwise'],
];

describe('a calendar at an address', () => {
  it('is read every half hour, and only then', async () => {
    server.behave(serving(calendarOf(tuesday)));
    await poll();
    await poll();
    expect(server.asked).toEqual([secret]);
    expect(await days()).toEqual(['2026-03-03']);
    server.behave(serving(calendarOf(tuesday, friday)));
    later(30);
    await poll();
    expect(await days()).toEqual(['2026-03-03', '2026-03-06']);
    expect((await standing()).read).toMatchObject({ recorded: 1, unchanged: 1 });
  });

  it.each(misbehaviours)('changes nothing when the server %s, and says so', async (_, behaviour, why) => {
    server.behave(serving(calendarOf(tuesday)));
    await poll();
    const end = await ports.store.end();
    server.behave(behaviour);
    door = { ...door, limits: why === 'no-answer' ? impatient : limits };
    later(30);
    await poll();
    expect(await ports.store.end()).toBe(end);
    door = { ...door, limits };
    expect((await standing()).failed).toMatchObject({ times: 1, why });
    server.behave(serving(calendarOf(friday)));
    later(30);
    await poll();
    expect(await days()).toEqual(['2026-03-06']);
    expect((await standing()).failed).toBeUndefined();
  });

  it('a reader that takes whatever comes for a calendar would be caught', async () => {
    server.behave(serving(calendarOf(tuesday)));
    await poll();
    // what an error page has of events is nothing, and it has it completely
    const id = ports.identifiers.next();
    const context = contextAt(ports.clock.now(), id, { kind: 'system', id: 'test' });
    const nothing = { staffId: 's002', source: 'address', busy: [], until: '2026-05-01T21:00:00.000Z', complete: true } as const;
    const end = await ports.store.end();
    await followCalendar(ports)(context, nothing);
    expect(await ports.store.end()).not.toBe(end);
    expect(await days()).toEqual([]);
  });

  it('one that is larger than any calendar is not read to its end', async () => {
    let sent = 0;
    server.behave((_, response) => {
      response.writeHead(200);
      const line = `${'X-PAD:'.padEnd(64 * 1024, 'x')}\r\n`;
      const more = (): void => {
        while (!response.destroyed && sent < 20 * largestCalendarBytes) {
          sent += line.length;
          if (!response.write(line)) {
            response.once('drain', more);
            return;
          }
        }
      };
      more();
    });
    expect(await fetchCalendar(`${server.origin}/huge`, door)).toEqual({ kind: 'nothing', why: 'too-large' });
    expect(sent).toBeLessThan(20 * largestCalendarBytes);
  });

  it('for a day not to be read, it becomes a task; read again, the task is over', async () => {
    server.behave((_, response) => response.writeHead(500).end());
    for (const minutes of [0, 700, 700]) {
      later(minutes);
      await poll();
      expect(asksForAPerson(await standing(), ports.clock.now())).toBe(false);
    }
    later(60);
    await poll();
    expect(asksForAPerson(await standing(), ports.clock.now())).toBe(true);
    expect(told.at(-1)).toBe('error calendar.not-read {"reason":"answered-otherwise","attempts":4}');
    server.behave(serving(calendarOf(tuesday)));
    later(30);
    await poll();
    expect(asksForAPerson(await standing(), ports.clock.now())).toBe(false);
  });

  it('neither its address nor what is in it is kept or told in clear', async () => {
    server.behave(serving(calendarOf(tuesday)));
    await poll();
    later(30);
    server.behave((request) => request.socket.destroy());
    await poll();
    const kept = await Promise.all(
      ['absence-calendar/s002', 'absence-calendar-standing/address/s002'].map((name) => ports.operations.keyValues.get(name)),
    );
    const log: unknown[] = [];
    for await (const event of ports.store.readAll({ after: '', limit: 100 })) log.push(event);
    const everything = JSON.stringify([kept, log, told]);
    for (const word of ['Canarul', 's3cr3t', '4711', server.origin]) expect(everything).not.toContain(word);
  });

  it('an address sealed under another key is told as lost', async () => {
    calendars = followedCalendars(ports, Buffer.alloc(32, 6));
    await poll();
    expect((await standing()).failed).toMatchObject({ why: 'address-lost' });
    expect(server.asked).toEqual([]);
  });

  it('an address from before the keys were rotated goes on, and is put under the present key', async () => {
    const before = await calendars.get('s002');
    const rotated = Buffer.alloc(32, 6);
    expect(await followedCalendars(ports, rotated, [Buffer.alloc(32, 5)]).get('s002')).toEqual(before);
    expect(await followedCalendars(ports, rotated).get('s002')).toEqual(before);
  });
});

describe('where a calendar may be read', () => {
  it('only at the hosts that are named, to the port', async () => {
    const elsewhere = { ...door, hosts: ['https://calendar.example', `${server.origin}0`] };
    expect(await fetchCalendar(`${server.origin}/x.ics`, elsewhere)).toEqual({ kind: 'nothing', why: 'address-not-allowed' });
    expect(server.asked).toEqual([]);
  });

  it('not inside, whether by number or by name, unless that network is named too', async () => {
    const { port } = new URL(server.origin);
    for (const host of ['127.0.0.1', 'localhost']) {
      const origin = `http://${host}:${port}`;
      const shut = { ...door, hosts: [origin], networks: [] };
      expect(await fetchCalendar(`${origin}/x.ics`, shut)).toEqual({ kind: 'nothing', why: 'address-not-allowed' });
    }
    expect(server.asked).toEqual([]);
    // an ordinary connection goes there
    const careless = createHttpClient('calendar', server.origin, { limits, agent: new Agent() });
    await careless.ask({ operation: 'read-calendar', method: 'GET', path: '/x.ics', mayRepeat: false });
    await careless.close();
    expect(server.asked).toEqual(['/x.ics']);
  });

  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::ffff:10.0.0.1', false],
  ])('%s: %s', (address, open) => {
    expect(mayBeReached(address, [])).toBe(open);
    expect(mayBeReached(address, ['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1'])).toBe(true);
  });

  it('an address is one of a calendar, and carries no password', () => {
    expect(calendarAddressOf(' webcal://calendar.example/a.ics ')).toBe('https://calendar.example/a.ics');
    for (const wrong of ['', 'calendar', 'ftp://calendar.example/a', 'https://me:secret@calendar.example/a', 'file:///etc/passwd']) {
      expect(calendarAddressOf(wrong)).toBeUndefined();
    }
  });
});
