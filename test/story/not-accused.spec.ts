import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImapServer, type ImapServer } from '../support/imap/imap-server';
import { deliveryReport } from '../support/smtp/delivery-report';
import { book, importAll, type Held, type Line, type Wish } from './support/bookings';
import { createCityHall, must, type CityHall } from './support/city-hall';
import { eventually } from '../support/eventually';
import { createPostOffice, type PostOffice } from './support/post-office';

// Thursday, 5 March 2026, 10:00 in Cluj, is 08:00 in UTC.
const thursday = (time: string): string => `2026-03-05T${time}:00.000Z`;
const online = (name: string) => ({ mode: 'online', email: `${name}@exemplu.ro`, phone: '0740 123 456' });
/** Each keeps the procedure in a way in which it could seem broken. */
const kept = {
  fallen: { number: '500001', startsAt: thursday('08:00'), ...online('fallen') },
  closed: { number: '500002', startsAt: thursday('08:15'), ...online('closed') },
  late: { number: '500003', startsAt: thursday('08:30'), ...online('late') },
  deleted: { number: '500004', startsAt: thursday('08:45'), ...online('deleted') },
  bounced: { number: '500005', startsAt: thursday('09:00'), mode: 'in-person', email: 'bounced@exemplu.ro' },
  twice: { number: '500006', startsAt: thursday('09:15'), mode: 'in-person', email: 'twice@exemplu.ro' },
  paper: { number: '500007', startsAt: thursday('09:30'), mode: 'in-person', email: 'paper@exemplu.ro' },
  moved: { number: '500008', startsAt: thursday('09:45'), mode: 'phone', phone: '0264 596 030' },
} satisfies Record<string, Wish & { readonly number: string }>;
type Name = keyof typeof kept;
const names: readonly Name[] = ['fallen', 'closed', 'late', 'deleted', 'bounced', 'twice', 'paper', 'moved'];
const isOnline = (name: Name): boolean => kept[name].mode === 'online';
const lineOf = (name: Name): Line => ({ number: kept[name].number, applicant: 'Țurcanu Ștefan' });

