import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { enterAs } from '../states/state';
import { demonstrated, newPerson, type Person } from './support/browser';

const here = demonstrated();

const manager = async (options: Parameters<typeof newPerson>[2] = {}): Promise<Person> => {
  const person = await here.newPerson(options);
  await enterAs(person.page, { role: 'reports' });
  await person.page.waitForURL('**/rapoarte');
  return person;
};

describe('the manager at the browser', () => {
  it('goes by keyboard alone from the period to the tables and takes a file along', async () => {
    const { page, complaints } = await manager();
    const reached: string[] = [];
    let file: string | undefined;
    for (let step = 0; step < 40 && file === undefined; step += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(
        '`${document.activeElement.localName} ${document.activeElement.getAttribute("href") ?? document.activeElement.id}`',
      );
      reached.push(focused.split('?')[0] ?? '');
      if (!focused.startsWith('a /rapoarte/intalniri.csv')) continue;
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
      expect(download.suggestedFilename()).toBe('tichet-albastru-intalniri-2027-02-01-2027-03-10.csv');
      file = readFileSync(await download.path(), 'utf8');
    }
    expect(reached.slice(reached.indexOf('input from'))).toEqual(
      expect.arrayContaining(['input from', 'input to', 'select department', 'summary ']),
    );
    const shown = await page.locator('#intalniri-tabel tbody tr').allInnerTexts();
    const lines = file?.replace('\ufeff', '').trimEnd().split('\r\n').slice(1);
    expect(lines?.map((line) => line.split(',').slice(2))).toEqual(shown.map((row) => row.split('\t').slice(1)));
    expect(complaints).toEqual([]);
  });

  it('closes and opens a table by keyboard', async () => {
    const { page } = await manager();
    const summary = page.locator('summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.locator('#intalniri-tabel').waitFor({ state: 'hidden' });
    await page.keyboard.press('Space');
    await page.locator('#intalniri-tabel').waitFor({ state: 'visible' });
  });

  it('chooses another period without a script, and comes back by a ready one', async () => {
    const { page } = await manager({ javaScriptEnabled: false });
    await page.locator('#from').fill('2027-03-01');
    await page.locator('#to').fill('2027-03-07');
    await page.locator('#department').selectOption('Biroul Taxe și impozite');
    await page.getByRole('button', { name: 'Arată' }).click();
    await page.waitForURL('**from=2027-03-01&to=2027-03-07&department=*');
    expect(await page.locator('.lead').innerText()).toBe('1 martie 2027 – 7 martie 2027 · Biroul Taxe și impozite');
    expect(await page.locator('#intalniri-tabel tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: 'ultimele șase săptămâni' }).click();
    expect(await page.locator('#intalniri-tabel tbody tr').count()).toBe(6);
  });
});

/** The smallest letters of the pictures as they are drawn, in pixels of the screen. */
const smallestLetters = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `Math.min(...[...document.querySelectorAll('svg.chart text')].filter((text) => text.getBoundingClientRect().width > 0)
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b)))`,
  );
/** Labels of one picture that lie over each other. */
const overlaps = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('svg.chart[role=img]')].flatMap((svg) => {
      const boxes = [...svg.querySelectorAll('text.quiet')].map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, { width }]) => width > 0);
      return boxes.flatMap(([name, a], index) => boxes.slice(index + 1).filter(([, b]) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map(([other]) => name + ' | ' + other));
    })`,
  );

describe('pictures on a phone', () => {
  it.each([320, 390, 1280])('have letters of 12 pixels at least, none over another, at %i pixels', async (width) => {
    const { page } = await manager({ viewport: { width, height: 800 } });
    for (const url of ['/rapoarte', '/rapoarte?from=2026-03-11&to=2027-03-10']) {
      await page.goto(url);
      expect(await smallestLetters(page)).toBeGreaterThanOrEqual(12);
      expect(await overlaps(page)).toEqual([]);
    }
  });
});
