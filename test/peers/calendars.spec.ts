import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closing, emptyFolder } from '../support/closing';
import { freePort } from '../support/free-port';
import { describeWith, program } from '../support/peers/program';
import { book, importAll } from '../story/support/bookings';
import { type CityHall, createCityHall, must } from '../story/support/city-hall';
import { eventually } from '../support/eventually';
import { createPostOffice, type PostOffice } from '../story/support/post-office';

/** Ten in the morning of the Friday before summer time begins, and of the Monday after. */
const meetings = [
  {
    number: '500001',
    email: 'ion@exemplu.ro',
    startsAt: '2026-03-27T08:00:00.000Z',
    inBucharest: '2026-03-27 10:00',
    inNewYork: '2026-03-27 04:00',
  },
  {
    number: '500002',
    email: 'dana@exemplu.ro',
    startsAt: '2026-03-30T07:00:00.000Z',
    inBucharest: '2026-03-30 10:00',
    inNewYork: '2026-03-30 03:00',
  },
] as const;
const lines = meetings.map(({ number }) => ({ number, applicant: 'Popescu Ion' }));

let hall: CityHall;
let post: PostOffice;
let feed: string;
beforeAll(async () => {
  post = await createPostOffice();
  hall = await createCityHall({ TICHET_SMTP_URL: post.url });
  await hall.moveTo('2026-03-23T08:00:00.000Z');
  await hall.service.start();
  await importAll(hall, lines);
  for (const [n, { startsAt, email }] of meetings.entries()) {
    const line = lines[n];
    if (line !== undefined) await book(hall, line, { startsAt, mode: 'in-person', email }, post);
    await post.letter(email, 2);
  }
  const { body } = await must(201, hall.as('staff', 's002')('POST', '/calendar/feed'));
  const address = new URL((body as { readonly url?: string }).url ?? '');
  feed = await eventually('both meetings in the feed', async () => {
    const text = await (await fetch(`${hall.service.url}${address.pathname}`)).text();
    return text.split('BEGIN:VEVENT').length === 3 ? text : undefined;
  });
});

describeWith(['khal'], 'khal, as a civil servant’s or a citizen’s calendar', () => {
  /** What is printed of these files by a person who lives there: the beginning of every meeting. */
  const printed = (zone: string, files: readonly string[]): readonly string[] => {
    const folder = emptyFolder();
    const calendar = join(folder, 'calendar');
    mkdirSync(calendar);
    const config = join(folder, 'config');
    writeFileSync(
      config,
      [
        `[calendars]\n[[ours]]\npath = ${calendar}`,
        `[locale]\nlocal_timezone = ${zone}\ndefault_timezone = ${zone}`,
        'timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M',
        `[sqlite]\npath = ${join(folder, 'khal.db')}\n`,
      ].join('\n'),
    );
    const khal = (...argv: readonly string[]): string => {
      const { status, stdout, stderr } = spawnSync(program('khal'), ['-c', config, ...argv], {
        encoding: 'utf8',
        env: { HOME: folder, LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] },
      });
      if (status !== 0) throw new Error(`khal ${argv.join(' ')}: ${stdout}${stderr}`);
      return stdout;
    };
    for (const [n, text] of files.entries()) {
      const file = join(folder, `${String(n)}.ics`);
      writeFileSync(file, text);
      khal('import', '--batch', '-a', 'ours', file);
    }
    return khal('list', '--day-format', '', '--format', '{start-long}', '2026-03-26', '2026-04-02').trim().split('\n');
  };

  it.each(['feed', 'invitations'] as const)(
    'prints the hours of the %s as people there have them, before and after the change of time',
    async (what) => {
      const invitations = await Promise.all(
        meetings.map(async ({ email }) => {
          const { attachments } = await post.letter(email, 2);
          return attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
        }),
      );
      const files = what === 'feed' ? [feed] : invitations;
      expect(printed('Europe/Bucharest', files)).toEqual(meetings.map(({ inBucharest }) => inBucharest));
      expect(printed('America/New_York', files)).toEqual(meetings.map(({ inNewYork }) => inNewYork));
      // an entry whose zone is lost would be seen
      const floating = files.map((text) => text.replaceAll(/;TZID=[^:]+/g, ''));
      expect(printed('America/New_York', floating)).not.toEqual(meetings.map(({ inNewYork }) => inNewYork));
    },
  );
});

describeWith(['radicale'], 'Radicale, as a civil servant’s server of calendars', () => {
  it('takes the feed and gives it back with its hours, and refuses what is none', async () => {
    const port = await freePort();
    const settings = [
      '--config',
      '',
      '--server-hosts',
      `127.0.0.1:${String(port)}`,
      '--auth-type',
      'none',
      '--storage-filesystem-folder',
      emptyFolder(),
    ];
    const server = spawn(program('radicale'), settings, { stdio: 'ignore' });
    const ended = once(server, 'exit');
    closing({
      end: async () => {
        server.kill('SIGKILL');
        await ended;
      },
    });
    const collection = `http://127.0.0.1:${String(port)}/staff/feed/`;
    // whoever signs in for the first time gets a place
    const staff = { authorization: `Basic ${Buffer.from('staff:any').toString('base64')}` };
    const put = (body: string): Promise<Response> =>
      fetch(collection, { method: 'PUT', headers: { 'content-type': 'text/calendar', ...staff }, body });
    const answer = await eventually('an answer', () =>
      server.exitCode === null ? put(feed).catch(() => undefined) : Promise.reject(new Error('Radicale has ended.')),
    );
    expect(answer.status).toBe(201);
    const kept = await (await fetch(collection, { headers: staff })).text();
    for (const { inBucharest } of meetings)
      expect(kept).toContain(`DTSTART;TZID=Europe/Bucharest:${inBucharest.replaceAll(/[-:]/g, '').replace(' ', 'T')}00`);
    expect((await put(feed.replace('UID:', 'X-UID:').replace(/BEGIN:VEVENT/, 'BEGIN:VNOTHING'))).status).toBe(400);
  });
});
