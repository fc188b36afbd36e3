import { book, type Held, type Line, openCityHall } from '../support/bookings';
import { eventually } from '../../support/eventually';
import { must, type CityHall } from '../support/city-hall';
import { createPostOffice, type PostOffice } from '../support/post-office';

const line: Line = { number: '510001', applicant: 'Țurcanu Ștefan' };
const email = 'stefan@exemplu.ro';

describe('a resolution with an error, over HTTP', () => {
  let hall: CityHall;
  let post: PostOffice;
  let ticket: Held;
  const act = (action: string, body: object, status = 200) =>
    must(status, hall.as('staff', 's002')('POST', `/tickets/${ticket.ticketId}/${action}`, { body }));

  beforeAll(async () => {
    post = await createPostOffice();
    hall = await openCityHall('2026-03-02T08:00:00.000Z', [line], post);
    ticket = await book(hall, line, { startsAt: '2026-03-05T08:00:00.000Z', mode: 'in-person', email }, post);
    // before the clock moves on: an invitation to a meeting that has begun is not sent
    await hall.happened(ticket.ticketId, 'InvitationSent');
    await hall.moveTo('2026-03-05T08:20:00.000Z');
    await act('held', { startedAt: '2026-03-05T08:00:00.000Z', endedAt: '2026-03-05T08:14:00.000Z' });
    await act('resolution', { conclusions: 'Suprafața este de 54 m².' });
    await hall.happened(ticket.ticketId, 'ResolutionSent');
    await hall.happened(ticket.ticketId, 'ResolutionFiled');
  });

  it('Art. 7: is put right by an erratum that is filed and sent like it; what was written is kept and told', async () => {
    await hall.moveTo('2026-03-06T07:00:00.000Z');
    await act('resolution', { conclusions: 'Suprafața este de 45 m².' }, 409);
    await act('resolution/amended', { form: 'erratum', conclusions: '45 m² în loc de 54 m².', reason: 'Cifre inversate.' });
    await hall.happened(ticket.ticketId, 'ResolutionSent', 2);
    await hall.happened(ticket.ticketId, 'ResolutionFiled', 2);
    const letter = await post.letter(email, 4);
    expect(letter.text).toContain('erata nr. 1');
    expect(letter.text).toContain('45 m² în loc de 54 m².');
    expect(letter.text).toContain('Suprafața este de 54 m².');
    expect(await hall.verdict(ticket.ticketId, 'C26')).toBe('pass');
    expect(await hall.verdict(ticket.ticketId, 'C16')).toBe('pass');
  });

  it('Art. 7 (A17): is judged by its own time, and so is its amendment', async () => {
    expect(await hall.verdict(ticket.ticketId, 'C26', '2026-03-05T12:00:00.000Z')).toBe('not-applicable');
    const { body } = await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticket.ticketId}`));
    expect(body).toMatchObject({ overall: 'pass', warnings: 0 });
  });

  it('Art. 7: the citizen objects to the erratum, which is a task; what is answered stands on the ticket', async () => {
    const objection = { correctionOf: 'resolution', objection: 'Era bine întâi.' };
    await must(200, hall.call('POST', `/tickets/${ticket.ticketId}/objection`, { token: ticket.manageToken, body: objection }));
    await hall.happened(ticket.ticketId, 'TaskRaised');
    const tasks = async () => (await must(200, hall.as('staff', 's002')('GET', '/tasks'))).body.tasks.map(({ kind }) => kind);
    await eventually('the task', async () => ((await tasks()).includes('correction-disputed') ? true : undefined));
    await act('objection/answered', { correctionOf: 'resolution', answer: 'Am verificat planul: sunt 45 m².' });
    await hall.happened(ticket.ticketId, 'TaskDone');
    await eventually('its end', async () => ((await tasks()).includes('correction-disputed') ? undefined : true));
    expect((await must(200, hall.as('auditor')('GET', `/audit/tickets/${ticket.ticketId}`))).body.overall).toBe('pass');
  });
});
