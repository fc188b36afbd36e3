import { book, type Held, type Line, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';
import { createPostOffice, type PostOffice } from '../support/post-office';

const late: Line = { number: '510001', applicant: 'Țurcanu Ștefan' };
const soon: Line = { number: '510002', applicant: 'Lăcătuș Andrei' };
const email = 'stefan@exemplu.ro';
const friday = '2026-03-06T08:00:00.000Z';
const tuesday = '2026-03-10T08:00:00.000Z';

describe('people are told, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  let ticket: Held;
  let sooner: Held;
  const asCitizen = (held: Held, action: string, body: object, status = 200) =>
    must(status, hall.call('POST', `/tickets/${held.ticketId}/${action}`, { token: held.manageToken, body }));

  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [late, soon], post);
    sooner = await book(hall, soon, { startsAt: friday, mode: 'phone', phone: '0740 123 456' });
    ticket = await book(hall, late, { startsAt: tuesday, mode: 'phone', email, phone: '0740 123 457', earlierHour: true }, post);
    await hall.happened(ticket.ticketId, 'EarlierHourWanted');
    await hall.happened(ticket.ticketId, 'InvitationSent');
  });

  it('A19, A30: an hour that another citizen gives up is offered once its delay is over, and taken by the usual move', async () => {
    await asCitizen(sooner, 'cancel', {});
    await hall.moveTo('2026-03-02T08:45:00.000Z');
    await hall.happened(ticket.ticketId, 'EarlierHourOffered');
    const letter = await post.letter(email, 3);
    expect(letter.subject).toContain('s-a eliberat o oră mai devreme');
    expect(letter.text).toContain('vineri, 6 martie 2026, 10:00–10:15');
    expect(letter.text).toContain('marți, 10 martie 2026, 10:00–10:15');
    expect(letter.text).toContain(`/tichet/${ticket.reference}`);
    const { body } = await asCitizen(ticket, 'reschedule', { startsAt: friday });
    expect(body.slot.startsAt).toBe(friday);
    await post.letter(email, 4);
    // whoever has moved wants no other, and has said so by that
    await asCitizen(ticket, 'earlier-hour', { wanted: true });
    await asCitizen(ticket, 'earlier-hour', { wanted: false });
    await hall.happened(ticket.ticketId, 'EarlierHourNoLongerWanted');
  });

  it('Art. 8: the hour that was left is not reminded of; the new one is, a day and two hours before', async () => {
    await hall.moveTo('2026-03-05T08:00:00.000Z');
    const first = await post.letter(email, 5);
    expect(first.subject).toContain('vă reamintim întâlnirea, vineri, 6 martie 2026, 10:00–10:15');
    await hall.happened(ticket.ticketId, 'ReminderSent');
    await hall.moveTo('2026-03-06T06:00:00.000Z');
    const second = await post.letter(email, 6);
    expect(second.messageId).not.toBe(first.messageId);
    await hall.happened(ticket.ticketId, 'ReminderSent', 2);
    await hall.moveTo(tuesday);
    expect(post.to(email).filter(({ subject }) => subject?.includes('vă reamintim'))).toHaveLength(2);
  });
});
