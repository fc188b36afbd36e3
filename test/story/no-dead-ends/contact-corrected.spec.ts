import { ask, book, type Held, type Line, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';
import { codeIn, createPostOffice, type PostOffice } from '../support/post-office';

const line: Line = { number: '510001', applicant: 'Țurcanu Ștefan' };
const other: Line = { number: '510002', applicant: 'Lăcătuș Andrei' };
const third: Line = { number: '510003', applicant: 'Rusu Delia', handler: 's003' };
const [oldAddress, newAddress] = ['stefan@vechi.ro', 'stefan@nou.ro'];
const tuesday = '2026-03-10T08:00:00.000Z';
const wednesday = '2026-03-11T08:00:00.000Z';
const thursday = '2026-03-12T08:00:00.000Z';

describe('another e-mail address or phone number for a ticket that stands, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  let ticket: Held;
  const act = (held: Held, action: string, body: object, status = 200) =>
    must(status, hall.call('POST', `/tickets/${held.ticketId}/${action}`, { token: held.manageToken, body }));
  const subjects = (address: string) => post.to(address).map(({ subject }) => subject);

  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [line, other, third], post);
    ticket = await book(hall, line, { startsAt: tuesday, mode: 'phone', email: oldAddress, phone: '0740 123 457' }, post);
    await post.letter(oldAddress, 2);
    await hall.happened(ticket.ticketId, 'InvitationSent');
  });
  it('Art. 3 e: until the code is entered that goes to the new address, letters go to the old one', async () => {
    const { body } = await act(ticket, 'contact', { email: newAddress });
    expect(body).toMatchObject({ awaitedAddress: { until: expect.stringMatching(/^2026-03-02T08:1/u) as string }, status: 'scheduled' });
    await post.letter(newAddress, 1);
    await act(ticket, 'contact/verification', { code: '000000' }, 422);
    await hall.moveTo('2026-03-02T08:05:00.000Z');
    await act(ticket, 'reschedule', { startsAt: wednesday });
    expect((await post.letter(oldAddress, 3)).text).toContain('miercuri, 11 martie 2026');
    expect(subjects(newAddress)).toHaveLength(1);
  });

  it('Art. 3 e, 5 (GDPR 16): once it is entered, the calendar entry comes to the new address and one word to the old, which does not name the new', async () => {
    const code = codeIn(await post.letter(newAddress, 1));
    await act(ticket, 'contact/verification', { code });
    const told = await post.letter(oldAddress, 4);
    expect(told.subject).toContain('adresa de e-mail a fost schimbată');
    expect(JSON.stringify([told.text, told.html, told.subject])).not.toContain('nou.ro');
    const invitation = await post.letter(newAddress, 2);
    expect(invitation.text).toContain('miercuri, 11 martie 2026, 10:00–10:15');
    expect(invitation.attachments.map(({ contentType }) => contentType)).toContain('text/calendar');
    // entered once more it changes nothing
    await act(ticket, 'contact/verification', { code }, 409);
  });

  it('Art. 8: a phone number holds at once, and changes, reminders and the resolution go to the new address', async () => {
    await act(ticket, 'contact', { phone: '0745 999 111' });
    const { body: card } = await must(200, hall.as('staff', 's002')('GET', `/tickets/${ticket.ticketId}`));
    expect(card).toMatchObject({ applicant: { email: newAddress, phone: '0745 999 111' } });
    const staff = hall.as('staff', 's002');
    const agreement = { citizenAgreed: true, agreedBy: 'phone', agreedAt: '2026-03-02T08:05:00.000Z' };
    const moved = { startsAt: thursday, reason: 'illness', ...agreement };
    await must(200, staff('POST', `/tickets/${ticket.ticketId}/reschedule`, { body: moved }));
    await post.letter(newAddress, 3);
    await hall.moveTo('2026-03-11T08:00:00.000Z');
    expect((await post.letter(newAddress, 4)).subject).toContain('vă reamintim');
    await hall.moveTo('2026-03-12T08:00:30.000Z');
    const byStaff = (action: string, body: object) => must(200, staff('POST', `/tickets/${ticket.ticketId}/${action}`, { body }));
    await byStaff('start', {});
    await hall.moveTo('2026-03-12T08:16:00.000Z');
    await byStaff('held', { startedAt: '2026-03-12T08:00:30.000Z', endedAt: '2026-03-12T08:14:00.000Z' });
    await byStaff('resolution', { conclusions: 'Certificatul se eliberează.' });
    await hall.happened(ticket.ticketId, 'ResolutionSent');
    expect(post.to(newAddress).at(-1)?.text).toContain('Certificatul se eliberează.');
    expect(subjects(oldAddress)).toHaveLength(4);
    for (const check of ['C05', 'C06', 'C17', 'C24']) expect([check, await hall.verdict(ticket.ticketId, check)]).toEqual([check, 'pass']);
  });

  it('Art. 3 c (A24): the hour is held under the new address: a second meeting at it is refused there, and not under the old one', async () => {
    await hall.moveTo('2026-03-13T08:00:00.000Z');
    const friday = '2026-03-20T08:00:00.000Z';
    const first = await book(hall, other, { startsAt: friday, mode: 'in-person', email: 'andrei@vechi.ro' }, post);
    // what has not left yet goes to the new address
    await post.letter('andrei@vechi.ro', 2);
    await hall.happened(first.ticketId, 'InvitationSent');
    await act(first, 'contact', { email: 'andrei@nou.ro' });
    await act(first, 'contact/verification', { code: codeIn(await post.letter('andrei@nou.ro', 1)) });
    // the calendar entry and the word to the old address come before the next codes are counted
    await Promise.all([post.letter('andrei@nou.ro', 2), post.letter('andrei@vechi.ro', 3)]);
    const { body: asked } = await must(201, ask(hall, third, { startsAt: friday, mode: 'in-person', email: 'andrei@nou.ro' }));
    const second = asked as unknown as Held;
    const code = codeIn(await post.letter('andrei@nou.ro', 3));
    const { body } = await act(second, 'verification', { code }, 409);
    expect(body).toMatchObject({ code: 'same-hour', article: '3 c' });
    const { body: freed } = await must(201, ask(hall, third, { startsAt: friday, mode: 'in-person', email: 'andrei@vechi.ro' }));
    const again = freed as unknown as Held;
    await act(again, 'verification', { code: codeIn(await post.letter('andrei@vechi.ro', 4)) });
    // nor does the correction lead where it may not be booked
    await hall.moveTo('2026-03-13T08:05:00.000Z');
    await act(again, 'contact', { email: 'andrei@nou.ro' });
    const next = await post.letter('andrei@nou.ro', 4);
    expect((await act(again, 'contact/verification', { code: codeIn(next) }, 409)).body).toMatchObject({ code: 'same-hour' });
  });
});

