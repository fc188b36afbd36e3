import { ask, book, type Line, lookup, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';
import { codeIn, createPostOffice, type PostOffice } from '../support/post-office';

const slow: Line = { number: '510001', applicant: 'Țurcanu Ștefan' };
const other: Line = { number: '510002', applicant: 'Lăcătuș Andrei' };
const email = 'stefan@exemplu.ro';
const startsAt = '2026-03-05T08:00:00.000Z';

describe('an hour that is held for a code that nobody enters, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  const offered = async (): Promise<readonly string[]> => {
    const { bookingToken } = (await must(200, lookup(hall, other))).body;
    const { body } = await must(200, hall.call('GET', '/slots?from=2026-03-05&to=2026-03-05', { token: bookingToken }));
    return body.slots.map((slot) => slot.startsAt);
  };

  beforeAll(async () => {
    post = await createPostOffice();
    // with the delay of A30, as everywhere
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [slow, other], post);
  });

  it('Art. 3 e (A9): is nobody else’s while it is held, free at once when the hold ends, and stays free when the lapse is noted', async () => {
    const { body } = await must(201, ask(hall, slow, { startsAt, mode: 'in-person', email }));
    const { ticketId, manageToken, heldUntil } = body;
    const code = codeIn(await post.letter(email, 1));
    expect(await ask(hall, other, { startsAt, mode: 'phone', phone: '0264 596 030' })).toMatchObject({
      status: 409,
      body: { code: 'slot-taken', article: '3 c' },
    });
    await hall.moveTo(new Date(Date.parse(heldUntil) - 60_000).toISOString());
    expect(await offered()).not.toContain(startsAt);
    await hall.moveTo(heldUntil);
    expect(await offered()).toContain(startsAt);
    await hall.happened(ticketId, 'Lapsed');
    expect(await offered()).toContain(startsAt);
    const late = await hall.call('POST', `/tickets/${ticketId}/verification`, { token: manageToken, body: { code } });
    expect(late.status).toBe(410);
    await book(hall, other, { startsAt, mode: 'phone', phone: '0264 596 030' });
  });

  it('Art. 3 e (A9, A24): the request is free again as well; the same citizen books another hour', async () => {
    const later = '2026-03-05T09:00:00.000Z';
    expect((await must(201, ask(hall, slow, { startsAt: later, mode: 'in-person', email }))).body.status).toBe('awaiting-code');
  });
});
