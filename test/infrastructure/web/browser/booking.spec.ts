import type { Page } from 'playwright-core';
import { watchTransfer } from '../measure/transfer';
import {
  chooseHour,
  chooseMode,
  codeFor,
  type OwnRequest,
  referenceOn,
  registerOwn,
  send,
  toCheck,
  toCode,
  toHours,
  typeRequest,
} from '../states/booking-ways';
import { demonstrated } from './support/browser';

const here = demonstrated();

const mostTabs = 120;
const mostBytes = 15 * 1024;

/** Goes on with the Tab key until this has the focus. */
const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await page.keyboard.press('Tab');
    const there: unknown = await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
    if (there === true) return;
  }
  throw new Error(`The Tab key does not reach ${selector} on ${page.url()}.`);
};
const press = async (page: Page, selector: string, key: string): Promise<void> => {
  await tabTo(page, selector);
  await page.keyboard.press(key);
};
const typeInto = async (page: Page, selector: string, text: string): Promise<void> => {
  await tabTo(page, selector);
  await page.keyboard.type(text);
};
const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** How many tickets the request has, whatever became of them, as the civil servant's calendar says. */
const ticketsOf = async ({ number }: OwnRequest): Promise<readonly { readonly reference: string }[]> => {
  const { url, tokens } = here.demonstration;
  const headers = { authorization: `Bearer ${tokens['staff'] ?? ''}` };
  const answer = await fetch(`${url}/api/v1/calendar?from=2027-03-01&to=2027-05-01&limit=500`, { headers });
  const { meetings } = (await answer.json()) as { meetings: { reference: string; requestNumber: string }[] };
  return meetings.filter(({ requestNumber }) => requestNumber === number);
};

describe('a citizen books online', () => {
  it('with the keyboard alone, from the first page to the ticket', async () => {
    const own = await registerOwn(here.demonstration);
    const { page, complaints } = await here.newPerson();
    await page.goto('/');
    await press(page, 'a[href="/programare"]', 'Enter');
    await page.waitForURL('**/programare/cerere');
    await typeInto(page, '#requestNumber', own.number);
    await typeInto(page, '#applicantName', 'ion POPESCU');
    await typeInto(page, '#day', '1');
    await typeInto(page, '#month', '3');
    await typeInto(page, '#year', '2027');
    await page.keyboard.press('Enter');

    await page.waitForURL('**/programare/ora');
    await press(page, '.week-ways a:last-child', 'Enter');
    await page.waitForURL('**/programare/ora?sapt=*');
    await press(page, '.time input', 'Space');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('.time input:checked').getAttribute('data-shows');
    expect(await page.locator('.ticket .when').innerText()).toBe(chosen);
    await press(page, '.actions button', 'Enter');

    await page.waitForURL('**/programare/mod');
    await press(page, '#acord', 'Space');
    await press(page, 'input[name=mode]', 'Space');
    await press(page, '.actions button', 'Enter');

    await page.waitForURL('**/programare/contact');
    await typeInto(page, '#email', own.email);
    await typeInto(page, '#phone', '0740 123 456');
    await press(page, '.actions button', 'Enter');

    await page.waitForURL('**/programare/verificare');
    await press(page, '.actions button', 'Enter');

    await page.waitForURL('**/programare/cod');
    const code = await codeFor(here.demonstration, own);
    await typeInto(page, '#code', `${code.slice(0, 3)} ${code.slice(3)}`);
    await page.keyboard.press('Enter');

    await page.waitForURL('**/tichet/TA-*');
    expect(await heading(page)).toBe('Întâlnirea este programată');
    expect(await page.locator('.confirmed').innerText()).toContain(referenceOn(page));
    const focused: unknown = await page.evaluate('document.activeElement?.className');
    expect(focused).toBe('confirmed');
    expect(complaints).toEqual([]);
  });

  it('without JavaScript, changing an answer on the way and cancelling at the end', async () => {
    const own = await registerOwn(here.demonstration);
    const { page } = await here.newPerson({ javaScriptEnabled: false });
    await typeRequest(page, own);
    await send(page);
    await page.locator('.first-hour button').click();
    await chooseMode(page, 'online');
    await page.fill('#email', 'gresit@posta.example');
    await page.fill('#phone', '0740 123 456');
    await send(page);
    await page.locator('a[href="/programare/contact?schimba"]').first().click();
    await page.fill('#email', own.email);
    await send(page);
    await page.waitForURL('**/programare/verificare');
    expect(await page.locator('dl.summary').innerText()).toContain(own.email);
    await send(page);
    await page.fill('#code', await codeFor(here.demonstration, own));
    await send(page);
    await page.waitForURL('**/tichet/TA-*');
    await page.click('a[href$="/anulare"]');
    await send(page);
    expect(await heading(page)).toBe('Întâlnirea a fost anulată');
    expect(await page.locator('[role=status][data-focus] h1').count()).toBe(1);
  });

  it('and gives another address when the code went to a wrong one, keeping the hour', async () => {
    const { page } = await here.newPerson();
    await toCode(page, here.demonstration);
    const when = await page.locator('.ticket .when').innerText();
    await page.locator('summary').click();
    await page.locator('form[action$="/adresa"] button').click();
    await page.waitForURL('**/programare/contact');
    await page.fill('#email', 'alta@posta.example');
    await send(page);
    await page.waitForURL('**/programare/verificare');
    expect(await page.locator('.ticket .when').innerText()).toBe(when);
    await send(page);
    await page.waitForURL('**/programare/cod');
    expect(await page.locator('.lead').innerText()).toContain('alta@posta.example');
  });
});

