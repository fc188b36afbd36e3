import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import { bookByProgram, registerOwn, send, typeRequest } from './booking-ways';
import { goTo, inTurn, type PageState, stateOf, type Viewer } from './state';

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
  (path: string) =>
  (page: Page): Promise<unknown> =>
    page.goto(`${new URL(page.url()).pathname}/${path}`);

/** Every state of the counter's pages. */
export const counterStates: readonly PageState[] = [
  stateOf('counter', registry, goTo('/ghiseu')),
  stateOf('counter-faulty', registry, goTo('/ghiseu'), (page) => page.locator('form[action="/ghiseu"] button').click()),
  stateOf(
    'counter-not-found',
    registry,
    (page) => typeRequest(page, { number: '999999', filedOn: '2027-03-01', name: 'Ion Popescu' }, '/ghiseu'),
    (page) => page.locator('form[action="/ghiseu"] button').click(),
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
    (page) => page.waitForURL('**/programare/contact'),
  ),
  stateOf('counter-ticket', registry, toTicket),
  stateOf('counter-ticket-print', registry, inTurn(toTicket, onward('tipar'))),
  stateOf('counter-ticket-contact', registry, inTurn(toTicket, onward('contact'))),
  stateOf('counter-ticket-contact-faulty', registry, inTurn(toTicket, onward('contact')), (page) =>
    page.locator('form[action$="/contact"] button:not([name=ciorna])').click(),
  ),
  stateOf('counter-ticket-move', registry, inTurn(toTicket, onward('mutare/counter'))),
  stateOf(
    'counter-ticket-cancel-faulty',
    registry,
    toTicket,
    (page) => page.locator('details:has(form[action$="/anulare"]) summary').click(),
    (page) => page.locator('form[action$="/anulare"] button').click(),
  ),
];
