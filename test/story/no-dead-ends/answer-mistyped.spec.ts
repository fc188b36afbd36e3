import { book, importAll, lookup, type Line } from '../support/bookings';
import { createCityHall, must, type CityHall } from '../support/city-hall';

const line: Line = { number: '510002', applicant: 'Țurcanu Ștefan' };
const path = '/requests/510002/2026-02-02';

describe('an answer that was mistyped, over HTTP', () => {
  let hall: CityHall;
  const registry = (last: string, body: object, status = 200) => must(status, hall.as('registry')('POST', `${path}${last}`, { body }));
  const answer = { documentNumber: '90001', communicatedOn: '2026-02-03', channel: 'post' };
  const window = async () => (await must(200, hall.as('registry')('GET', '/eligibility?number=510002&filedOn=2026-02-02'))).body;

  beforeAll(async () => {
    hall = await createCityHall();
    await hall.moveTo('2026-03-16T08:00:00.000Z');
    await hall.service.start();
    await importAll(hall, [line]);
    await registry('/answers', answer, 201);
  });

  it('Art. 2 b: the 30 days follow the right day, and the citizen who was refused may come', async () => {
    expect(await window()).toMatchObject({ eligible: false, reason: 'window-expired', communicatedOn: '2026-02-03' });
    expect((await lookup(hall, line)).status).not.toBe(200);
    const right = { ...answer, communicatedOn: '2026-03-02' };
    await registry('/answers/corrected', { ofDocument: '90001', ...right, reason: 'Ziua a fost scrisă greșit.' });
    expect(await window()).toMatchObject({ eligible: true, communicatedOn: '2026-03-02', advertisedUntil: '2026-04-01' });
  });

  it('A26: a ticket that was booked stays lawful when the answer is withdrawn, and whoever meets the citizen is asked to look', async () => {
    const { ticketId } = await book(hall, line, { startsAt: '2026-03-19T08:00:00.000Z', mode: 'phone', phone: '0740 123 456' });
    await registry('/answers/withdrawn', { ofDocument: '90001', reason: 'Răspunsul era la altă cerere.' });
    await hall.happened(ticketId, 'TaskRaised');
    expect(await hall.verdict(ticketId, 'C02')).toBe('pass');
    expect(await hall.verdict(ticketId, 'C03')).toBe('pass');
    const { body } = await must(200, hall.as('staff', 's002')('GET', '/tasks'));
    expect(body.tasks.map(({ kind }) => kind)).toContain('request-changed');
    expect(await window()).toMatchObject({ communicatedOn: null, reason: 'active-ticket-exists' });
  });
});
