import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import {
  bookByProgram,
  chooseHour,
  chooseMode,
  codeFor,
  referenceFor,
  openTicketOf,
  referenceOn,
  registerAbsentee,
  registerOwn,
  send,
  toCheck,
  toCode,
  toContact,
  toHours,
  toModes,
  toTicket,
  typeRequest,
} from './booking-ways';
import { enterAs, goTo, inTurn, type PageState } from './state';

type Reach = (page: Page, demonstration: Demonstration) => Promise<unknown>;
const state = (name: string, reach: Reach, more: Pick<PageState, 'picture'> = {}): PageState => ({
  name: `booking-${name}`,
  as: 'citizen',
  reach: async (page, demonstration) => {
    await reach(page, demonstration);
  },
  ...more,
});

const inEnglish =
  (reach: Reach): Reach =>
  async (page, demonstration) => {
    await page.goto('/limba/en?spre=/tichet');
    return reach(page, demonstration);
  };

const hostile = `<b onclick="alert(1)">&amp;</b> \u202Egnirts\u202C 👩🏽‍⚖️ ${'lung'.repeat(300)}`;
/** in the cast of the demonstration */
const cast = { concluded: 0, awaited: 5, notThere: 7, going: 11, withLink: 14, moved: 15, cancelled: 18 };

/** Somebody else's booking of the hour that this page still shows. */
const takeAway = async (page: Page, demonstration: Demonstration, startsAt: string): Promise<void> => {
  await bookByProgram(demonstration, await registerOwn(demonstration), { mode: 'in-person', startsAt });
  await page.waitForLoadState();
};

/** The resolution of the first of the demonstration's tickets, which its head amends once while the citizen has it open. */
const toAmended = async (page: Page, demonstration: Demonstration): Promise<void> => {
  await openTicketOf(page, demonstration, cast.concluded);
  if ((await page.locator('#rectificari').count()) > 0) return;
  const context = await page.context().browser()?.newContext({ baseURL: demonstration.url });
  const head = await context?.newPage();
  if (context === undefined || head === undefined) throw new Error('There is no browser for a second person.');
  await enterAs(head, { role: 'head', staffId: 'd01' });
  await head.goto('/programari/lista?data=2027-03-03');
  await head.locator('a.meeting', { hasText: 'Anca Dragomir' }).first().click();
  await head.locator('.card-name').waitFor();
  await head.goto(`${new URL(head.url()).pathname}/rectificare`);
  await head.locator('form.act input[type=radio]').first().check();
  for (const field of await head.locator('form.act textarea').all()) await field.fill('Data corectă este 12 martie 2027.');
  await head.locator('form.act .actions button').click();
  await head.waitForURL('**facut=*');
  await context.close();
  await page.reload();
};

const onward =
  (path: string): Reach =>
  (page) =>
    page.goto(`/tichet/${referenceOn(page)}/${path}`);
/** The form that goes there, and not the button that keeps what was typed. */
const sendTyped =
  (path: string): Reach =>
  (page) =>
    page.locator(`form[action$="/${path}"] button:not([name=ciorna])`).click();

const requestStates: readonly PageState[] = [
  state('request-empty', (page) => page.goto('/programare/cerere')),
  state('request-english', goTo('/limba/en?spre=/programare/cerere')),
  state('request-faulty', async (page) => {
    await page.goto('/programare/cerere');
    await page.fill('#day', '31');
    await page.fill('#month', '2');
    await page.fill('#year', '2027');
    await send(page);
  }),
  state(
    'request-not-found',
    inTurn((page) => typeRequest(page, { number: '999999', filedOn: '2027-03-01', name: 'Ion Popescu' }), send),
  ),
  state(
    'request-hostile',
    inTurn((page) => typeRequest(page, { number: hostile, filedOn: '2027-03-01', name: hostile }), send),
  ),
  state('request-has-ticket', async (page, demonstration) => {
    const own = await toTicket(page, demonstration, 'in-person');
    await page.context().clearCookies();
    await typeRequest(page, own);
    await send(page);
  }),
  state('request-not-eligible', async (page, demonstration) => {
    await typeRequest(page, await registerOwn(demonstration, { status: 'redirected' }));
    await send(page);
  }),
];

