import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { skipGroupPath } from '../../../../src/infrastructure/web/administration/service-parts';
import { parkAnItem, parkManyItems } from './parked-item';
import { goTo, inTurn, stateOf, type PageState } from './state';
import { unconfirmRetention } from './unconfirmed-retention';

const registry = { role: 'registry' } as const;
const admin = { role: 'admin' } as const;

const go = (path: string) => async (page: Page) => {
  await page.goto(path);
};
/** Until the page that it leads to is all there. */
const clickThrough = async (page: Page, locator: Locator): Promise<void> => {
  await locator.click();
  await page.waitForLoadState();
};
/** The last form of the page, not the one of signing out. */
const send = (page: Page): Promise<void> => clickThrough(page, page.locator('main form button:not([name=ciorna])').last());
const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, text] of Object.entries(fields)) await page.locator(`main [name=${name}]`).fill(text);
};

const importText = (path: string, text: string) => async (page: Page) => {
  await page.goto(path);
  await fill(page, { randuri: text });
  await send(page);
};
const requestsHeader = readFileSync(join(__dirname, '../../../../examples/requests.csv'), 'utf8').split('\n')[0] ?? '';
const goodRequests = `${requestsHeader}\n990010,433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,d02,,,\n990011,433,2027-02-08,Marc Zoltán,Acord,answered,d03,550011,2027-03-01,email\n`;
const someFaulty = `${goodRequests}990012,433,2027-02-30,Fără Dată,,in-operation,d02,,,\n990013,433,2027-02-09,,,in-operation,nimeni,,,\n990014,433,2027-02-09,Rusu "Emil,,in-operation,d02,,,\n990015,433,2027-02-09,Răspuns fără canal,,in-operation,d02,550015,2027-03-02,\n`;
const manyFaulty = `${requestsHeader}\n${Array.from({ length: 60 }, (_, index) => `99${index},,ieri,,,în lucru,d02,,,`).join('\n')}\n`;
const semicolons = `${requestsHeader.replaceAll(',', ';')}\n990016;433;2027-02-09;Popa Ilinca;;in-operation;d02;;;\n`;

const own = { number: '990001', filedOn: '2027-02-10' };
const card = `/registratura/cereri/${own.number}/${own.filedOn}`;
/** A request of these states alone. */
const registerOwn = async (page: Page): Promise<void> => {
  await page.goto('/registratura/cerere');
  await fill(page, {
    ...own,
    applicantName: 'Țărnă-Ödön Ștefania',
    subject: 'Autorizație de construire pentru o anexă gospodărească',
    departmentCode: '433',
  });
  await page.locator('main [name=handlerStaffId]').selectOption('d02');
  await send(page);
};
const answerOwn = async (page: Page): Promise<void> => {
  await registerOwn(page);
  await page.goto(`${card}/raspuns`);
  await fill(page, { documentNumber: '551200', communicatedOn: '2027-03-01' });
  await page.locator('main [name=channel]').first().check();
  await send(page);
};

/** Another applicant under the same number and date. */
const disputeOwn = async (page: Page): Promise<void> => {
  await registerOwn(page);
  await page.goto(`${card}/modificare`);
  await fill(page, { applicantName: 'Rusu Delia' });
  await send(page);
};

/** Somebody of these states alone, who has a request and then leaves. */
const leaver = '/administrare/functionar/r01';
const registerLeaver = async (page: Page): Promise<void> => {
  await page.goto('/administrare/functionari/nou');
  await fill(page, {
    staffId: 'r01',
    name: 'Ruxandra Țîrlea',
    departmentCode: '433',
    department: 'Serviciul Autorizări construcții',
    email: 'r01@primarie.example',
  });
  await send(page);
};
const leaveWithRequest = async (page: Page): Promise<void> => {
  await registerLeaver(page);
  await importText(
    '/registratura/import',
    `${requestsHeader}\n990020,433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,r01,,,\n`,
  )(page);
  await page.goto(`${leaver}/plecare`);
  await fill(page, { on: '2027-03-01' });
  await send(page);
};
const leaveUnsaid = async (page: Page): Promise<void> => {
  await page.goto('/administrare/functionar/d05/plecare');
  await fill(page, { on: '' });
  await send(page);
};

