import { roles } from '../../../../src/application/kernel/access';
import { listPath, listQuery, questionOf, ticketsPerPage } from '../../../../src/infrastructure/web/audit/list-query';
import { askApi, openPages, shownFirst, textOf, type Pages } from './support';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});

const listed = (html: string): readonly string[] =>
  [...html.matchAll(/<th scope="row"[^>]*><a href="\/audit\/([\w-]+)"/g)].map(([, id = '']) => id);

describe('who may see the audit', () => {
  const paths = () => {
    const id = pages.ticketOf('resolved');
    return ['', '/verificari', '/lista.csv', '/lista-excel.csv', '/lista.xlsx', '/lista.json', `/${id}`, `/${id}/eveniment/1`].concat(
      ['istoric.json', 'istoric.csv', 'dosar.json', 'dosar.csv', 'evenimente.ndjson'].map((file) => `/${id}/${file}`),
    );
  };
  it.each(roles.filter((role) => role !== 'auditor' && role !== 'head'))('%s is refused every page and file', async (role) => {
    for (const path of paths()) expect([path, (await pages.get(`/audit${path}`, role)).status]).toEqual([path, 403]);
  });
  it('an auditor is shown every one, somebody unknown the way in', async () => {
    for (const path of paths()) {
      expect([path, (await pages.get(`/audit${path}`)).status]).toEqual([path, 200]);
      expect((await pages.get(`/audit${path}`, 'nobody')).headers['location']).toContain('/intra?spre=');
    }
  });
});

