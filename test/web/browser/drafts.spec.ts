import { Controller, Post } from '@nestjs/common';
import type { Browser, Page } from 'playwright-core';
import { everyFormSaysWhatItKeeps, formMetadata, formsOf, type FormKeeping } from '../../../src/infrastructure/web/forms/stored-form';
import { acts } from '../../../src/infrastructure/web/meetings/acts';
import { pages } from '../../../src/infrastructure/web/web.module';
import { allStates } from '../states';
import { enterAs, type PageState } from '../states/state';
import { launchBrowser, newPerson, type Person } from './support/browser';
import { demonstrationDay, type Demonstration, startDemonstration } from './support/demonstration';

/** Every form into which something is typed, by the handler to which it is sent, and the states in which it is looked at. */
const stateOf: Readonly<Record<string, readonly string[]>> = {
  'StaffLeftController.left': ['staff-leaving'],
  'ParkedPagesController.skip': [],
  'StaffPagesController.register': ['staff-new'],
  'StaffPagesController.change': ['staff-person'],
  'CalendarPagesController.declare': ['calendar'],
  'ErasureController.find': ['erasure'],
  'ErasureController.eraseTicket': ['erasure-preview'],
  'ErasureController.eraseRequest': [],
  'ContactStepController.give': ['booking-contact-phone'],
  'CardController.reassign': ['meetings-form-repartizare'],
  'CardController.reschedule': ['meetings-form-reprogramare'],
  'CardController.cancel': ['meetings-form-anulare'],
  'CardController.carryOut': [
    'meetings-form-link',
    'meetings-form-incheiere',
    'meetings-form-neprezentare',
    'meetings-form-rezolutie',
    'meetings-form-predare',
    'meetings-form-inregistrare',
    'meetings-form-fara-inregistrare',
    'meetings-form-inregistrare-refuzata',
    'meetings-form-instiintare-after-absence',
  ],
  'RequestFormsController.register': ['registry-request-new'],
  'RequestFormsController.change': ['registry-request-change'],
  'RequestCardController.answer': ['registry-answer'],
  'AbsencePages.record': ['absence-check-without-meetings'],
  'WindowPages.admitLate': ['windows-late-admission'],
  'CalendarPages.follow': [],
  'HoursPages.set': [],
  'CancelController.cancel': ['booking-ticket-cancel'],
};

/** Fills in every field of the form as a person would. @returns what the form would send now */
const typeInto = async (page: Page): Promise<Sent> => {
  const form = page.locator('form[data-keep]').first();
  const texts: Readonly<Record<string, string>> = {
    date: '2027-06-14',
    time: '11:25',
    email: 'ciorna@exemplu.ro',
    url: 'https://exemplu.ro/ciorna',
    text: '17',
    tel: '0740 000 000',
  };
  for (const field of await form.locator('input:visible, textarea:visible, select:visible').all()) {
    const kind = await field.evaluate<string, HTMLElement>((one) =>
      one.tagName === 'INPUT' ? (one.getAttribute('type') ?? '') : one.tagName,
    );
    if (kind === 'TEXTAREA') await field.fill('Ce s-a scris aici\nnu se pierde.');
    else if (kind === 'SELECT') await field.selectOption({ index: 1 }).catch(() => []);
    else if (kind === 'radio' || kind === 'checkbox') await field.check();
    else if (texts[kind] !== undefined) await field.fill(texts[kind]);
  }
  return sentNow(page);
};
type Sent = Readonly<Record<string, string>>;
/** To erase is confirmed anew each time. */
const notKept = `['once', 'confirm']`;
const sentNow = async (page: Page): Promise<Sent> =>
  await page.evaluate<Sent>(
    `Object.fromEntries([...new FormData(document.querySelector('form[data-keep]'))].filter(([name]) => !${notKept}.includes(name)))`,
  );

let browser: Browser;
let demonstration: Demonstration;
beforeAll(async () => {
  [browser, demonstration] = await Promise.all([launchBrowser(), startDemonstration()]);
});
afterAll(async () => {
  await browser.close();
  await demonstration.stop();
});

/** A shared account and a citizen on the way to a ticket have their drafts in one session only. */
const isShared = ({ as }: PageState): boolean => as === 'citizen' || as.staffId === undefined;
const endSession = ({ context }: Person): Promise<void> => context.clearCookies({ name: /tichet$/ });
/** Sends the form, whatever it says. */
const send = async (page: Page): Promise<void> => {
  const form = page.locator('form[data-keep]').first();
  const button = form.locator('button:not(.link)').last();
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState();
};
/** Enters as the same person on the page where one signs in, which leads back. */
const comeBack = async (page: Page, { as }: PageState): Promise<void> => {
  if (as === 'citizen') return;
  const input = as.staffId === undefined ? `input[name=role][value=${as.role}]` : `input[name=staffId][value=${as.staffId}]`;
  await page.locator(`form:has(${input}) button`).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/intra'));
  await page.waitForLoadState();
};

