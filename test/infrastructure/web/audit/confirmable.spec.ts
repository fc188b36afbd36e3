import { emptyVideo } from '../../../support/automatic-meetings';
import { askApi, openPages, shownFirst, textOf } from './support';

it('what is declared where this installation could have observed it comes first, the newest ten, with who could have confirmed it', async () => {
  const withWebex = await openPages(undefined, { video: emptyVideo });
  const { tickets } = await askApi(withWebex, '?grade=confirmable&check=C13');
  expect(tickets.length).toBeGreaterThan(0);
  const { text } = await withWebex.get('/audit');
  const all = (await askApi(withWebex, '?grade=confirmable')).tickets.toSorted((one, other) => (one.startsAt < other.startsAt ? 1 : -1));
  expect(new Set(shownFirst(text))).toEqual(new Set(all.slice(0, 10).map(({ ticketId }) => ticketId)));
  expect(text.indexOf('id="declarate"')).toBeLessThan(text.indexOf('id="tichete"'));
  const [ticket] = tickets;
  const page = textOf(await withWebex.get(`/audit/${ticket?.ticketId ?? ''}`));
  expect(page).toMatch(/Declarate, deși se puteau observa \(\d+\)/);
  expect(page).toContain('Declarat, deși fapta putea fi confirmată de Webex.');
});