const declareDay = (date: string) => async (page: Page) => {
  await page.goto('/administrare/calendar');
  await page.locator('main [name=kind]').first().check();
  await fill(page, { date, decision: 'H.G. nr. 1234/2027' });
  await send(page);
};

const eraseFrom = async (page: Page, subject: string): Promise<void> => {
  await page.goto('/administrare/stergere');
  await fill(page, { subiect: subject });
  await send(page);
};
/** A reference of the demonstration: the letters say it. */
const aReference = async (page: Page, kind: RegExp): Promise<string> => {
  for (let number = 1; ; number += 1) {
    await page.goto(`/dev/mailbox?pagina=${number}`);
    const subjects = await page.locator('.entry-name').allInnerTexts();
    const found = subjects.find((subject) => kind.test(subject));
    const reference = /TA-\w{8}/.exec(found ?? '')?.[0];
    if (reference !== undefined) return reference;
    if ((await page.locator(`a[href="/dev/mailbox?pagina=${number + 1}"]`).count()) === 0) throw new Error(`No letter is like ${kind}.`);
  }
};
const openLetter = (kind: RegExp) => async (page: Page) => {
  const reference = await aReference(page, kind);
  await clickThrough(page, page.locator('.entry-name', { hasText: reference }).filter({ hasText: kind }).first());
};

const damagedTicket = 'ticket-0195a3c0-1b2c-7d3e-8f40-000000000001';
const damagedDay = 'agenda-d02_2027-03-11';
const skipAllOf = skipGroupPath({ projection: 'agenda-days', error: 'RangeError' });
const closingOf = `/administrare/fluxuri/${damagedDay}/inchidere`;
const whole: PageState['reach'] = (_, demonstration) => demonstration.damage([]);
/** One of each kind, as an EventStoreDB may have them. */
const damagedOnes: PageState['reach'] = (_, demonstration) =>
  demonstration.damage([
    { stream: damagedDay, revision: 0, how: 'tombstoned' },
    { stream: 'request-154922_2027-01-12', revision: 3, how: 'foreign-event' },
    { stream: 'staff-d04', revision: 0, how: 'denied', since: '00000000000000001201' },
    { stream: 'staff-d05', revision: 0, how: 'cut', since: '00000000000000001202' },
    { stream: damagedTicket, revision: 0, how: 'deleted', since: '00000000000000001203' },
  ]);