const hourStates: readonly PageState[] = [
  state('hour', toHours),
  state(
    'hour-chosen',
    inTurn(toHours, goTo('/programare/ora?zi=2027-03-17'), (page) => page.locator('.time input').nth(9).check({ force: true })),
    { picture: true },
  ),
  state('hour-none-at-all', async (page, demonstration) => {
    await typeRequest(page, await registerOwn(demonstration, { staffId: await registerAbsentee(demonstration) }));
    await send(page);
    await page.waitForURL('**/programare/ora');
  }),
  state(
    'hour-next-week',
    inTurn(toHours, (page) => page.locator('.week-ways a').last().click()),
  ),
  state('hour-closed-week', inTurn(toHours, goTo('/programare/ora?sapt=2027-05-03'))),
  state('hour-none-chosen', inTurn(toHours, send)),
  state('hour-taken', async (page, demonstration) => {
    await toHours(page, demonstration);
    const startsAt = await chooseHour(page);
    await chooseMode(page, 'in-person');
    await send(page);
    await takeAway(page, demonstration, startsAt);
    await send(page);
    await page.waitForSelector('.error-summary');
  }),
  state('hour-english', inTurn(toHours, goTo('/limba/en?spre=/programare/ora'))),
];

const answerStates: readonly PageState[] = [
  state('mode', toModes),
  state(
    'mode-notice-not-accepted',
    inTurn(toModes, (page) => page.check('input[value=online]'), send),
  ),
  state('mode-none', inTurn(toModes, send)),
  state('contact-online', (page, demonstration) => toContact(page, demonstration, 'online')),
  state('contact-phone', (page, demonstration) => toContact(page, demonstration, 'phone')),
  state('contact-in-person', (page, demonstration) => toContact(page, demonstration, 'in-person')),
  state('contact-faulty', async (page, demonstration) => {
    await toContact(page, demonstration, 'online');
    await page.fill('#email', 'ana.pop');
    await page.fill('#notes', hostile.repeat(3));
    await send(page);
  }),
  state('check-online', (page, demonstration) => toCheck(page, demonstration, 'online'), { picture: true }),
  state(
    'check-hostile',
    inTurn(
      (page, demonstration) => toContact(page, demonstration, 'in-person'),
      (page) => page.fill('#notes', hostile),
      send,
    ),
  ),
  state('check-change-hour', async (page, demonstration) => {
    await toCheck(page, demonstration, 'phone');
    await page.click('a[href="/programare/ora?schimba"]');
  }),
];

const codeStates: readonly PageState[] = [
  state('code', toCode, { picture: true }),
  state(
    'code-not-arrived',
    inTurn(toCode, (page) => page.click('summary')),
  ),
  state(
    'code-too-short',
    inTurn(toCode, (page) => page.fill('#code', '12 3'), send),
  ),
  state('code-wrong', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    const right = await codeFor(demonstration, own);
    await page.fill('#code', right === '123456' ? '654321' : '123-456');
    await send(page);
  }),
  state('code-new-too-early', async (page, demonstration) => {
    await toCode(page, demonstration);
    await page.click('summary');
    await page.click('#nou');
    await page.waitForSelector('.error-summary');
  }),
  state('code-other-address', async (page, demonstration) => {
    await toCode(page, demonstration);
    await page.click('summary');
    await page.locator('form[action$="/adresa"] button').click();
    await page.waitForURL('**/programare/contact');
  }),
];

