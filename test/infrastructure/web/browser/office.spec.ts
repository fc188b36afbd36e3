import type { Locator, Page } from 'playwright-core';
import { enterAs } from '../states/state';
import { overflowOf, violationsOf } from './support/accessibility';
import { demonstrated } from './support/browser';

const here = demonstrated();

const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === element.ownerDocument.activeElement);

/** From where the focus is, on with the Tab key. */
const tabTo = async (page: Page, locator: Locator): Promise<void> => {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await hasFocus(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('It cannot be reached with the Tab key.');
};

/** Types a date into a field of the browser's own, whichever part its language has first. */
const typeDate = async (page: Page, field: Locator, date: string): Promise<void> => {
  const [year = '', month = '', day = ''] = date.split('-');
  for (const keys of [month + day + year, day + month + year]) {
    await field.focus();
    await page.keyboard.type(keys);
    if ((await field.inputValue()) === date) return;
    await field.fill('');
  }
  throw new Error(`The field does not take ${date}.`);
};

describe('an absence, by keyboard and without JavaScript', () => {
  it('Art. 8: shows what falls into it, is recorded, and leaves a task for each meeting', async () => {
    const { page, context, complaints } = await here.newPerson({ javaScriptEnabled: false });
    await enterAs(page, { role: 'staff', staffId: 'd03' });
    await page.goto('/program');
    await tabTo(page, page.getByRole('link', { name: 'Adaugă o absență' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/program/d03/absenta');

    const [from, to] = [page.locator('#fromDate'), page.locator('#toDate')];
    await tabTo(page, from);
    await typeDate(page, from, '2027-03-11');
    await tabTo(page, to);
    await typeDate(page, to, '2027-03-16');
    await tabTo(page, page.getByRole('button', { name: 'Continuă' }));
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Verificați absența' }).waitFor();
    expect(await page.getByText('de joi, 11 martie 2027 până marți, 16 martie 2027 inclusiv').count()).toBe(1);
    const warning = page.getByRole('heading', {
      name: '2 întâlniri cad în această absență; ce nu mutați acum devine sarcină.',
    });
    expect(await warning.count()).toBe(1);

    await tabTo(page, page.locator('#reason'));
    await page.keyboard.type('Concediu de odihnă');
    for (const stays of await page.locator('select[name^="m-"]').all()) await stays.selectOption('');
    await tabTo(page, page.getByRole('button', { name: 'Înregistrează absența' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/program/d03?facut=absenta');
    expect(await page.getByText('Motivul: Concediu de odihnă').count()).toBe(1);

    // the tasks are raised beside the requests: they come within moments
    const tasks = page.getByRole('link', { name: /^Reprogramați întâlnirea/ });
    await page.goto('/sarcini');
    for (let looks = 0; looks < 100 && (await tasks.count()) < 2; looks += 1) await page.goto('/sarcini');
    expect(await tasks.count()).toBe(2);
    await tabTo(page, tasks.first());
    expect(await tasks.first().getAttribute('href')).toMatch(/^\/programari\/[\da-f-]{36}$/);

    await context.close();
    expect(complaints).toEqual([]);
  });

  it('what is wrong is said first, named in the title, and leads to its field', async () => {
    const { page } = await here.newPerson({ viewport: { width: 320, height: 700 } });
    await enterAs(page, { role: 'staff', staffId: 'd02' });
    await page.goto('/program/d02/absenta?fromDate=2027-03-16&fromTime=&toDate=2027-03-15&toTime=');
    expect(await page.title()).toMatch(/^Eroare: /);
    expect(await hasFocus(page.locator('.error-summary'))).toBe(true);
    await page.getByRole('link', { name: /^Până la: / }).click();
    expect(await hasFocus(page.locator('#toDate'))).toBe(true);
    expect(await page.locator('#fromDate').inputValue()).toBe('2027-03-16');
  });
});

describe('hostile text', () => {
  it('as the reason of an absence is text, wraps on a phone, and breaks nothing', async () => {
    const { page, context, complaints } = await here.newPerson({ viewport: { width: 320, height: 700 } });
    await enterAs(page, { role: 'staff', staffId: 'd05' });
    await page.goto('/program/d05/absenta?fromDate=2027-04-12&fromTime=&toDate=2027-04-12&toTime=');
    const reason = `<script>alert(1)</script>\u202eabc 🩺 ${'x'.repeat(400)}`;
    await page.locator('#reason').fill(reason);
    await page.getByRole('button', { name: 'Înregistrează absența' }).click();
    await page.waitForURL('**/program/d05?facut=absenta');
    expect(await page.locator('.absence').first().textContent()).toContain(reason.replace('\u202e', ''));
    expect(await overflowOf(page)).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await context.close();
    expect(complaints).toEqual([]);
  });
});

describe('the procedure', () => {
  it('Order, Art. 3: leads from its contents to each article, in print as well', async () => {
    const { page } = await here.newPerson();
    await page.goto('/procedura');
    await page.getByRole('navigation', { name: 'Cuprins' }).getByRole('link', { name: 'Art. 7' }).click();
    expect(new URL(page.url()).hash).toBe('#art-7');
    expect(await page.locator('#art-7').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('În toate modalitățile de organizare, întâlnirea are o durată de 15 minute.').isVisible()).toBe(true);
  });
});
