import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import {
  bookByProgram,
  chooseHour,
  chooseMode,
  codeFor,
  type Mode,
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
import { arrive, click, enterAs, fill, goTo, inTurn, type PageState, pictured, see, stateOf, type Step } from './state';

const state = (name: string, ...steps: readonly Step[]): PageState => stateOf(`booking-${name}`, 'citizen', ...steps);
const inEnglish = (...steps: readonly Step[]): Step => inTurn(goTo('/limba/en?spre=/tichet'), ...steps);
const contact =
  (mode: Mode): Step =>
  (page, demonstration) =>
    toContact(page, demonstration, mode);
const check =
  (mode: Mode): Step =>
  (page, demonstration) =>
    toCheck(page, demonstration, mode);
const ticket =
  (mode: Mode): Step =>
  (page, demonstration) =>
    toTicket(page, demonstration, mode);
/** One of the demonstration's cast. */
const ticketOf =
  (place: number): Step =>
  (page, demonstration) =>
    openTicketOf(page, demonstration, place);
const type =
  (request: Parameters<typeof typeRequest>[1]): Step =>
  (page) =>
    typeRequest(page, request);

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
  (path: string): Step =>
  (page) =>
    page.goto(`/tichet/${referenceOn(page)}/${path}`);
/** The form that goes there, and not the button that keeps what was typed. */
const sendTyped = (path: string): Step => click(`form[action$="/${path}"] button:not([name=ciorna])`);
/** The code did not come, for the address was another one. */
const otherAddress = inTurn(click('summary'), click('form[action$="/adresa"] button'), arrive('**/programare/contact'));
/** With the ticket's address, and no cookie of the browser that asked for it. */
const askToOpen: Step = async (page) => {
  const reference = referenceOn(page);
  await page.context().clearCookies();
  await page.goto(`/tichet/${reference}`);
  await page.click('#trimite');
};

const requestStates: readonly PageState[] = [
  state('request-empty', goTo('/programare/cerere')),
  state('request-english', goTo('/limba/en?spre=/programare/cerere')),
  state('request-faulty', goTo('/programare/cerere'), fill('#day', '31'), fill('#month', '2'), fill('#year', '2027'), send),
  state('request-not-found', type({ number: '999999', filedOn: '2027-03-01', name: 'Ion Popescu' }), send),
  state('request-hostile', type({ number: hostile, filedOn: '2027-03-01', name: hostile }), send),
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
  pictured(
    state('hour-chosen', toHours, goTo('/programare/ora?zi=2027-03-17'), (page) =>
      page.locator('.time input').nth(9).check({ force: true }),
    ),
  ),
  state('hour-none-at-all', async (page, demonstration) => {
    await typeRequest(page, await registerOwn(demonstration, { staffId: await registerAbsentee(demonstration) }));
    await send(page);
    await page.waitForURL('**/programare/ora');
  }),
  state('hour-next-week', toHours, (page) => page.locator('.week-ways a').last().click()),
  state('hour-closed-week', toHours, goTo('/programare/ora?sapt=2027-05-03')),
  state('hour-none-chosen', toHours, send),
  state('hour-taken', async (page, demonstration) => {
    await toHours(page, demonstration);
    const startsAt = await chooseHour(page);
    await chooseMode(page, 'in-person');
    await send(page);
    await takeAway(page, demonstration, startsAt);
    await send(page);
    await page.waitForSelector('.error-summary');
  }),
  state('hour-english', toHours, goTo('/limba/en?spre=/programare/ora')),
];

const answerStates: readonly PageState[] = [
  state('mode', toModes),
  state('mode-notice-not-accepted', toModes, (page) => page.check('input[value=online]'), send),
  state('mode-none', toModes, send),
  ...(['online', 'phone', 'in-person'] as const).map((mode) => state(`contact-${mode}`, contact(mode))),
  state('contact-faulty', contact('online'), fill('#email', 'ana.pop'), fill('#notes', hostile.repeat(3)), send),
  pictured(state('check-online', check('online'))),
  state('check-hostile', contact('in-person'), fill('#notes', hostile), send),
  state('check-change-hour', check('phone'), click('a[href="/programare/ora?schimba"]')),
];

const codeStates: readonly PageState[] = [
  pictured(state('code', toCode)),
  state('code-not-arrived', toCode, click('summary')),
  state('code-too-short', toCode, fill('#code', '12 3'), send),
  state('code-wrong', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    const right = await codeFor(demonstration, own);
    await page.fill('#code', right === '123456' ? '654321' : '123-456');
    await send(page);
  }),
  state('code-new-too-early', toCode, click('summary'), click('#nou'), see('.error-summary')),
  state('code-other-address', toCode, otherAddress),
];

