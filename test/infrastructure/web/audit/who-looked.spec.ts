import { referenceOf } from '../../../../src/domain/ticket/ticket';
import { bookingToken, inPerson, startSeeded } from '../../../http/support/service';
import { browse, type Browsing, textOf } from '../registry/support/browsing';

const path = '/audit/citiri';

let auditor: Browsing;
let ticketId = '';
let reference = '';

/** A head has looked at one ticket 30 times, whoever handles it once. */
beforeAll(async () => {
  const service = await startSeeded();
  const { body } = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  ticketId = body.ticketId;
  reference = referenceOf(ticketId);
  await service.settled();
  const look = async (role: 'head' | 'staff', staffId: string) =>
    service.call('GET', `/api/v1/tickets/${ticketId}`, { token: await service.token(role, staffId) });
  for (let time = 0; time < 30; time += 1) await look('head', 's001');
  await look('staff', 's002');
  await service.settled();
  auditor = await browse(service, 'auditor');
});

const page = async (query: string) => {
  const { statusCode, body } = await auditor.get(`${path}${query}`);
  const people = [...body.matchAll(/<td role="cell"><bdi>([^<]+)<\/bdi>/g)].map(([, person = '']) => person);
  const [next = ''] = [...body.matchAll(/href="([^"]*de-unde=[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  const faulty = [...new Set([...body.matchAll(/href="#([a-z-]+)"/g)].map(([, field = '']) => field))];
  return { statusCode, people, next, faulty, text: textOf(body) };
};

it.each(['reference', 'small letters', 'id'])('a ticket is found by its %s, and its readers page by page, each once', async (how) => {
  const named = { reference, 'small letters': reference.toLowerCase(), id: ticketId }[how] ?? '';
  const first = await page(`?tichet=${named}`);
  expect([first.statusCode, first.people.length]).toEqual([200, 25]);
  const second = await page(first.next.replace(path, ''));
  expect(second.next).toBe('');
  expect([...first.people, ...second.people].toSorted()).toEqual([...Array.from({ length: 30 }, () => 's001'), 's002']);
});

it('a person is shown what they were shown, unless a ticket is named, too', async () => {
  expect((await page('?persoana=s002')).people).toEqual(['s002']);
  expect((await page('?persoana=s003')).text).toContain('Nicio citire găsită aici.');
  expect((await page(`?persoana=s002&tichet=${reference}`)).people).toContain('s001');
});

it('of other days nothing is shown', async () => {
  expect((await page('?persoana=s002&de-la=2026-03-02&pana-la=2026-03-02')).people).toEqual(['s002']);
  expect((await page('?persoana=s002&pana-la=2026-03-01')).people).toEqual([]);
});

it.each([
  ['?tichet=TA-00000000', 'tichet'],
  ['?tichet=altceva', 'tichet'],
  ['?persoana=%3C', 'persoana'],
  ['?persoana=s001&de-la=2027-02-30', 'de-la'],
  ['?persoana=s001&de-la=2026-03-02&pana-la=2026-03-01', 'pana-la'],
])('%s is told what is wrong, and shown nobody', async (query, field) => {
  const { statusCode, faulty, people } = await page(query);
  expect([statusCode, faulty.includes(field), people]).toEqual([422, true, []]);
});
