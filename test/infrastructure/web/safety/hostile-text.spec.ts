import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { csvOf } from '../../../../src/infrastructure/runtime/csv';
import { navigationOf } from '../../../../src/infrastructure/web/page/navigation';
import { roles } from '../../../../src/application/kernel/access';
import { formRoutesOf } from '../browser/support/routes';
import { startHostileCity, type HostileCity } from './support/hostile-city';
import { formula, hostileTexts, markup, turned } from './support/hostile-texts';
import { formsIn, isTyped, type PageForm } from './support/forms';
import { decoded, intrudersIn, readableIn } from './support/markup';
import { isPage, type Seen, walk } from './support/walk';
import { type Visitor, type VisitorName, visitorsOf } from './support/visitors';

let city: HostileCity;
let visitors: Readonly<Record<VisitorName, Visitor>>;
let pages: readonly Seen[];

const startsOf = (name: VisitorName): readonly string[] => {
  const role = roles.find((one) => one === name);
  if (role !== undefined) return navigationOf(role).map(({ href }) => href);
  if (name === 'holder') return city.references.map((reference) => `/tichet/${reference}`);
  return ['/', '/intra', '/programare', '/tichet'];
};

beforeAll(async () => {
  city = await startHostileCity();
  visitors = await visitorsOf(city.service, city.tickets);
  const walks: Seen[] = [];
  for (const name of Object.keys(visitors) as VisitorName[]) walks.push(...(await walk(visitors[name], startsOf(name))));
  pages = walks;
});

/** What the log keeps for whoever must account for it one day; no page shows it. */
const keptOnly: ReadonlySet<string> = new Set(['absence', 'why cancelled', 'why moved', 'why reassigned', 'why no recording', 'proof']);

const where = ({ by, url }: Seen): string => `${by} at ${url}`;
const faultsOf = (seen: readonly Seen[]): readonly string[] =>
  seen.flatMap((one) => intrudersIn(one.html).map((what) => `${where(one)}: ${what}`));

describe('hostile text in every field', () => {
  it('breaks no page that anybody is led to', () => {
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter(({ answer }) => answer.statusCode >= 500).map(where)).toEqual([]);
  });

  it('is nothing but text on every page', () => {
    expect(faultsOf(pages)).toEqual([]);
  });

  // What a renderer that escapes nothing, or only half of it, would have sent.
  it.each<[string, (html: string) => string]>([
    ['does not escape', decoded],
    ['forgets brackets', (html) => html.replaceAll('&lt;', '<')],
    ['forgets the quotes of attributes', (html) => html.replaceAll('&quot;', '"')],
    ['lets text be turned', (html) => html.replaceAll('gpj.exe', '\u202Egpj.exe')],
  ])('would be found out if the renderer %s', (_, broken) => {
    const form = renderToString(h('form', {}, h('input', { name: 'x', value: markup }), h('p', {}, turned)));
    expect(intrudersIn(form.replace(/[\u202A-\u202E]/g, ''))).toEqual([]);
    expect(intrudersIn(broken(form))).not.toEqual([]);
  });

  it('can be read by those whom it concerns, whole', () => {
    const read = pages.map(({ html }) => readableIn(html));
    const unread = city.sown.filter(
      ({ text, field }) => !keptOnly.has(field) && !read.some((one) => one.includes(text.replace(/[\u202A-\u202E]/g, ''))),
    );
    expect(unread.map(({ field }) => field)).toEqual([]);
  });

  it('is in no address, whoever is led where', () => {
    const marks = city.sown.map(({ text }) => /zq\d+z/.exec(text)?.[0] ?? '');
    const addresses = pages.map(({ url }) => decodeURIComponent(url.replaceAll('+', ' ')));
    expect(addresses.filter((address) => marks.some((mark) => address.includes(mark)))).toEqual([]);
  });

  it('goes into letters and their calendar entries as text', () => {
    const { letters } = city.service.ports.mailer;
    expect(letters.length).toBeGreaterThan(5);
    expect(letters.some(({ html }) => html.includes('zqx-mark'))).toBe(true);
    for (const { html, text, subject, calendar } of letters) {
      expect(html).not.toMatch(/<(script|zqx)/i);
      expect(`${html}${text}${subject}${calendar?.content ?? ''}`).not.toMatch(/[\u202A-\u202E]/);
      expect(subject).not.toMatch(/[\r\n]/);
      const lines = calendar?.content.split('\r\n') ?? [];
      expect(lines.filter((line) => !/^(BEGIN|END|[A-Z-]+[;:]| )/.test(line) && line !== '')).toEqual([]);
    }
  });

  it('opens nothing in a spreadsheet', async () => {
    const tables = [
      csvOf([{ what: formula }, { what: turned }, { what: '+40 740' }, { what: '@sum' }, { what: '\t=1' }]),
      ...pages.filter(({ answer }) => String(answer.headers['content-type']).startsWith('text/csv')).map(({ answer }) => answer.body),
    ];
    const reports = await city.service.call('GET', '/api/v1/reports/summary?from=2026-03-01&to=2026-03-31&by=department', {
      token: await city.service.token('reports'),
      headers: { accept: 'text/csv' },
    });
    expect(reports.text).toContain("'=HYPERLINK");
    const opened = /(^|[,\n\r\ufeff])"?[=+@\t]/;
    expect([...tables, reports.text].filter((table) => opened.test(table))).toEqual([]);
    expect(opened.test(`a,b\r\n"${formula.replaceAll('"', '""')}",1`)).toBe(true);
  });
});