describe('who kept the procedure is not accused, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  let mailbox: ImapServer;
  const tickets = new Map<Name, Held>();
  const idOf = (name: Name): string => tickets.get(name)?.ticketId ?? '';
  const act = (name: Name, action: string, body: object = {}, status = 200) =>
    must(status, hall.as('staff', 's002')('POST', `/tickets/${idOf(name)}/${action}`, { body }));
  const happened = (name: Name, type: string, times = 1) => hall.happened(idOf(name), type, times);
  const audit = async (name: Name) => (await must(200, hall.as('auditor')('GET', `/audit/tickets/${idOf(name)}`))).body;
  /** The whole, and each check that is not simply kept. */
  const judged = async (name: Name) => {
    const { overall, checks } = await audit(name);
    return [
      overall,
      ...checks.filter(({ verdict }) => !['pass', 'not-applicable'].includes(verdict)).map(({ id, verdict }) => `${id} ${verdict}`),
    ];
  };
  const verdict = (name: Name, check: string) => hall.verdict(idOf(name), check);
  const write = async (name: Name): Promise<void> => {
    await act(name, 'resolution', { conclusions: 'Se depune planul cadastral.', documentNumber: `9${kept[name].number}` });
    if ('email' in kept[name]) await happened(name, 'ResolutionSent');
    await happened(name, 'ResolutionFiled');
  };
  const held = (name: Name, from: string, to: string) => act(name, 'held', { startedAt: thursday(from), endedAt: thursday(to) });
  /** The letter comes back: what the mailbox has is read at the next start. */
  const bounces = async (name: Name, nth: number, times: number): Promise<void> => {
    const recipient = `${name}@exemplu.ro`;
    const { messageId = '' } = await post.letter(recipient, nth);
    await hall.service.kill();
    mailbox.deliver(deliveryReport({ letterId: /<(.+)@/.exec(messageId)?.[1] ?? '', recipient }));
    await hall.service.start();
    await happened(name, 'ResolutionBounced', times);
  };

  beforeAll(async () => {
    [post, mailbox] = await Promise.all([createPostOffice(), createImapServer()]);
    hall = await createCityHall({
      TICHET_SMTP_URL: post.url,
      TICHET_MAIL_FROM: 'Primăria <tichet@primaria.example>',
      TICHET_BOUNCE_ADDRESS: 'intoarse@primaria.example',
      TICHET_BOUNCE_IMAP_URL: mailbox.url,
    });
    // A13: a recording is kept until the end of the day after the meeting, as the notice said: later starts know nothing of this policy
    const policies = join(hall.service.folder, 'kept-for-a-day.json');
    // and nobody is reminded: the letters of each are counted
    const changed = { 'recording-period': { value: { days: 1 }, version: 2 }, reminders: { value: null, version: 2 } };
    writeFileSync(policies, JSON.stringify(changed));
    await hall.moveTo('2026-03-02T08:00:00.000Z');
    await hall.service.start({ TICHET_POLICIES_FILE: policies });
    await importAll(hall, names.map(lineOf));
    for (const name of names) {
      const { number: _, ...wish } = kept[name];
      tickets.set(name, await book(hall, lineOf(name), wish, post));
    }
    for (const name of names.filter(isOnline)) {
      await act(name, 'meeting-link', { joinUrl: `https://primaria.webex.com/${name}` });
      await happened(name, 'InvitationSent', 2);
    }
  });

  it('A21: told once of two moves', async () => {
    await hall.moveTo('2026-03-02T12:00:00.000Z');
    for (const startsAt of [thursday('10:00'), thursday('10:15')]) await act('moved', 'reschedule', { startsAt, reason: 'illness' });
    expect(await verdict('moved', 'C19')).toBe('pending');
    await act('moved', 'notice', { channel: 'phone', outcome: 'reached' });
    expect(await verdict('moved', 'C19')).toBe('pass');
  });

  it('A13: Webex falls in the middle, and they go on by phone', async () => {
    await hall.moveTo(thursday('08:00'));
    await act('fallen', 'start');
    await hall.moveTo(thursday('08:06'));
    await act('fallen', 'continued', { mode: 'phone', cause: 'platform', at: thursday('08:06') });
    await hall.moveTo(thursday('08:14'));
    await act('fallen', 'held', { startedAt: thursday('08:01'), endedAt: thursday('08:14') });
    expect(await verdict('fallen', 'C13')).toBe('pending');
    await act('fallen', 'recording', { recordingId: 'R-1', startedAt: thursday('08:01'), durationSeconds: 290 });
    await write('fallen');
    expect(await judged('fallen')).toEqual(['pass']);
  });

  it('A13: nobody can enter Webex, and they talk by phone', async () => {
    await hall.moveTo(thursday('08:18'));
    await act('closed', 'continued', { mode: 'phone', cause: 'connection', at: thursday('08:17') });
    await hall.moveTo(thursday('08:29'));
    await held('closed', '08:17', '08:29');
    await write('closed');
    expect(await judged('closed')).toEqual(['pass']);
  });

  it('A15: the citizen comes late: they talk, and record, from then on', async () => {
    await hall.moveTo(thursday('08:30'));
    await act('late', 'start');
    await hall.moveTo(thursday('08:50'));
    await held('late', '08:42', '08:50');
    await act('late', 'recording', { recordingId: 'R-3', startedAt: thursday('08:42'), durationSeconds: 480 });
    await write('late');
    expect(await judged('late')).toEqual(['pass']);

    await held('deleted', '08:46', '08:50');
    await act('deleted', 'recording', { recordingId: 'R-4', startedAt: thursday('08:46'), durationSeconds: 240 });
    await write('deleted');
    expect(await judged('deleted')).toEqual(['pass']);
  });

  it('A21: the letter came back, was sent again the same morning, and the second was accepted', async () => {
    await hall.moveTo(thursday('09:15'));
    await held('bounced', '09:00', '09:14');
    await write('bounced');
    await act('bounced', 'resolution/send-again', {}, 409);
    await bounces('bounced', 3, 1);
    expect(await verdict('bounced', 'C18')).toBe('pending');
    await hall.moveTo(thursday('09:20'));
    await act('bounced', 'resolution/send-again');
    expect((await post.letter('bounced@exemplu.ro', 4)).text).toContain('Se depune planul cadastral.');
    await happened('bounced', 'ResolutionSent', 2);
    expect(await judged('bounced')).toEqual(['pass']);
  });

  it('A21: the second letter came back as well, and the third did not', async () => {
    await hall.moveTo(thursday('09:30'));
    await held('twice', '09:16', '09:29');
    await write('twice');
    for (const times of [1, 2]) {
      await bounces('twice', 2 + times, times);
      await act('twice', 'resolution/send-again');
      await happened('twice', 'ResolutionSent', 1 + times);
    }
    expect(await judged('twice')).toEqual(['pass']);
    expect(post.to('twice@exemplu.ro')).toHaveLength(5);
  });

  it('A11: a paper signed and taken on the spot, typed in afterwards, when the two hours are over', async () => {
    await hall.moveTo(thursday('09:45'));
    await held('paper', '09:31', '09:44');
    await hall.moveTo(thursday('12:00'));
    expect(await verdict('paper', 'C16')).toBe('warn');
    await write('paper');
    expect(await verdict('paper', 'C16')).toBe('warn');
    await act('paper', 'resolution/handed-over', { channel: 'pickup', at: thursday('09:44'), proof: 'semnătură' });
    expect(await judged('paper')).toEqual(['pass']);
  });

  it('Art. 8: the one who was moved twice is held at the last hour', async () => {
    await held('moved', '10:15', '10:27');
    await write('moved');
    await act('moved', 'resolution/handed-over', { channel: 'pickup', at: thursday('12:00'), proof: 'semnătură' });
    expect(await judged('moved')).toEqual(['pass']);
  });

  it('A13: the recording is deleted when its time is over, and no earlier', async () => {
    await hall.moveTo('2026-03-06T21:00:00.000Z');
    expect((await act('deleted', 'recording/deleted', { recordingId: 'R-4' }, 422)).body.code).toBe('too-early');
    await hall.moveTo('2026-03-09T08:00:00.000Z');
    await act('deleted', 'recording/deleted', { recordingId: 'R-4' });
    await eventually('the verdict', async () => ((await audit('deleted')).overall === 'pass' ? true : undefined));
    expect(await judged('deleted')).toEqual(['pass']);
  });

  it('weeks later nobody of them is accused', async () => {
    await hall.moveTo('2026-04-15T08:00:00.000Z');
    const found = new Map<Name, readonly string[]>();
    for (const name of names) found.set(name, await judged(name));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(names.map((name) => [name, ['pass']])));
    const { body } = await must(200, hall.as('auditor')('GET', '/audit/tickets?verdict=fail'));
    expect(body).toMatchObject({ tickets: [] });
  });
});
