import type { Page } from 'playwright-core';
import { toHours } from '../states/booking-ways';
import { enterAs, type Viewer } from '../states/state';
import { demonstrated } from './support/browser';

const here = demonstrated();

const horia: Viewer = { role: 'staff', staffId: 'd02' };
type Way = (page: Page) => Promise<unknown>;
const at =
  (path: string): Way =>
  (page) =>
    page.goto(path);
const pages: readonly (readonly [string, Viewer, Way])[] = [
  ['the first page', 'citizen', at('/')],
  ['the request', 'citizen', at('/programare/cerere')],
  ['the hours', 'citizen', (page) => toHours(page, here.demonstration)],
  ['the procedure', 'citizen', at('/procedura')],
  ['the week', horia, at('/programari?data=2027-03-10')],
  ['the tasks', horia, at('/sarcini')],
  ['the audit', { role: 'auditor' }, at('/audit')],
  ['the figures', { role: 'reports' }, at('/rapoarte?from=2027-02-01&to=2027-03-10')],
];

const visit = async (viewer: Viewer, way: Way): Promise<{ readonly page: Page; readonly close: () => Promise<void> }> => {
  const { page, context } = await here.newPerson();
  await enterAs(page, viewer);
  await way(page);
  await page.waitForLoadState();
  // a problem page would pass what is asked of every page
  expect(await page.evaluate(`performance.getEntriesByType('navigation')[0].responseStatus`)).toBe(200);
  return { page, close: () => context.close() };
};

describe('the header', () => {
  it.each(['ro', 'en'])('stands on one row from 1280 pixels up, with four links, name and department (%s)', async (language) => {
    const { page, close } = await visit(horia, (one) => one.goto(`/limba/${language}?spre=/sarcini`));
    const middles = await page.locator('.bar > *').evaluateAll((parts) =>
      parts.map((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return Math.round((top + bottom) / 2);
      }),
    );
    expect(middles).toHaveLength(3);
    expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(1);
    await close();
  });

  it('draws no line before the name of the City Hall where that begins a row', async () => {
    const { page, close } = await visit('citizen', at('/'));
    const line = () => page.locator('.city').evaluate((city) => getComputedStyle(city).borderInlineStartWidth);
    expect(await line()).toBe('1px');
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await line()).toBe('0px');
    await close();
  });
});

type Stop = { readonly name: string; readonly order: number; readonly seen: boolean; readonly marked: boolean };
/** What has the focus: its place in the document, whether it can be seen, and whether anything marks it. */
const focused = `(() => {
  const one = document.activeElement;
  const all = [...document.querySelectorAll('*')];
  const box = one.getBoundingClientRect();
  // a radio that is drawn by its label has the mark there
  const marks = [one, one.nextElementSibling, one.closest('label'), one.parentElement].filter((part) => part !== null);
  const marked = marks.some((part) => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  return { name: one.outerHTML.slice(0, 80), order: all.indexOf(one), seen: box.right > 0 && box.bottom > 0, marked };
})()`;
const mostStops = 400;
const stopsOf = async (page: Page): Promise<readonly Stop[]> => {
  const stops: Stop[] = [];
  for (let tabs = 0; tabs < mostStops; tabs += 1) {
    await page.keyboard.press('Tab');
    const stop: Stop = await page.evaluate(focused);
    const last = stops.at(-1);
    // the parts of a date are one field, whose small calendar the browser marks in its own way
    if (last?.order === stop.order) continue;
    if (stop.name.startsWith('<body') || stop.order === stops[0]?.order) return stops;
    stops.push(stop);
  }
  throw new Error(`The Tab key does not leave ${page.url()}.`);
};

describe('whoever goes by keyboard', () => {
  it.each(pages)('finds the way on %s: first past the menu, then in reading order, and always sees where', async (_, viewer, way) => {
    const { page, close } = await visit(viewer, way);
    await page.keyboard.press('Tab');
    const first = page.locator('a.skip');
    expect(await first.evaluate((link) => link.matches(':focus'))).toBe(true);
    expect(await first.boundingBox()).toMatchObject({ x: expect.any(Number) as number });
    await page.keyboard.press('Enter');
    expect(await page.evaluate(`document.activeElement?.id`)).toBe('continut');
    await page.reload();
    const stops = await stopsOf(page);
    expect(stops.length).toBeGreaterThan(3);
    expect(stops.filter((stop, index) => index > 0 && stop.order <= (stops[index - 1]?.order ?? 0))).toEqual([]);
    expect(stops.filter(({ seen, marked }) => !seen || !marked)).toEqual([]);
    await close();
  });
});

describe('on paper', () => {
  it.each(pages)('%s is black on white, without menu, foot and buttons, and no wider than the sheet', async (_, viewer, way) => {
    const { page, close } = await visit(viewer, way);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 718, height: 1000 });
    const shown = await page
      .locator('.top, .foot, .skip, form button')
      .evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length);
    expect(shown).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    expect(await page.locator('h1').isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(718);
    await close();
  });

  it('the figures keep their tables, open or not, and nobody is asked anything', async () => {
    const { page, close } = await visit({ role: 'reports' }, at('/rapoarte?from=2026-03-11&to=2027-03-10'));
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 718, height: 1000 });
    const tables = page.locator('table.counts');
    expect(await tables.count()).toBe(3);
    for (const table of await tables.all()) {
      expect(await table.evaluate((one) => one.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
      expect((await table.boundingBox())?.height).toBeGreaterThan(100);
    }
    const asking = await page
      .locator('form, a[download], nav')
      .evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length);
    expect(asking).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(718);
    await close();
  });

  const first =
    (path: string, link: string): Way =>
    async (page) => {
      await page.goto(path);
      await page.locator(link).first().click();
      await page.locator('.back').waitFor();
    };
  const left: readonly (readonly [string, Viewer, Way, string])[] = [
    ['the week', horia, at('/programari?data=2027-03-10'), '.switch, .calendar-filter, .live-foot'],
    ['a card', horia, first('/programari?data=2027-03-10', 'a.meeting'), '#altele, .card-others'],
    ['the tasks', { role: 'staff', staffId: 'd01' }, at('/sarcini'), '.people-links'],
    ['the audit', { role: 'auditor' }, at('/audit'), 'form, input, select'],
    ['an audited ticket', { role: 'auditor' }, first('/audit', '.audit-list tbody a'), '#moment, input, #descarcari'],
    ['the windows', { role: 'auditor' }, at('/termene'), 'form, input, #cauta'],
  ];
  it.each(left)('%s leaves out what only a screen can use', async (_, viewer, way, unused) => {
    const { page, close } = await visit(viewer, way);
    expect(await page.locator(unused).count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator(unused).evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).length)).toBe(0);
    await page.locator('main').focus();
    expect(await page.locator('main').evaluate((part) => getComputedStyle(part).outlineStyle)).toBe('none');
    await close();
  });
});
