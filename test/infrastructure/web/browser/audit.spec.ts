import { enterAs } from '../states/state';
import { demonstrated, type Person } from './support/browser';

let person: Person;
const here = demonstrated();
beforeEach(async () => {
  person = await here.newPerson();
});

describe('an auditor at the keyboard', () => {
  it('walks through a ticket from its first step to its last, and back one', async () => {
    const { page, complaints } = person;
    await enterAs(page, { role: 'auditor' });
    await page.goto('/audit?verdict=fail');
    const row = page.locator('.audit-list th a').first();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/audit\/[\w-]{36}$/);
    const steps = await page.locator('.steps li').count();
    // the skip link, the head of the page, the way back: then the first step
    await page.locator('.steps a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?pas=1#pas$/);
    for (let step = 1; step < steps; step += 1) {
      expect(await page.locator('h2#cum').textContent()).toBe(`Cum arăta la pasul ${step} din ${steps}`);
      expect(await page.locator('.steps [aria-current=step]').count()).toBe(1);
      // the page opens at the step: the way on is the first thing there
      expect(await page.evaluate('document.activeElement.id')).toBe('pas');
      await page.keyboard.press('Tab');
      if (step > 1) await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.rel')).toBe('next');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`pas=${step + 1}#pas$`));
    }
    expect(await page.locator('a[rel=next]').count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`pas=${steps - 1}#pas$`));
    expect(complaints).toEqual([]);
  });

  it('sees the verdict of the recording turn as the steps go by', async () => {
    const { page } = person;
    await enterAs(page, { role: 'auditor' });
    await page.goto('/audit?verdict=fail&verificare=C13');
    await page.locator('.audit-list th a').first().click();
    const seen: string[] = [];
    for (const type of ['Scheduled', 'Held', 'RecordingMissing']) {
      await page.locator('.steps li', { hasText: type }).locator('a').first().click();
      seen.push((await page.locator('#C13 .verdict').first().textContent()) ?? '');
    }
    expect(seen).toEqual(['Nu se aplică', 'În așteptare', 'Nerespectată, declarat']);
  });

  it('asks for a moment, and goes back to now', async () => {
    const { page } = person;
    await enterAs(page, { role: 'auditor' });
    await page.goto('/audit?verdict=fail');
    await page.locator('.audit-list th a').first().click();
    const all = await page.locator('.steps li').count();
    await page.getByLabel('Data și ora, în România').fill('2027-03-02 10:00');
    await page.keyboard.press('Enter');
    await page.waitForURL(/la=/);
    expect(await page.locator('.steps li').count()).toBeLessThan(all);
    await page.getByRole('link', { name: 'Cum stă acum' }).first().click();
    expect(await page.locator('.steps li').count()).toBe(all);
  });
});