/** Every state of the pages of the registry, the administration and the development mailbox. */
export const registryStates: readonly PageState[] = [
  { name: 'registry', as: registry, reach: go('/registratura'), picture: true },
  { name: 'registry-found', as: registry, reach: go('/registratura?numar=154922') },
  { name: 'registry-not-found', as: registry, reach: go('/registratura?numar=1') },
  { name: 'registry-request-new', as: registry, reach: go('/registratura/cerere') },
  stateOf(
    'registry-request-faulty',
    registry,
    goTo('/registratura/cerere'),
    (page) => fill(page, { number: 'abc', filedOn: '2031-01-01' }),
    send,
  ),
  { name: 'registry-request-done', as: registry, reach: registerOwn },
  stateOf('registry-request-change', registry, registerOwn, goTo(`${card}/modificare`)),
  stateOf('registry-answer', registry, registerOwn, goTo(`${card}/raspuns`)),
  stateOf(
    'registry-answer-faulty',
    registry,
    registerOwn,
    goTo(`${card}/raspuns`),
    (page) => fill(page, { documentNumber: '551200', communicatedOn: '2031-03-01' }),
    (page) => page.locator('main [name=channel]').first().check(),
    send,
  ),
  stateOf('registry-disputed', registry, disputeOwn, goTo(card)),
  stateOf('registry-disputed-list', registry, disputeOwn, goTo('/registratura?disputate=da')),
  stateOf('registry-dispute', registry, disputeOwn, goTo(`${card}/solicitant`)),
  stateOf('registry-dispute-faulty', registry, disputeOwn, goTo(`${card}/solicitant`), send),
  { name: 'registry-answer-done', as: registry, reach: answerOwn },
  ...['corectare', 'retragere'].flatMap((correction) => [
    stateOf(`registry-answer-${correction}`, registry, answerOwn, goTo(`${card}/raspuns/${correction}`)),
    stateOf(`registry-answer-${correction}-faulty`, registry, answerOwn, goTo(`${card}/raspuns/${correction}`), send),
  ]),
  { name: 'registry-import', as: registry, reach: go('/registratura/import') },
  stateOf('registry-import-no-file', registry, goTo('/registratura/import'), (page) =>
    clickThrough(page, page.locator('main form button').first()),
  ),
  { name: 'registry-import-no-text', as: registry, reach: importText('/registratura/import', '') },
  { name: 'registry-import-all-in', as: registry, reach: importText('/registratura/import', goodRequests) },
  { name: 'registry-import-report', as: registry, reach: importText('/registratura/import', someFaulty), picture: true },
  { name: 'registry-import-long-report', as: registry, reach: importText('/registratura/import', manyFaulty) },
  { name: 'registry-import-none-in', as: registry, reach: importText('/registratura/import', semicolons) },
  { name: 'administration', as: admin, reach: inTurn(whole, goTo('/administrare')) },
  stateOf('administration-attention', admin, leaveWithRequest, (page, demonstration) => parkAnItem(demonstration), goTo('/administrare')),
  stateOf('registry-left-behind', admin, leaveWithRequest, goTo('/registratura?ramase=da')),
  { name: 'staff-list', as: admin, reach: go('/administrare/functionari') },
  { name: 'staff-new', as: admin, reach: go('/administrare/functionari/nou') },
  stateOf(
    'staff-new-faulty',
    admin,
    goTo('/administrare/functionari/nou'),
    (page) => fill(page, { staffId: 'ana maria', email: 'ana' }),
    send,
  ),
  { name: 'staff-done', as: admin, reach: registerLeaver },
  { name: 'staff-person', as: admin, reach: go('/administrare/functionar/d02') },
  { name: 'staff-leaving', as: admin, reach: go('/administrare/functionar/d02/plecare') },
  { name: 'staff-leaving-faulty', as: admin, reach: leaveUnsaid },
  { name: 'staff-gone', as: admin, reach: leaveWithRequest },
  { name: 'staff-import', as: admin, reach: go('/administrare/functionari/import') },
  { name: 'calendar', as: admin, reach: go('/administrare/calendar') },
  { name: 'calendar-declared', as: admin, reach: declareDay('2027-12-24') },
  { name: 'calendar-faulty', as: admin, reach: declareDay('2027-12-25') },
  stateOf('calendar-restored', admin, declareDay('2027-12-23'), (page) =>
    clickThrough(page, page.locator('form[action$="/2027-12-23/revenire"] button')),
  ),
  { name: 'parked-none', as: admin, reach: go('/administrare/oprite') },
  { name: 'service', as: admin, reach: go('/administrare/serviciu') },
  stateOf('parked', admin, (page, demonstration) => parkAnItem(demonstration), goTo('/administrare/oprite')),
  stateOf('parked-skip', admin, async (page, demonstration) => {
    await page.goto(`/administrare/oprite/${await parkAnItem(demonstration)}/omitere`);
  }),
  stateOf('parked-skip-faulty', admin, async (page, demonstration) => {
    await page.goto(`/administrare/oprite/${await parkAnItem(demonstration)}/omitere`);
    await send(page);
  }),
  {
    ...stateOf('service-parked', admin, (page, demonstration) => parkManyItems(demonstration), goTo('/administrare/serviciu')),
    picture: true,
  },
  stateOf('parked-skip-all', admin, (page, demonstration) => parkManyItems(demonstration), goTo(skipAllOf)),
  stateOf('parked-skip-all-faulty', admin, (page, demonstration) => parkManyItems(demonstration), goTo(skipAllOf), send),
  stateOf('parked-chosen', admin, (page, demonstration) => parkManyItems(demonstration), goTo('/administrare/oprite?tabel=agenda-days')),
  stateOf('damaged-streams-none', admin, whole, goTo('/administrare/fluxuri')),
  stateOf('administration-damaged', admin, damagedOnes, goTo('/administrare')),
  stateOf('damaged-streams', admin, damagedOnes, goTo('/administrare/fluxuri')),
  stateOf('damaged-streams-closing', admin, damagedOnes, goTo(closingOf)),
  stateOf('damaged-streams-closing-faulty', admin, damagedOnes, goTo(closingOf), send),
  stateOf('damaged-streams-closed', admin, damagedOnes, goTo(closingOf), (page) => fill(page, { reason: 'incidentul 8' }), send),
  { name: 'retention', as: admin, reach: go('/administrare/pastrare') },
  stateOf('retention-waiting', admin, (page, demonstration) => unconfirmRetention(demonstration), goTo('/administrare/pastrare')),
  stateOf('retention-faulty', admin, (page, demonstration) => unconfirmRetention(demonstration), goTo('/administrare/pastrare'), send),
  { name: 'erasure', as: admin, reach: go('/administrare/stergere') },
  { name: 'erasure-unknown', as: admin, reach: (page) => eraseFrom(page, 'TA-00000000') },
  stateOf('erasure-active', admin, async (page) => {
    await eraseFrom(page, await aReference(page, /invitația/));
  }),
  stateOf('erasure-conclusions', admin, async (page) => {
    await eraseFrom(page, await aReference(page, /[Rr]ezoluți/));
    await page.goto(`${new URL(page.url()).pathname}/rezolutie`);
  }),
  {
    ...stateOf('erasure-preview', admin, async (page) => {
      await eraseFrom(page, await aReference(page, /[Rr]ezoluți/));
    }),
    picture: true,
  },
  stateOf('erasure-preview-of-a-request', admin, async (page) => {
    await importText(
      '/registratura/import',
      `${requestsHeader}\n990031,433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,d02,,,\n`,
    )(page);
    await eraseFrom(page, '990031/433/08.02.2027');
  }),
  stateOf('erasure-faulty', admin, async (page) => {
    await eraseFrom(page, await aReference(page, /[Rr]ezoluți/));
    await send(page);
  }),
  stateOf('erasure-report', admin, async (page) => {
    await importText(
      '/registratura/import',
      `${requestsHeader}\n990030,433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,d02,,,\n`,
    )(page);
    await eraseFrom(page, '990030/433/08.02.2027');
    await fill(page, { reason: 'cererea persoanei, adresa 12/2027' });
    await page.locator('main [name=confirm]').check();
    await send(page);
  }),
  // a ticket whose processing is restricted is not erased meanwhile: no state of the erasure comes after these
  stateOf('restriction', admin, async (page) => {
    await eraseFrom(page, await aReference(page, /[Rr]ezoluți/));
    await page.goto(`${new URL(page.url()).pathname}/restrictionare`);
  }),
  stateOf('restriction-lift', admin, async (page) => {
    await eraseFrom(page, await aReference(page, /[Rr]ezoluți/));
    await page.goto(`${new URL(page.url()).pathname}/restrictionare`);
    await page.locator('#ground').check();
    await fill(page, { reason: 'cererea 12/2026' });
    await send(page);
  }),
  { name: 'mailbox', as: 'citizen', reach: go('/dev/mailbox'), picture: true },
  { name: 'mailbox-letter-code', as: 'citizen', reach: openLetter(/codul de validare/) },
  { name: 'mailbox-letter-calendar', as: 'citizen', reach: openLetter(/invitația/) },
];