describe('the same at the counter, for somebody without an address', () => {
  let hall: CityHall;
  let post: PostOffice;
  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [line], post);
  });
  it('Art. 3 e, 8 (GDPR 16): the clerk says what was shown; the address given later gets entry, reminders and resolution', async () => {
    const ticket = await book(hall, line, { startsAt: tuesday, mode: 'in-person', phone: '0740 123 457' });
    const path = `/tickets/${ticket.ticketId}/contact`;
    const clerk = hall.as('registry');
    const said = { email: newAddress, channel: 'counter' };
    expect((await must(400, clerk('POST', path, { body: said }))).body).toMatchObject({ errors: [{ field: 'shown' }] });
    expect((await must(400, clerk('POST', path, { body: { email: newAddress, shown: 'CI' } }))).body).toMatchObject({
      errors: [{ field: 'channel' }],
    });
    await must(200, clerk('POST', path, { body: { ...said, shown: 'carte de identitate' } }));
    const code = codeIn(await post.letter(newAddress, 1));
    await must(200, clerk('POST', `${path}/verification`, { body: { code } }));
    const { body } = await must(200, clerk('GET', `/tickets/${ticket.ticketId}`));
    expect(body).toMatchObject({ applicant: { email: newAddress } });
    expect((await post.letter(newAddress, 2)).subject).toContain('TA-');
    await hall.moveTo('2026-03-09T08:00:00.000Z');
    expect((await post.letter(newAddress, 3)).subject).toContain('vă reamintim');
    const staff = (action: string, sent: object) =>
      must(200, hall.as('staff', 's002')('POST', `/tickets/${ticket.ticketId}/${action}`, { body: sent }));
    await hall.moveTo('2026-03-10T08:00:30.000Z');
    await staff('start', {});
    await hall.moveTo('2026-03-10T08:16:00.000Z');
    await staff('held', { startedAt: '2026-03-10T08:00:30.000Z', endedAt: '2026-03-10T08:14:00.000Z' });
    await staff('resolution', { conclusions: 'Certificatul se eliberează.' });
    await hall.happened(ticket.ticketId, 'ResolutionSent');
    expect(post.to(newAddress).some(({ text = '' }) => text.includes('Certificatul se eliberează.'))).toBe(true);
    for (const check of ['C05', 'C06', 'C17']) expect([check, await hall.verdict(ticket.ticketId, check)]).toEqual([check, 'pass']);
  });
});