const ticketStates: readonly PageState[] = [
  state('ticket-new', ticket('online')),
  state('ticket-new-without-email', ticket('in-person')),
  state('ticket-already', ticket('phone'), goTo('/programare/verificare')),
  state('ticket-already-start', ticket('phone'), goTo('/programare')),
  pictured(state('ticket-with-link', ticketOf(cast.withLink))),
  state('ticket-moved-by-citizen', ticketOf(cast.moved)),
  state('ticket-in-progress', ticketOf(cast.going)),
  state('ticket-held', ticketOf(cast.awaited)),
  state('ticket-concluded', ticketOf(cast.concluded)),
  state('ticket-amended', toAmended),
  state('ticket-objection', toAmended, onward('obiectie')),
  state('ticket-objection-faulty', toAmended, onward('obiectie'), sendTyped('obiectie')),
  state('ticket-contact', ticket('online'), onward('contact')),
  state('ticket-contact-faulty', ticket('online'), onward('contact'), sendTyped('contact')),
  state(
    'ticket-contact-awaited',
    ticket('online'),
    onward('contact'),
    fill('#email', 'alta.adresa@posta.example'),
    sendTyped('contact'),
    arrive('**facut=cod'),
  ),
  state('ticket-citizen-absent', ticketOf(cast.notThere)),
  state('ticket-cancelled', ticketOf(cast.cancelled)),
  state('ticket-withdrawn', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    const reference = await referenceFor(demonstration, own);
    await otherAddress(page, demonstration);
    await page.goto(`/tichet/${reference}`);
  }),
  state('ticket-awaiting-code', async (page, demonstration) => {
    const own = await toCode(page, demonstration);
    await page.goto(`/tichet/${await referenceFor(demonstration, own)}`);
  }),
  state('ticket-move', ticket('in-person'), click('a[href$="/muta"]')),
  state('ticket-moved', ticket('in-person'), click('a[href$="/muta"]'), chooseHour, arrive('**facut=mutat')),
  state('ticket-earlier-hour-wanted', ticket('online'), click('form[action$="/devreme"] button'), arrive('**facut=*')),
  state('ticket-cancel', ticket('phone'), click('a[href$="/anulare"]')),
  state('ticket-cancelled-now', ticket('phone'), click('a[href$="/anulare"]'), send, arrive('**facut=anulat')),
  state('mode-english', inEnglish(toModes)),
  state('contact-english', inEnglish(contact('phone'))),
  state('check-english', inEnglish(check('online'))),
  state('code-english', inEnglish(toCode)),
  state('ticket-english', inEnglish(ticket('online'))),
  state('open-english', inEnglish(goTo('/tichet/TA-00000000'))),
  state('find', goTo('/tichet')),
  state('find-by-request', goTo('/tichet/dupa-cerere')),
  state('find-by-request-faulty', goTo('/tichet/dupa-cerere'), click('form[action="/tichet/dupa-cerere"] button')),
  state('find-faulty', goTo('/tichet'), fill('#reference', hostile), send),
  state('open', goTo('/tichet/TA-00000000')),
  state('open-asked', ticket('in-person'), askToOpen, see('#code')),
  state('open-wrong', ticket('in-person'), askToOpen, fill('#code', '123456'), send, see('.error-summary')),
];

/** Every state of the citizen's pages: the way to a ticket, the ticket, and the way back to it. */
export const bookingStates: readonly PageState[] = [...requestStates, ...hourStates, ...answerStates, ...codeStates, ...ticketStates];
