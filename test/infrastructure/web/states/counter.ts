import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import { bookByProgram, registerOwn, send, typeRequest } from './booking-ways';
import { arrive, click, goTo, type PageState, stateOf, type Step, type Viewer } from './state';

const registry: Viewer = { role: 'registry' };

/** The card of a ticket, as the clerk finds it who is told the three data of the request. */
const toTicket = async (page: Page, demonstration: Demonstration): Promise<void> => {
  const own = await registerOwn(demonstration, { name: 'Augustin Ghișeu' });
  await bookByProgram(demonstration, own, { mode: 'in-person', on: '2027-04-22' });
  await typeRequest(page, own, '/ghiseu');
  await page.locator('form[action="/ghiseu"] button').click();
  await page.waitForURL('**/ghiseu/tichete/*');
};
const onward =
  (path: string): Step =>
  (page) =>
    page.goto(`${new URL(page.url()).pathname}/${path}`);

/** Every state of the counter's pages. */
export const counterStates: readonly PageState[] = [
  stateOf('counter', registry, goTo('/ghiseu')),
  stateOf('counter-faulty', registry, goTo('/ghiseu'), click('form[action="/ghiseu"] button')),
  stateOf(
    'counter-not-found',
    registry,
    (page) => typeRequest(page, { number: '999999', filedOn: '2027-03-01', name: 'Ion Popescu' }, '/ghiseu'),
    click('form[action="/ghiseu"] button'),
  ),
  stateOf('counter-booking', registry, goTo('/programare/cerere')),
  stateOf(
    'counter-booking-contact',
    registry,
    async (page, demonstration) => typeRequest(page, await registerOwn(demonstration), '/programare/cerere'),
    send,
    (page) => page.locator('.time input').first().check({ force: true }),
    send,
    (page) => page.check('input[name=mode][value=in-person]'),
    send,
    arrive('**/programare/contact'),
  ),
  stateOf('counter-ticket', registry, toTicket),
  stateOf('counter-ticket-print', registry, toTicket, onward('tipar')),
  stateOf('counter-ticket-contact', registry, toTicket, onward('contact')),
  stateOf(
    'counter-ticket-contact-faulty',
    registry,
    toTicket,
    onward('contact'),
    click('form[action$="/contact"] button:not([name=ciorna])'),
  ),
  stateOf('counter-ticket-move', registry, toTicket, onward('mutare/counter')),
  stateOf(
    'counter-ticket-cancel-faulty',
    registry,
    toTicket,
    click('details:has(form[action$="/anulare"]) summary'),
    click('form[action$="/anulare"] button'),
  ),
];