/** Sends the form with one field left empty, so that it is refused, and comes back to it by its address. */
const lookAfterRefusal = async (page: Page, address: string, typed: Sent, losses: string[]): Promise<void> => {
  const texts = page.locator('form[data-keep]').first().locator('input:visible:not([type=radio]):not([type=checkbox])');
  if ((await texts.count()) < 2) return;
  const emptied = (await texts.first().getAttribute('name')) ?? '';
  await texts.first().fill('');
  await send(page);
  await page.goto(address);
  const now = await sentNow(page);
  for (const [name, text] of Object.entries(typed))
    if (name !== emptied && now[name] !== text) losses.push(`${name}, after a refusal: ${now[name] ?? 'nothing'}`);
};

/** What is gone of what was typed, by where it was looked for. */
const lossesOf = async (state: PageState, person: Person, script: boolean): Promise<readonly string[]> => {
  const { page, context } = person;
  await enterAs(page, state.as);
  await state.reach(page, demonstration);
  await page.waitForLoadState();
  const address = page.url();
  const typed = await typeInto(page);
  const losses: string[] = [];
  const look = async (where: string, at: Page): Promise<void> => {
    const now = (await at.locator('form[data-keep]').count()) === 0 ? {} : await sentNow(at);
    for (const [name, text] of Object.entries(typed)) if (now[name] !== text) losses.push(`${name}, ${where}: ${now[name] ?? 'nothing'}`);
  };
  if (script) {
    // the last key was pressed a moment ago
    await page
      .locator('form[data-keep]:not([data-unsaved]) [data-kept]:not(:empty)')
      .first()
      .waitFor()
      .catch(() => losses.push('nothing was kept while it was typed'));
    const tab = await context.newPage();
    await tab.goto(address);
    await look('in another tab', tab);
    await tab.close();
    await page.goto('/');
    await page.goBack();
    await look('after Back', page);
  }
  if (isShared(state)) {
    if (!script) await lookAfterRefusal(page, address, typed, losses);
    return losses;
  }
  await typeInto(page);
  await endSession(person);
  await send(page);
  await comeBack(page, state);
  await look('after the end of the session', page);
  await page.goto('/');
  await page.goBack();
  await look('after signing in and Back', page);
  return losses;
};

describe('what is typed into a form', () => {
  const kept = formsOf(pages).filter(({ handler }) => (Reflect.getMetadata(formMetadata, handler) as FormKeeping).kind === 'kept');
  const named = (name: string): PageState => {
    const found = allStates.find((state) => state.name === name);
    if (found === undefined) throw new Error(`no state ${name}`);
    return found;
  };

  it('is kept, or it is said why not: a form that says neither does not start', () => {
    expect(kept.map(({ name }) => name).sort()).toEqual(Object.keys(stateOf).sort());
    expect(acts.length).toBe(15);
    @Controller()
    class Careless {
      @Post()
      take(): void {
        throw new Error('nobody sends this');
      }
    }
    expect(() => {
      everyFormSaysWhatItKeeps([Careless]);
    }).toThrow('Careless.take');
  });

  it.each(Object.values(stateOf).flat())('survives the end of the session, another tab and Back: %s', async (name) => {
    for (const javaScriptEnabled of [true, false]) {
      const person = await newPerson(browser, demonstration.url, { javaScriptEnabled });
      const losses = await lossesOf(named(name), person, javaScriptEnabled);
      expect([javaScriptEnabled, losses, person.complaints]).toEqual([javaScriptEnabled, [], []]);
      await person.context.close();
      await demonstration.moveClockTo(demonstrationDay);
    }
  });

  it('survives a change of the day, with and without JavaScript', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, context } = await newPerson(browser, demonstration.url, { javaScriptEnabled });
      await enterAs(page, { role: 'head', staffId: 'd01' });
      await named('meetings-form-reprogramare').reach(page, demonstration);
      await page.locator('#reasonText').fill('S-a mutat ședința.');
      await page.locator('button[name=mergi][value*="zi="]').nth(2).click();
      await page.waitForURL(/zi=/);
      expect(await page.locator('#reasonText').inputValue()).toBe('S-a mutat ședința.');
      await context.close();
    }
  });

  it('is shown to nobody else who signs in from the same browser', async () => {
    const { page, context } = await newPerson(browser, demonstration.url);
    await enterAs(page, { role: 'head', staffId: 'd01' });
    await named('meetings-form-rezolutie').reach(page, demonstration);
    const address = page.url();
    await page.locator('#conclusions').fill('Numai pentru cine a scris.');
    await page.locator('[data-kept]:not(:empty)').waitFor();
    await page.goto('/');
    await enterAs(page, { role: 'staff', staffId: 'd02' });
    await page.goto(address);
    expect(await page.content()).not.toContain('Numai pentru cine a scris.');
    await context.close();
  });

  it('is lost by a page that does not keep it, and this is seen', async () => {
    const person = await newPerson(browser, demonstration.url);
    await person.context.route('**/assets/*.js', (route) => route.abort());
    const losses = await lossesOf(named('absence-check-by-a-head'), person, true);
    expect(losses.join('\n')).toMatch(/while it was typed[^]*reason, in another tab/);
    await person.context.close();
  });
});