const ticketStates: readonly PageState[] = [
  state('ticket-new', toTicket),
  state('ticket-new-without-email', (page, demonstration) => toTicket(page, demonstration, 'in-person')),
  state(
    'ticket-already',
    inTurn((page, demonstration) => toTicket(page, demonstration, 'phone'), goTo('/programare/verificare')),
  ),
  state(
    'ticket-already-start',
    inTurn((page, demonstration) => toTicket(page, demonstration, 'phone'), goTo('/programare')),
  ),
  state('ticket-with-link', (page, demonstration) => openTicketOf(page, demonstration, cast.withLink), { picture: true }),
  state('ticket-moved-by-citizen', (page, demonstration) => openTicketOf(page, demonstration, cast.moved)),
  state('ticket-in-progress', (page, demonstration) => openTicketOf(page, demonstration, cast.going)),
  state('ticket-held', (page, demonstration) => openTicketOf(page, demonstration, cast.awaited)),
  state('ticket-concluded', (page, demonstration) => openTicketOf(page, demonstration, cast.concluded)),
  state('ticket-amended', toAmended),
  state('ticket-objection', inTurn(toAmended, onward('obiectie'))),
  state('ticket-objection-faulty', inTurn(toAmended, onward('obiectie'), sendTyped('obiectie'))),
  state(
    'ticket-contact',
    inTurn((page, demonstration) => toTicket(page, demonstration), onward('contact')),
  ),
  state(
    'ticket-contact-faulty',
    inTurn((page, demonstration) => toTicket(page, demonstration), onward('contact'), sendTyped('contact')),
  ),
  state(
    'ticket-contact-awaited',
    inTurn(
      (page, demonstration) => toTicket(page, demonstration),
      onward('contact'),
      (page) => page.fill('#email', 'alta.adresa@posta.example'),
      sendTyped('contact'),
      (page) => page.waitForURL('**facut=cod'),
    ),
  ),
  state('ticket-citizen-absent', (page, demonstration) => openTicketOf(page, demonstration, cast.notThere)),
  state('ticket-cancelled', (page, demonstration) => openTicketOf(page, demonstration, cast.cancelled)),
  state('ticket-withdrawn', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    const reference = await referenceFor(demonstration, own);
    await page.click('summary');
    await page.locator('form[action$="/adresa"] button').click();
    await page.waitForURL('**/programare/contact');
    await page.goto(`/tichet/${reference}`);
  }),
  state('ticket-awaiting-code', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    await page.goto(`/tichet/${await referenceFor(demonstration, own)}`);
  }),
  state('ticket-move', async (page, demonstration) => {
    await toTicket(page, demonstration, 'in-person');
    await page.click('a[href$="/muta"]');
  }),
  state('ticket-moved', async (page, demonstration) => {
    await toTicket(page, demonstration, 'in-person');
    await page.click('a[href$="/muta"]');
    await chooseHour(page);
    await page.waitForURL('**facut=mutat');
  }),
  state('ticket-earlier-hour-wanted', async (page, demonstration) => {
    await toTicket(page, demonstration, 'online');
    await page.locator('form[action$="/devreme"] button').click();
    await page.waitForURL('**facut=*');
  }),
  state('ticket-cancel', async (page, demonstration) => {
    await toTicket(page, demonstration, 'phone');
    await page.click('a[href$="/anulare"]');
  }),
  state('ticket-cancelled-now', async (page, demonstration) => {
    await toTicket(page, demonstration, 'phone');
    await page.click('a[href$="/anulare"]');
    await send(page);
    await page.waitForURL('**facut=anulat');
  }),
  state('mode-english', inEnglish(toModes)),
  state(
    'contact-english',
    inEnglish((page, demonstration) => toContact(page, demonstration, 'phone')),
  ),
  state(
    'check-english',
    inEnglish((page, demonstration) => toCheck(page, demonstration, 'online')),
  ),
  state('code-english', inEnglish(toCode)),
  state('ticket-english', inEnglish(toTicket)),
  state(
    'open-english',
    inEnglish((page) => page.goto('/tichet/TA-00000000')),
  ),
  state('find', (page) => page.goto('/tichet')),
  state('find-by-request', goTo('/tichet/dupa-cerere')),
  state(
    'find-by-request-faulty',
    inTurn(goTo('/tichet/dupa-cerere'), (page) => page.locator('form[action="/tichet/dupa-cerere"] button').click()),
  ),
  state(
    'find-faulty',
    inTurn(goTo('/tichet'), (page) => page.fill('#reference', hostile), send),
  ),
  state('open', (page) => page.goto('/tichet/TA-00000000')),
  state('open-asked', async (page, demonstration) => {
    await toTicket(page, demonstration, 'in-person');
    const reference = referenceOn(page);
    await page.context().clearCookies();
    await page.goto(`/tichet/${reference}`);
    await page.click('#trimite');
    await page.waitForSelector('#code');
  }),
  state('open-wrong', async (page, demonstration) => {
    await toTicket(page, demonstration, 'in-person');
    const reference = referenceOn(page);
    await page.context().clearCookies();
    await page.goto(`/tichet/${reference}`);
    await page.click('#trimite');
    await page.fill('#code', '123456');
    await send(page);
    await page.waitForSelector('.error-summary');
  }),
];

/** Every state of the citizen's pages: the way to a ticket, the ticket, and the way back to it. */
export const bookingStates: readonly PageState[] = [...requestStates, ...hourStates, ...answerStates, ...codeStates, ...ticketStates];
