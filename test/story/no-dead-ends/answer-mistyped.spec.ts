import { book, csv, type Line, lookup, openCityHall } from '../support/bookings';
import { must, type CityHall } from '../support/city-hall';

const line: Line = { number: '510002', applicant: 'Țurcanu Ștefan' };
const path = '/requests/510002/2026-02-02';

describe('an answer that was mistyped, over HTTP', () => {
  let hall: CityHall;
  const registry = (last: string, body: object, status = 200) => must(status, hall.as('registry')('POST', `${path}${last}`, { body }));
  const answer = { documentNumber: '90001', communicatedOn: '2026-02-03', channel: 'post' };
  const window = async () => (await must(200, hall.as('registry')('GET', '/eligibility?number=510002&filedOn=2026-02-02'))).body;

  beforeAll(async () => {
    hall = await openCityHall('2026-03-16T08:00:00.000Z', [line]);
    await registry('/answers', answer, 201);
  });

  it('Art. 2 b: the 30 days follow the right day, and the citizen who was refused may come', async () => {
    expect(await window()).toMatchObject({ eligible: false, reason: 'window-expired', communicatedOn: '2026-02-03' });
    expect((await lookup(hall, line)).status).not.toBe(200);
    const right = { ...answer, communicatedOn: '2026-03-02' };
    await registry('/answers/corrected', { ofDocument: '90001', ...right, reason: 'Ziua a fost scrisă greșit.' });
    expect(await window()).toMatchObject({ eligible: true, communicatedOn: '2026-03-02', advertisedUntil: '2026-04-01' });
  });

  it('Art. 2 b (A25): the register’s file corrects an answer and takes one back, with why; the same file again changes nothing', async () => {
    const header =
      'number,departmentCode,filedOn,applicantName,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel,answerMistake,answerOfDocument,answerReason';
    const bringIn = async (status: string, ...cells: readonly string[]) => {
      const text = [header, ['510003', '425', '2026-02-02', 'Rusu Delia', status, 's002', ...cells].join(',')].join('\r\n');
      return (await must(200, hall.as('registry')('POST', '/requests/import', { file: csv(text) }))).body;
    };
    const ofRequest = async () => (await must(200, hall.as('registry')('GET', '/eligibility?number=510003&filedOn=2026-02-02'))).body;
    expect(await bringIn('answered', '90010', '2026-02-03', 'post', '', '', '')).toMatchObject({ imported: 1, faults: [] });
    expect(await ofRequest()).toMatchObject({ reason: 'window-expired' });
    const right = ['90011', '2026-03-02', 'post', 'corrected', '90010', 'Numărul și ziua erau greșite'];
    for (let times = 0; times < 2; times += 1) {
      expect(await bringIn('answered', ...right)).toMatchObject({ imported: 1, faults: [] });
      expect(await ofRequest()).toMatchObject({ eligible: true, communicatedOn: '2026-03-02' });
    }
    expect(await bringIn('answered', '90011', '2026-03-02', 'post', 'corrected', '', '')).toMatchObject({
      faults: [{ line: 2, field: 'answerReason' }],
    });
    expect(await bringIn('answered', '90011', '2026-03-02', 'post', '', '90010', '')).toMatchObject({
      faults: [{ line: 2, field: 'answerMistake' }],
    });
    for (let times = 0; times < 2; times += 1) {
      const gone = ['90011', '2026-03-02', 'post', 'withdrawn', '', 'Era al altei cereri'];
      expect(await bringIn('in-operation', ...gone)).toMatchObject({ imported: 1, faults: [] });
      expect(await ofRequest()).toMatchObject({ eligible: true, communicatedOn: null, ground: 'in-operation' });
    }
  });

  it('A26, Art. 2 b: a ticket stays lawful when the answer is withdrawn; the citizen objects, and whoever meets them looks and answers', async () => {
    const { ticketId, manageToken } = await book(hall, line, {
      startsAt: '2026-03-19T08:00:00.000Z',
      mode: 'phone',
      phone: '0740 123 456',
    });
    await registry('/answers/withdrawn', { ofDocument: '90001', reason: 'Răspunsul era la altă cerere.' });
    await hall.happened(ticketId, 'TaskRaised');
    expect(await hall.verdict(ticketId, 'C02')).toBe('pass');
    expect(await hall.verdict(ticketId, 'C03')).toBe('pass');
    const { body } = await must(200, hall.as('staff', 's002')('GET', '/tasks'));
    expect(body.tasks.map(({ kind }) => kind)).toContain('request-changed');
    expect(await window()).toMatchObject({ communicatedOn: null, reason: 'active-ticket-exists' });
    const citizen = (body: object, status = 200) =>
      must(status, hall.call('POST', `/tickets/${ticketId}/objection`, { token: manageToken, body }));
    const objection = { correctionOf: 'answer', objection: 'Răspunsul l-am primit, și era al meu.' };
    await citizen({ ...objection, correctionOf: 'resolution' }, 409);
    await citizen(objection);
    await citizen(objection);
    await hall.happened(ticketId, 'CorrectionDisputed');
    await hall.happened(ticketId, 'TaskRaised', 2);
    const tasks = async () => (await must(200, hall.as('staff', 's002')('GET', '/tasks'))).body.tasks.map(({ kind }) => kind);
    expect(await tasks()).toContain('correction-disputed');
    const answered = { correctionOf: 'answer', answer: 'Am căutat în registru: răspunsul este al altei cereri.' };
    await must(200, hall.as('staff', 's002')('POST', `/tickets/${ticketId}/objection/answered`, { body: answered }));
    await hall.happened(ticketId, 'ObjectionAnswered');
    await hall.happened(ticketId, 'TaskDone');
    expect(await tasks()).not.toContain('correction-disputed');
    // another correction may be objected to anew
    await registry('/answers', { ...answer, documentNumber: '90002', communicatedOn: '2026-03-16' }, 201);
    await hall.moveTo('2026-03-16T09:00:00.000Z');
    await registry('/answers/withdrawn', { ofDocument: '90002', reason: 'Tot al altei cereri.' });
    await citizen({ ...objection, objection: 'Și acesta era al meu.' });
    await hall.happened(ticketId, 'CorrectionDisputed', 2);
  });
});
