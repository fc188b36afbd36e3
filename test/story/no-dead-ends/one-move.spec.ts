import { book, type Held, type Line, lookup, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';
import { createPostOffice, entryIn, type PostOffice } from '../support/post-office';

const lines = {
  handed: { number: '510001', applicant: 'Țurcanu Ștefan' },
  online: { number: '510002', applicant: 'Kovács Győző' },
  twice: { number: '510003', applicant: 'Rusu Elena' },
} satisfies Record<string, Line>;
type Name = keyof typeof lines;
const phone = '0264 596 030';
const thursday = (time: string): string => `2026-03-05T${time}:00.000Z`;

describe('Art. 8: hour, person and mode change in one step, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  const tickets = new Map<Name, Held>();
  const ticketId = (name: Name): string => tickets.get(name)?.ticketId ?? '';
  const official = (role: 'staff' | 'head', staffId: string) => (name: Name, act: string, body: object) =>
    hall.as(role, staffId)('POST', `/tickets/${ticketId(name)}/${act}`, { body });
  const head = official('head', 's001');
  const citizen = (name: Name, body: object) =>
    hall.call('POST', `/tickets/${ticketId(name)}/reschedule`, { token: tickets.get(name)?.manageToken ?? '', body });
  const types = async (name: Name): Promise<readonly string[]> =>
    (await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticketId(name)}/history`))).body.steps.map(({ type }) => type);
  const freeOf = async (): Promise<readonly string[]> => {
    const { bookingToken } = (await must(200, lookup(hall, { number: '510004', applicant: 'Lăcătuș Andrei' }))).body;
    const { body } = await must(200, hall.call('GET', '/slots?from=2026-03-05&to=2026-03-06', { token: bookingToken }));
    return body.slots.map(({ startsAt }) => startsAt);
  };
  const meetingsOf = async (staffId: string): Promise<readonly string[]> => {
    const { body } = await must(200, hall.as('head', 's001')('GET', `/calendar?from=2026-03-02&to=2026-03-13&staffId=${staffId}`));
    return body.meetings.map((meeting) => `${meeting.ticketId} ${meeting.startsAt}`);
  };

  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall(
      '2026-03-02T08:00:00.000Z',
      [...Object.values(lines), { number: '510004', applicant: 'Lăcătuș Andrei' }],
      post,
    );
    tickets.set('handed', await book(hall, lines.handed, { startsAt: thursday('08:00'), mode: 'phone', phone }));
    tickets.set('twice', await book(hall, lines.twice, { startsAt: thursday('09:00'), mode: 'phone', phone }));
    const wish = { startsAt: thursday('10:00'), mode: 'online', phone, email: 'gyozo@exemplu.ro' };
    tickets.set('online', await book(hall, lines.online, wish, post));
  });

  const friday = '2026-03-06T08:00:00.000Z';
  const all = { startsAt: friday, staffId: 's003', mode: 'in-person', reason: 'leave', reasonText: 'concediu' };

  it('A3: an official gives it to nobody else, and nobody does so without a reason in words', async () => {
    expect(await official('staff', 's002')('handed', 'reschedule', all)).toMatchObject({ status: 403 });
    const { reasonText: _, ...silent } = all;
    expect(await head('handed', 'reschedule', silent)).toMatchObject({ status: 400, body: { errors: [{ field: 'reasonText' }] } });
    expect(await head('handed', 'reschedule', { ...all, staffId: 's999' })).toMatchObject({ status: 404 });
  });

  it('Art. 8, A3, Art. 3 d: the head moves hour, person and mode in one step; the hour that was left is free at once', async () => {
    expect(await freeOf()).not.toContain(thursday('08:00'));
    const { body } = await must(200, head('handed', 'reschedule', all));
    expect(body).toMatchObject({ status: 'scheduled', mode: 'in-person', slot: { startsAt: friday }, meetWith: { name: 'Ana Țîrlea' } });
    expect((await types('handed')).filter((type) => ['Rescheduled', 'Reassigned', 'ModeChanged'].includes(type))).toEqual(['Rescheduled']);
    expect(await freeOf()).toContain(thursday('08:00'));
    expect(await meetingsOf('s003')).toContain(`${ticketId('handed')} ${friday}`);
    expect(await meetingsOf('s002')).not.toContain(`${ticketId('handed')} ${thursday('08:00')}`);
    expect(await hall.verdict(ticketId('handed'), 'C04')).toBe('pass');
  });

  it('A3: and back to whoever had it, at the same hour', async () => {
    await must(200, head('handed', 'reschedule', { startsAt: friday, staffId: 's002', reason: 'other', reasonText: 's-a întors' }));
    await must(200, head('handed', 'reassign', { staffId: 's003', reason: 'din nou' }));
    await must(200, head('handed', 'reassign', { staffId: 's002', reason: 'înapoi' }));
    expect((await types('handed')).filter((type) => type === 'Reassigned')).toHaveLength(3);
  });

  it('Art. 4 (A20): under 48 hours with the citizen’s agreement, how and when it was given', async () => {
    const soon = { startsAt: '2026-03-03T10:00:00.000Z', reason: 'illness' };
    expect(await head('twice', 'reschedule', soon)).toMatchObject({ status: 422, body: { code: 'too-soon' } });
    const agreed = { ...soon, citizenAgreed: true };
    expect(await head('twice', 'reschedule', agreed)).toMatchObject({ status: 400, body: { errors: [{ field: 'agreedAt' }] } });
    const half = { ...agreed, agreedAt: hall.service.now().toISOString() };
    expect(await head('twice', 'reschedule', half)).toMatchObject({ status: 400, body: { errors: [{ field: 'agreedBy' }] } });
    await must(200, head('twice', 'reschedule', { ...half, agreedBy: 'phone' }));
    expect(await hall.verdict(ticketId('twice'), 'C04')).toBe('pass');
  });

  it('Art. 3 d: the citizen changes the way they meet, at the same hour, and is written to with the new entry', async () => {
    const here = { startsAt: thursday('10:00') };
    expect(await citizen('online', { ...here, mode: 'phone', staffId: 's003' })).toMatchObject({ status: 400 });
    const { body } = await must(200, citizen('online', { ...here, mode: 'phone' }));
    expect(body).toMatchObject({ mode: 'phone', slot: { startsAt: thursday('10:00') } });
    await hall.happened(ticketId('online'), 'ModeChanged');
    const letter = await post.letter('gyozo@exemplu.ro', 3);
    expect(letter.text).toContain('Modul de dinainte');
    expect(entryIn(letter)).toMatchObject({ sequence: 1, startsAt: thursday('10:00'), method: 'REQUEST' });
    expect(await hall.verdict(ticketId('online'), 'C07')).toBe('pass');
  });

  it('Art. 5 (A14): a meeting by phone becomes one online only where the notice is accepted', async () => {
    const here = { startsAt: '2026-03-03T10:00:00.000Z', mode: 'online' };
    // gave no e-mail address
    expect(await citizen('twice', here)).toMatchObject({ status: 400, body: { errors: [{ field: 'mode' }] } });
    await must(200, citizen('online', { startsAt: '2026-03-09T10:00:00.000Z', mode: 'online' }));
    expect((await types('online')).filter((type) => type === 'Rescheduled')).toHaveLength(1);
    expect(await citizen('online', { startsAt: '2026-03-10T10:00:00.000Z' })).toMatchObject({
      status: 422,
      body: { code: 'reschedule-limit' },
    });
  });
});
