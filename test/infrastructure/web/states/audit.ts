import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import { goTo, type PageState, pictured, stateOf, type Step, type Viewer } from './state';

const auditor: Viewer = { role: 'auditor' };
const nobody = '00000000-0000-7000-8000-000000000000';

/** The address of the first ticket that a list shows. */
const firstOf = async (page: Page, list: string): Promise<string> => {
  await page.goto(list);
  return (await page.locator('.audit-list th a').first().getAttribute('href')) ?? '';
};

/** As an administrator does, over the API; again changes nothing. An active ticket refuses it. */
const forget = async (ticketId: string, demonstration: Demonstration, expected = 200): Promise<void> => {
  const { url, tokens } = demonstration as Demonstration & { readonly tokens: { readonly admin: string } };
  const answer = await fetch(`${url}/api/v1/tickets/${ticketId}/forget`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'la cererea persoanei' }),
  });
  if (answer.status !== expected) throw new Error(await answer.text());
};

/** A page of the first ticket of a list. */
const ofFirst =
  (list: string, further: string): Step =>
  async (page) => {
    await page.goto((await firstOf(page, list)) + further);
  };

const failing = '/audit?verdict=fail';
const noRecording = '/audit?verdict=fail&verificare=C13';
const inState = (name: string, ...steps: readonly Step[]): PageState => stateOf(`audit-${name}`, auditor, ...steps);

export const auditStates: readonly PageState[] = [
  pictured(inState('list', goTo('/audit'))),
  inState('list-failing', goTo(failing)),
  inState('list-of-one-check', goTo('/audit?verificare=C16')),
  inState('list-empty', goTo('/audit?de-la=2031-01-01')),
  inState('list-faulty', goTo('/audit?de-la=2027-02-30&functionar=%3C')),
  inState('list-not-found', goTo('/audit?tichet=TA-00000000')),
  inState('list-narrowed', goTo('/audit?serviciu=433&mod=online&temei=in-operation&functionar=d02')),
  inState('list-nobody-called-so', goTo('/audit?functionar=Nimeni&cerere=abc')),
  stateOf('audit-list-of-a-head', { role: 'head', staffId: 'd01' }, goTo('/audit')),
  inState('calendar', goTo('/audit/calendar?de-la=2027-03-01&pana-la=2027-03-31')),
  inState('calendar-empty', goTo('/audit/calendar?de-la=2031-01-01&pana-la=2031-01-02')),
  inState('calendar-faulty', goTo('/audit/calendar?de-la=2027-02-30&functionar=Nimeni')),
  inState('checks', goTo('/audit/verificari')),
  inState('seal', goTo('/audit/sigiliu')),
  inState('who-looked', goTo('/audit/citiri')),
  inState('who-looked-faulty', goTo('/audit/citiri?tichet=TA-00000000&persoana=%3C&de-la=2027-02-30')),
  inState('who-looked-nobody', goTo('/audit/citiri?persoana=nimeni')),
  inState('who-looked-ticket', async (page) => {
    await page.goto(await firstOf(page, failing));
    await page.locator('a[href^="/audit/citiri?tichet="]').click();
  }),
  inState('ticket-now', ofFirst(failing, '')),
  inState('ticket-first-step', ofFirst(noRecording, '?pas=1')),
  pictured(inState('ticket-step', ofFirst(noRecording, '?pas=4'))),
  inState('ticket-rescheduled', async (page) => {
    await page.goto('/audit');
    const tickets: string[] = [];
    for (const row of await page.locator('.audit-list th a').all()) tickets.push((await row.getAttribute('href')) ?? '');
    for (const ticket of tickets) {
      await page.goto(ticket);
      const moved = page.locator('.steps a', { hasText: /reprogramată.*funcționarul/ }).first();
      if ((await moved.count()) === 0) continue;
      await moved.click();
      return;
    }
    throw new Error('Nobody moved a meeting.');
  }),
  inState('ticket-pending', ofFirst('/audit?verdict=pending', '')),
  inState('ticket-back-then', ofFirst(noRecording, '?la=2027-03-04+10:00')),
  inState('ticket-ahead', ofFirst('/audit?verdict=pending', '?la=2027-12-31+12:00')),
  inState('ticket-before', ofFirst(failing, '?la=2020-01-01+00:00')),
  inState('ticket-faulty-moment', ofFirst(failing, '?la=ieri')),
  inState('ticket-not-found', goTo(`/audit/${nobody}`)),
  inState('event', ofFirst(noRecording, '/eveniment/4')),
  inState('event-long', ofFirst(failing, '/eveniment/1')),
  inState('ticket-refused', async (page, demonstration) => {
    const path = await firstOf(page, '/audit?verdict=pending');
    await forget(path.slice('/audit/'.length), demonstration, 409);
    await page.goto(`${path}#refuzate`);
  }),
  inState('ticket-forgotten', async (page, demonstration) => {
    // the one ticket of that day in person, which no other state looks at
    const path = await firstOf(page, '/audit?de-la=2027-03-03&pana-la=2027-03-03&mod=in-person');
    await forget(path.slice('/audit/'.length), demonstration);
    await page.goto(path);
  }),
];
