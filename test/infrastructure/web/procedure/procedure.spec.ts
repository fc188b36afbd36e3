import { policiesWith } from '../../../../src/domain/policies';
import { annexIds, orderIds } from '../../../../src/infrastructure/phrasing/procedure/articles';
import { sentences } from '../../../../src/infrastructure/phrasing/sentences';
import { readingsOf } from '../../../../src/infrastructure/web/procedure/procedure.controller';
import { startService, type Service } from '../../../http/support/service';
import { read, rows, section } from '../../../docs/markdown';
import { textOfElement, textsOf } from '../schedule/support/markup';

const documented = read('docs/procedure.md');

/** The act as docs/procedure.md has it, line by line, without the marks of Markdown and the note of whoever cleaned the source. */
const act = (() => {
  const start = documented.indexOf('## Dispoziția');
  const end = documented.indexOf('\n## Our readings');
  return documented
    .slice(start, end)
    .split('\n')
    .map((line) => line.replace(/^#+ /, '').replaceAll('**', '').trim())
    .filter((line) => line !== '' && line !== '---' && !line.startsWith('>'));
})();

let service: Service;
const page = async (path: string, headers: Record<string, string> = {}): Promise<string> => {
  const answer = await service.app.inject({ url: path, headers });
  expect(answer.statusCode).toBe(200);
  return answer.body;
};
beforeAll(async () => {
  service = await startService();
});

describe('the page of the procedure', () => {
  it('Order, Art. 3: publishes the act of docs/procedure.md, complete, in order and word for word', async () => {
    const shown = textsOf(await page('/procedura'), 'act-text');
    // an article's label is a heading on the page, and the beginning of its paragraph in the document
    expect(shown.join(' ').replace(/\s+/g, ' ')).toBe(act.join(' ').replace(/\s+/g, ' '));
    expect(act.length).toBeGreaterThan(35);
  });

  it('gives the note of whoever cleaned the source too', async () => {
    const note = documented
      .split('\n')
      .filter((line) => line.startsWith('> '))
      .map((line) => line.slice(2).replaceAll('`', ''))
      .join(' ');
    expect(textOfElement(await page('/procedura'), 'despre')).toBe(`Despre acest text ${note}`);
  });

  it('has an anchor for every article of the Order and the Annex, where their own text stands', async () => {
    const html = await page('/procedura');
    for (const [index, id] of orderIds.entries()) expect(textOfElement(html, `art-${id}`)).toMatch(new RegExp(`^Art\\. ${index + 1}\\. `));
    for (const id of annexIds) expect(textOfElement(html, `art-${id}`)).toMatch(new RegExp(`^Art\\. ${id} `));
    expect(html.match(/id="art-3-[a-e]"/g)).toEqual(['a', 'b', 'c', 'd', 'e'].map((letter) => `id="art-3-${letter}"`));
    expect(html.match(/id="art-2-[a-e]"/g)).toHaveLength(2);
  });

  it('leads from every article to where it happens, and to nothing that is not there', async () => {
    const html = await page('/procedura');
    for (const id of [...orderIds, ...annexIds]) {
      const from = html.indexOf(`id="art-${id}"`);
      const places = html.slice(html.indexOf('class="places"', from), html.indexOf('</section>', from));
      expect(places).toMatch(/<a href="[/#]/);
    }
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
  });

  it('for the reader of English has the Romanian text as it is, and beside each article a translation that says that it is one', async () => {
    const html = await page('/procedura', { 'accept-language': 'en' });
    expect(textsOf(html, 'act-text').join(' ').replace(/\s+/g, ' ')).toBe(act.join(' '));
    for (const id of [...orderIds, ...annexIds]) {
      const article = textOfElement(html, `art-${id}`);
      expect(article).toContain(`Working translation; the Romanian text governs. ${sentences.en.act.articles[id].texts.join(' ')}`);
    }
    expect(html).toMatch(/<div lang="ro" class="act-text">/);
  });

  it('shows no translation to the reader of Romanian', async () => {
    expect(await page('/procedura')).not.toContain('class="translation"');
  });
});

describe('the page of our readings', () => {
  const told = rows(section(documented, '## Our readings'));

  it.each([
    ['Romanian', 'ro'],
    ['English', 'en'],
  ] as const)('in %s has every reading of docs/procedure.md, once', (_, locale) => {
    const ids = readingsOf(policiesWith(), locale).flatMap((group) => group.readings.map(({ id }) => id));
    expect([...ids].sort()).toEqual(told.map(([id]) => id).sort());
  });

  it('says the values in force, not those that an installation has changed', async () => {
    const of = (group: ReturnType<typeof readingsOf>, id: string) =>
      group.flatMap(({ readings }) => readings).find((reading) => reading.id === id)?.text;
    const changed = policiesWith({
      'lead-time': { value: { hours: 72 }, version: 2 },
      'clarification-window': { value: 'strict-30', version: 2 },
      'slot-release-delay': { value: null, version: 2 },
      'booking-horizon': { value: { days: 21 }, version: 2 },
    });
    expect(of(readingsOf(policiesWith(), 'ro'), 'A7')).toContain('48 de ore');
    expect(of(readingsOf(changed, 'ro'), 'A7')).toContain('72 de ore');
    expect(of(readingsOf(changed, 'ro'), 'A5')).toContain('fie lucrătoare sau nu');
    expect(of(readingsOf(changed, 'ro'), 'A16')).toContain('21 de zile');
    expect(of(readingsOf(changed, 'ro'), 'A30')).toBe('O oră anulată este liberă imediat.');
    expect(await page('/procedura/citiri')).toContain('id="A30"');
  });
});