describe('the same in every form', () => {
  const known = (form: PageForm): string =>
    `${form.method} ${form.action.replace(/[\da-f]{8}-[\da-f-]{27}|TA-\w{8}/g, ':')} ${form.fields.map(({ name }) => name).join()}`;

  /** Every kind of form once, with who saw it; leaving is not tried out. */
  const forms = (): readonly { readonly seen: Seen; readonly form: PageForm; readonly visitor: Visitor }[] => {
    const found = new Map<string, { readonly seen: Seen; readonly form: PageForm; readonly visitor: Visitor }>();
    for (const seen of pages) {
      for (const form of formsIn(seen.html)) {
        const key = known(form);
        if (form.action === '/intra/iesire' || found.has(key)) continue;
        found.set(key, { seen, form, visitor: visitors[seen.by as VisitorName] });
      }
    }
    return [...found.values()];
  };

  const send = async ({ form, seen, visitor }: ReturnType<typeof forms>[number], text: string, everywhere: boolean) => {
    const action = form.action === '' ? seen.url : form.action;
    const fields = Object.fromEntries(
      form.fields.map(({ name, kind, value }) => {
        const free = isTyped({ name, kind, value }) && (everywhere || ['text', 'textarea', 'search'].includes(kind));
        return [name, free ? text : value];
      }),
    );
    if (form.multipart) {
      const isFile = (name: string): boolean => form.fields.some((field) => field.name === name && field.kind === 'file');
      const texts = Object.entries(fields).filter(([name]) => !isFile(name));
      const files = form.fields.filter(({ kind }) => kind === 'file').map(({ name }) => [name, text] as const);
      return visitor.upload(action, Object.fromEntries(texts), Object.fromEntries(files));
    }
    return form.method === 'GET'
      ? visitor.get(`${action.split('?')[0] ?? ''}?${new URLSearchParams(fields).toString()}`)
      : visitor.post(action, fields);
  };

  it('files included', () => {
    const uploads = forms().filter(({ form }) => form.multipart && form.fields.some(({ kind }) => kind === 'file'));
    expect(uploads.length).toBeGreaterThan(0);
  });

  it('each of which leads to a route that takes forms', () => {
    const routes = formRoutesOf(city.service.app).map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`));
    const sent = forms().filter(({ form }) => form.method === 'POST');
    expect(sent.map(({ form }) => form.action.split('?')[0] ?? '').filter((path) => !routes.some((route) => route.test(path)))).toEqual([]);
  });

  it('is answered by a page, kept in its fields, and shown as text', async () => {
    const faults: string[] = [];
    for (const one of forms()) {
      for (const [what, text] of Object.entries(hostileTexts)) {
        for (const everywhere of [true, false]) {
          const answer = await send(one, text, everywhere);
          const here = `${one.seen.by}: ${known(one.form)} with ${what}: ${answer.statusCode}`;
          if (![200, 303, 400, 401, 403, 404, 409, 410, 413, 422, 429, 431].includes(answer.statusCode)) faults.push(here);
          if (/zqx|HYPERLINK|Bcc/.test(String(answer.headers.location)))
            faults.push(`${here}: leads to ${String(answer.headers.location)}`);
          if (isPage(answer)) faults.push(...intrudersIn(answer.body).map((intruder) => `${here}: ${intruder}`));
          const { location } = answer.headers;
          if (typeof location !== 'string' || !location.startsWith('/')) continue;
          const next = await one.visitor.get(location);
          if (next.statusCode >= 500) faults.push(`${here}: then ${next.statusCode}`);
          faults.push(...intrudersIn(isPage(next) ? next.body : '').map((intruder) => `${here}, then: ${intruder}`));
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('comes back in the fields of a form that is refused', async () => {
    const faults: string[] = [];
    const text = hostileTexts['everything'] ?? '';
    for (const one of forms().filter(({ form }) => form.method === 'POST')) {
      const answer = await send(one, text, true);
      if (answer.statusCode !== 422 && answer.statusCode !== 400) continue;
      const readable = readableIn(answer.body);
      const missing = one.form.fields.filter((field) => isTyped(field) && field.kind !== 'password');
      if (missing.length > 0 && !readable.includes(text.replace(/[\u202A-\u202E]/g, ''))) faults.push(`${one.seen.by}: ${known(one.form)}`);
    }
    expect(faults).toEqual([]);
  });
});
