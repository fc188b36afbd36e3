import { checkIds } from '../../../../src/domain/audit/judge';
import { ticketsPerPage } from '../../../../src/infrastructure/web/audit/list-query';
import { csvLines } from '../../../support/csv-lines';
import { askApi, now, openPages, textOf, type Pages, verdictsIn } from './support';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});

/** Before the week of the demonstration, in it, and after what comes of it if nothing more is done. */
const moments = [
  '2026-02-20T08:00:00.000Z',
  '2026-03-02T09:00:00.000Z',
  '2026-03-04T13:30:00.000Z',
  '2026-03-06T10:00:00.000Z',
  '2026-03-09T15:00:00.000Z',
  now,
  '2026-05-01T00:00:00.000Z',
];

type Verdicts = Readonly<Record<string, string | undefined>>;
/** The list of the API may leave the seal out, which only the log itself can tell. */
const butTheSeal = ({ C21: _, ...verdicts }: Verdicts): Verdicts => verdicts;

const csvRows = (text: string): readonly Verdicts[] => {
  const [head = '', ...lines] = csvLines(text);
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [columns[at] ?? '', cell])));
};

/** Of each ticket that there was, as it is answered alone. */
const oneByOne = async (asOf: string): Promise<readonly (readonly [string, Verdicts])[]> => {
  const found: (readonly [string, Verdicts])[] = [];
  const token = await pages.service.token('auditor');
  for (const { ticketId } of (await askApi(pages, `?asOf=${now}`)).tickets) {
    const { status } = await pages.service.call('GET', `/api/v1/audit/tickets/${ticketId}?asOf=${asOf}`, { token });
    if (status !== 404) found.push([ticketId, butTheSeal(verdictsIn(await askApi(pages, `/${ticketId}?asOf=${asOf}`)))]);
  }
  return found;
};

describe('Art. 9: the list as of a moment', () => {
  it.each(moments)('%s: the API, the file and the page say of each ticket what it is answered alone', async (asOf) => {
    const known = await oneByOne(asOf);
    const { tickets } = await askApi(pages, `?asOf=${asOf}`);
    expect(tickets.map(({ ticketId, verdicts }) => [ticketId, butTheSeal(verdicts)])).toEqual(known);
    expect(new Set(tickets.map((row) => row.asOf))).toEqual(new Set(tickets.length === 0 ? [] : [asOf]));
    const rows = csvRows((await pages.get(`/audit/lista.csv?la=${asOf}`)).text);
    const ofChecks = (row: Verdicts): Verdicts => butTheSeal(Object.fromEntries(checkIds.map((id) => [id, row[id]])));
    expect(rows.map((row) => [row['ticketId'], ofChecks(row)])).toEqual(known);
    const page = (await pages.get(`/audit?la=${asOf}`)).text;
    const deadlines = [...page.matchAll(/class="(deadline[^"]*)" datetime="([^"]+)"/g)];
    expect(deadlines.map(([, style, at = '']) => [at, style?.endsWith('passed')])).toEqual(
      deadlines.map(([, , at = '']) => [at, asOf > at]),
    );
    const listed = [...page.matchAll(/<th scope="row"[^>]*><a href="\/audit\/([\w-]+)\?la=([^"]+)"/g)];
    expect(listed.map(([, id, la]) => [id, decodeURIComponent(la ?? '')])).toEqual(
      known.slice(0, ticketsPerPage).map(([id]) => [id, asOf]),
    );
  });

  it('verdicts differ from one moment to the other, and a filter looks at those of then', async () => {
    const failing = async (asOf: string): Promise<number> => (await askApi(pages, `?verdict=fail&asOf=${asOf}`)).tickets.length;
    const [before, after] = [await failing('2026-03-04T13:30:00.000Z'), await failing('2026-05-01T00:00:00.000Z')];
    expect(before).toBeLessThan(after);
    const declared = (await oneByOne(now)).length;
    expect((await askApi(pages, `?grade=declared&asOf=${now}`)).tickets.length).toBeLessThan(declared);
  });

  it('the page says whose verdicts they are, counts nothing that it does not know, and refuses a moment that is none', async () => {
    const told = await pages.get('/audit?la=2026-03-04+15:30&functionar=d02');
    expect(textOf(told)).toContain('Verdictele așa cum se știau la 4 martie 2026, 15:30:59');
    expect(told.text).not.toContain('verdict-counts');
    expect(told.text).toContain('<a href="/audit?functionar=d02">Cum stă acum</a>');
    expect(told.text).toContain('/audit/lista.csv?functionar=d02&amp;la=2026-03-04+15%3A30');
    const faulty = await pages.get('/audit?la=ieri');
    expect([faulty.status, faulty.text.includes('href="#la"')]).toEqual([422, true]);
    expect((await pages.get('/audit/lista.csv?la=ieri')).status).toBe(400);
  });
});