describe('the list', () => {
  it.each([
    ['', ''],
    ['?verdict=fail', '?verdict=fail'],
    ['?verdict=pending', '?verdict=pending'],
    ['?verdict=pass', '?verdict=pass'],
    ['?verdict=warn', '?verdict=warn'],
    ['?verdict=waived', '?verdict=waived'],
    ['?verdict=fail&verificare=C13', '?verdict=fail&check=C13'],
    ['?verdict=pass&verificare=C21', '?verdict=pass&check=C21'],
    ['?functionar=d05', '?staffId=d05'],
    ['?grad=observed', '?grade=observed'],
    ['?grad=declared', '?grade=declared'],
    ['?grad=confirmable', '?grade=confirmable'],
    ['?grad=declared&verificare=C13', '?grade=declared&check=C13'],
    ['?grad=observed&verificare=C21&verdict=pass', '?grade=observed&check=C21&verdict=pass'],
    ['?de-la=2026-03-05&pana-la=2026-03-10&functionar=d02', '?from=2026-03-05&to=2026-03-10&staffId=d02'],
  ])('%s shows the tickets that the API answers to %s', async (page, question) => {
    const { tickets } = await askApi(pages, `${question}${question === '' ? '?' : '&'}limit=${ticketsPerPage}`);
    expect(listed((await pages.get(`/audit${page}`)).text)).toEqual(tickets.map((row) => row.ticketId));
  });

  it('shows what is still owed about a ticket, by the two dates that the ticket’s own page shows (Art. 7)', async () => {
    const id = pages.ticketOf('overdue-resolution');
    const { tickets } = await askApi(pages, '?verdict=fail&limit=50');
    const owed = tickets.find(({ ticketId }) => ticketId === id)?.owed;
    const [ticket, list] = [(await pages.get(`/audit/${id}`)).text, (await pages.get('/audit?verdict=fail')).text];
    const resolved = await askApi(pages, '?verdict=pass&limit=50');

    expect(owed?.overdue).toBe(true);
    for (const text of [ticket, list]) expect(text).toContain(`datetime="${owed?.limitAt ?? ''}"`);
    expect(textOf({ text: list })).toContain('termen-limită');
    expect(resolved.tickets.map((row) => row.owed)).toContain(null);
  });

  it('counts by verdict what the API lists, of the period and the person', async () => {
    for (const [page, question] of [
      ['', '?'],
      ['?functionar=d05', '?staffId=d05&'],
      ['?de-la=2026-03-09', '?from=2026-03-09&'],
    ] as const) {
      const text = textOf(await pages.get(`/audit${page}`));
      for (const [verdict, word] of [
        ['fail', 'nerespectat'],
        ['pending', 'în așteptare'],
        ['pass', 'respectat'],
      ] as const) {
        const { tickets } = await askApi(pages, `${question}verdict=${verdict}`);
        expect(text).toMatch(new RegExp(` ${tickets.length} ${word}`));
      }
    }
  });

  it('says every verdict in words, beside its shape', async () => {
    const { text } = await pages.get('/audit?verdict=fail');
    for (const [tag] of text.matchAll(/<span class="tag verdict[\s\S]*?<\/span>/g)) expect(tag).toMatch(/<svg.*<\/svg>[^<]*\p{L}{3}/u);
    const shapes = new Set(
      [...text.matchAll(/<dl class="verdict-legend">[\s\S]*?<\/dl>/g)].flatMap(([legend]) =>
        [...legend.matchAll(/<svg[\s\S]*?<\/svg>/g)].map(String),
      ),
    );
    expect(shapes.size).toBe(6);
  });

  it('tells a period or person that is none, keeps what was typed, and narrows nothing', async () => {
    const answer = await pages.get('/audit?de-la=2026-02-30&functionar=%3Cb%3E');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('<title>Eroare: ');
    expect(answer.text).toContain('value="&lt;b>"');
    expect(answer.text).toMatch(/href="#de-la"[\s\S]*href="#functionar"/);
    expect((await pages.get('/audit?de-la=2026-03-10&pana-la=2026-03-05')).text).toContain('Ultima zi este înaintea primeia.');
    expect((await pages.get('/audit/lista.csv?de-la=2026-02-30')).status).toBe(400);
  });

  it.each([
    ['verdict', 'zzz'],
    ['grad', 'sigur'],
    ['verificare', 'C99'],
    ['mod', 'zz'],
    ['temei', 'x'],
  ])('tells a %s that there is not, at its field, in both languages, and gives no file of everything', async (field, word) => {
    for (const [language, sentence] of [
      ['ro', 'Alegeți din listă.'],
      ['en', 'Choose from the list.'],
    ] as const) {
      const { status, text } = await pages.get(`/audit?${field}=${word}`, 'auditor', language);
      expect([status, text.includes(`href="#${field}"`), text.includes(sentence)]).toEqual([422, true, true]);
    }
    for (const file of ['lista.csv', 'lista-excel.csv', 'lista.xlsx', 'lista.json'])
      expect([file, (await pages.get(`/audit/${file}?${field}=${word}`)).status]).toEqual([file, 400]);
  });

  it('opens a ticket by its number, however it is typed', async () => {
    const id = pages.ticketOf('resolved');
    const { facts } = await askApi(pages, `/${id}`);
    for (const typed of [facts.reference, ` ${facts.reference.toLowerCase()} `, facts.reference.replace('TA-', 'TA- '), id]) {
      expect((await pages.get(`/audit?tichet=${encodeURIComponent(typed)}`)).headers['location']).toBe(`/audit/${id}`);
    }
    const missing = await pages.get('/audit?tichet=TA-00000000');
    expect([missing.status, missing.text.includes('Nu există un tichet cu acest număr.')]).toEqual([422, true]);
  });

  it('goes on from where a page ended, with the filter kept, and leads back to the start', async () => {
    const whole = (await askApi(pages, '?staffId=d02')).tickets.map(({ ticketId }) => ticketId);
    const { next = '' } = await askApi(pages, '?staffId=d02&limit=2');
    const page = await pages.get(`/audit?functionar=d02&de-unde=${encodeURIComponent(next)}`);
    expect(listed(page.text)).toEqual(whole.slice(2));
    expect(page.text).toContain('<a href="/audit?functionar=d02">De la început</a>');
    const person = { typed: 'd02', staffId: 'd02', people: [], faults: [] };
    const asked = listQuery({ functionar: 'd02', verdict: 'fail', verificare: 'nimic' }, 'ro', { person });
    expect(questionOf(asked)).toEqual({ verdict: 'fail', staffId: 'd02', limit: 25 });
    expect(listPath(asked.fields, { cursor: 'a b&' })).toBe('/audit?verdict=fail&verificare=nimic&functionar=d02&de-unde=a+b%26');
  });

  it('refuses a page of another list as the API does', async () => {
    expect((await pages.get('/audit?de-unde=xx')).status).toBe(400);
  });
});

describe('how a verdict is known', () => {
  const online = (all: Pages): string => all.ticketOf('resolved');

  it('declared where nothing could observe it is said calmly, and is not among the first', async () => {
    const { tickets } = await askApi(pages, '?grade=declared&check=C13');
    expect(tickets.length).toBeGreaterThan(0);
    const first = shownFirst((await pages.get('/audit')).text);
    const newestFirst = (await askApi(pages, '?grade=confirmable')).tickets.toSorted((one, other) =>
      one.startsAt < other.startsAt ? 1 : -1,
    );
    expect(first).toEqual(newestFirst.map(({ ticketId }) => ticketId));
    const page = textOf(await pages.get(`/audit/${online(pages)}`));
    expect(page).not.toContain('confirmată de Webex');
    expect(page).toContain('Declarat: nimic din această instalare nu putea vedea fapta.');
  });

  it.each([
    ['ro', 'Respectată, observat', 'Respectată, declarat', /pe ce a declarat un om: C\d\d/],
    ['en', 'Kept, observed', 'Kept, declared', /on what a person has declared: C\d\d/],
  ] as const)('is said beside every verdict that was found kept, in %s', async (language, observed, declared, basis) => {
    const { text } = await pages.get(`/audit/${online(pages)}`, 'auditor', language);
    // the duties beside the checks have words of their own
    const checks = text.replace(/<section class="card" aria-labelledby="termene">[\s\S]*?<\/section>/, '');
    const kept = [...checks.matchAll(/<span class="tag verdict verdict-pass">[\s\S]*?<\/svg>([^<]*)/g)].map(([, words]) => words);
    expect(new Set(kept)).toEqual(new Set([observed, declared]));
    expect(textOf({ text })).toMatch(basis);
  });
});