describe('two citizens want the same hour', () => {
  it('exactly one gets it; the other is told, chooses another, and has lost no answer', async () => {
    const people = await Promise.all([1, 2].map(() => here.newPerson()));
    for (const { page } of people) await toHours(page, here.demonstration);
    const startsAt = '2027-04-29T08:00:00.000Z';
    for (const { page } of people) {
      await page.goto('/programare/ora?zi=2027-04-29');
      await page.locator(`.time input[value="${startsAt}"]`).check({ force: true });
      await send(page);
      await chooseMode(page, 'in-person');
      await page.fill('#phone', '0740 123 456');
      await page.fill('#notes', 'Despre planul de situație.');
      await send(page);
      await page.waitForURL('**/programare/verificare');
    }
    await Promise.all(people.map(({ page }) => send(page)));
    await Promise.all(people.map(({ page }) => page.waitForSelector('.confirmed, .error-summary')));
    const pages = people.map((person) => person.page);
    const [page, ...others] = pages.filter((one) => !one.url().includes('/tichet/'));
    expect(others).toEqual([]);
    if (page === undefined) throw new Error('Both have the same hour.');
    expect(await page.title()).toMatch(/^Eroare: /u);
    expect(await page.locator('.error-summary').innerText()).toContain('Ora 11:00 tocmai a fost rezervată de altcineva. Alegeți altă oră.');
    await page.locator('.near button').first().click();
    await page.waitForURL('**/programare/verificare');
    expect(await page.locator('dl.summary').innerText()).toContain('Despre planul de situație.');
    await send(page);
    await page.waitForURL('**/tichet/TA-*');
    await Promise.all(people.map(({ context }) => context.close()));
  });
});

describe('whoever presses twice or goes back', () => {
  it('has one ticket, with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, context } = await here.newPerson({ javaScriptEnabled });
      const own = await toCheck(page, here.demonstration, 'in-person');
      await page.locator('.actions button').dblclick();
      // not the address: the second press breaks off the navigation of the first, which waiting for an address takes for a failure
      await page.locator('.confirmed').waitFor();
      expect(await heading(page)).toBe('Întâlnirea este programată');
      expect(await ticketsOf(own)).toEqual([expect.objectContaining({ reference: referenceOn(page) })]);
      await context.close();
    }
  });

  it('is told „Deja programat” after the end, and may begin another request', async () => {
    const { page } = await here.newPerson();
    const own = await toCode(page, here.demonstration);
    await page.fill('#code', await codeFor(here.demonstration, own));
    await send(page);
    await page.waitForURL('**/tichet/TA-*');
    const reference = referenceOn(page);
    await page.goBack();
    expect(await heading(page)).toBe('Deja programat');
    await page.goBack();
    expect(await heading(page)).toBe('Deja programat');
    expect(await page.locator('main').innerText()).toContain(reference);
    expect(await ticketsOf(own)).toHaveLength(1);
    await page.goto('/programare');
    expect(await page.locator('#requestNumber').inputValue()).toBe('');
  });
});

describe('the page of the hours', () => {
  it('costs at most 15 KB on a first visit, all in all', async () => {
    const { page } = await here.newPerson();
    await toHours(page, here.demonstration);
    const transfer = await watchTransfer(page);
    await page.goto('/programare/ora?sapt=2027-04-12', { waitUntil: 'networkidle' });
    expect(await page.locator('.time').count()).toBeGreaterThan(20);
    expect(transfer.bytes()).toBeGreaterThan(0);
    expect(transfer.bytes()).toBeLessThanOrEqual(mostBytes);
    await chooseHour(page);
  });
});
