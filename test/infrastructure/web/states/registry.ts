import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { skipGroupPath } from '../../../../src/infrastructure/web/administration/service-parts';
import { parkAnItem, parkManyItems } from './parked-item';
import { goTo, inTurn, pictured, stateOf, type PageState, type Step } from './state';
import { unconfirmRetention } from './unconfirmed-retention';

const registry = { role: 'registry' } as const;
const admin = { role: 'admin' } as const;

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

const typed =
  (fields: Readonly<Record<string, string>>): Step =>
  (page) =>
    fill(page, fields);
const importText = (text: string): Step => inTurn(goTo('/registratura/import'), typed({ randuri: text }), send);
const requestsHeader = readFileSync(join(__dirname, '../../../../examples/requests.csv'), 'utf8').split('\n')[0] ?? '';
const goodRequests = `${requestsHeader}\n990010,433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,d02,,,\n990011,433,2027-02-08,Marc Zoltán,Acord,answered,d03,550011,2027-03-01,email\n`;
const someFaulty = `${goodRequests}990012,433,2027-02-30,Fără Dată,,in-operation,d02,,,\n990013,433,2027-02-09,,,in-operation,nimeni,,,\n990014,433,2027-02-09,Rusu "Emil,,in-operation,d02,,,\n990015,433,2027-02-09,Răspuns fără canal,,in-operation,d02,550015,2027-03-02,\n`;
const manyFaulty = `${requestsHeader}\n${Array.from({ length: 60 }, (_, index) => `99${index},,ieri,,,în lucru,d02,,,`).join('\n')}\n`;
const semicolons = `${requestsHeader.replaceAll(',', ';')}\n990016;433;2027-02-09;Popa Ilinca;;in-operation;d02;;;\n`;

const own = { number: '990001', filedOn: '2027-02-10' };
const card = `/registratura/cereri/${own.number}/${own.filedOn}`;
/** A request of these states alone. */
const registerOwn = inTurn(
  goTo('/registratura/cerere'),
  typed({
    ...own,
    applicantName: 'Țărnă-Ödön Ștefania',
    subject: 'Autorizație de construire pentru o anexă gospodărească',
    departmentCode: '433',
  }),
  (page) => page.locator('main [name=handlerStaffId]').selectOption('d02'),
  send,
);
const chooseChannel: Step = (page) => page.locator('main [name=channel]').first().check();
const answerOwn = inTurn(
  registerOwn,
  goTo(`${card}/raspuns`),
  typed({ documentNumber: '551200', communicatedOn: '2027-03-01' }),
  chooseChannel,
  send,
);
/** Another applicant under the same number and date. */
const disputeOwn = inTurn(registerOwn, goTo(`${card}/modificare`), typed({ applicantName: 'Rusu Delia' }), send);
/** Another request of one of these states alone. */
const importRequest = (number: string, handler = 'd02'): Step =>
  importText(`${requestsHeader}\n${number},433,2027-02-08,Popa Ilinca,Certificat de urbanism,in-operation,${handler},,,\n`);

/** Somebody of these states alone, who has a request and then leaves. */
const registerLeaver = inTurn(
  goTo('/administrare/functionari/nou'),
  typed({
    staffId: 'r01',
    name: 'Ruxandra Țîrlea',
    departmentCode: '433',
    department: 'Serviciul Autorizări construcții',
    email: 'r01@primarie.example',
  }),
  send,
);
const leave = (staffId: string, on: string): Step => inTurn(goTo(`/administrare/functionar/${staffId}/plecare`), typed({ on }), send);
const leaveWithRequest = inTurn(registerLeaver, importRequest('990020', 'r01'), leave('r01', '2027-03-01'));

const declareDay = (date: string): Step =>
  inTurn(
    goTo('/administrare/calendar'),
    (page) => page.locator('main [name=kind]').first().check(),
    typed({ date, decision: 'H.G. nr. 1234/2027' }),
    send,
  );

const eraseFrom = (subiect: string): Step => inTurn(goTo('/administrare/stergere'), typed({ subiect }), send);
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
/** The ticket of a letter that is like this, and what its page leads to. */
const eraseTicket =
  (kind: RegExp, further?: string): Step =>
  async (page, demonstration) => {
    await eraseFrom(await aReference(page, kind))(page, demonstration);
    if (further !== undefined) await page.goto(`${new URL(page.url()).pathname}/${further}`);
  };
const openLetter =
  (kind: RegExp): Step =>
  async (page) => {
    const reference = await aReference(page, kind);
    await clickThrough(page, page.locator('.entry-name', { hasText: reference }).filter({ hasText: kind }).first());
  };

const damagedTicket = 'ticket-0195a3c0-1b2c-7d3e-8f40-000000000001';
const damagedDay = 'agenda-d02_2027-03-11';
const skipAllOf = skipGroupPath({ projection: 'agenda-days', error: 'RangeError' });
const closingOf = `/administrare/fluxuri/${damagedDay}/inchidere`;
const parkOne: Step = (_, demonstration) => parkAnItem(demonstration);
const parkMany: Step = (_, demonstration) => parkManyItems(demonstration);
const toSkipping: Step = async (page, demonstration) => page.goto(`/administrare/oprite/${await parkAnItem(demonstration)}/omitere`);
const unconfirmed: Step = (_, demonstration) => unconfirmRetention(demonstration);
const whole: Step = (_, demonstration) => demonstration.damage([]);
/** One of each kind, as an EventStoreDB may have them. */
const damagedOnes: Step = (_, demonstration) =>
  demonstration.damage([
    { stream: damagedDay, revision: 0, how: 'tombstoned' },
    { stream: 'request-154922_2027-01-12', revision: 3, how: 'foreign-event' },
    { stream: 'staff-d04', revision: 0, how: 'denied', since: '00000000000000001201' },
    { stream: 'staff-d05', revision: 0, how: 'cut', since: '00000000000000001202' },
    { stream: damagedTicket, revision: 0, how: 'deleted', since: '00000000000000001203' },
  ]);

/** Every state of the pages of the registry, the administration and the development mailbox. */
export const registryStates: readonly PageState[] = [
  pictured(stateOf('registry', registry, goTo('/registratura'))),
  stateOf('registry-found', registry, goTo('/registratura?numar=154922')),
  stateOf('registry-not-found', registry, goTo('/registratura?numar=1')),
  stateOf('registry-request-new', registry, goTo('/registratura/cerere')),
  stateOf('registry-request-faulty', registry, goTo('/registratura/cerere'), typed({ number: 'abc', filedOn: '2031-01-01' }), send),
  stateOf('registry-request-done', registry, registerOwn),
  stateOf('registry-request-change', registry, registerOwn, goTo(`${card}/modificare`)),
  stateOf('registry-answer', registry, registerOwn, goTo(`${card}/raspuns`)),
  stateOf(
    'registry-answer-faulty',
    registry,
    registerOwn,
    goTo(`${card}/raspuns`),
    typed({ documentNumber: '551200', communicatedOn: '2031-03-01' }),
    chooseChannel,
    send,
  ),
  stateOf('registry-disputed', registry, disputeOwn, goTo(card)),
  stateOf('registry-disputed-list', registry, disputeOwn, goTo('/registratura?disputate=da')),
  stateOf('registry-dispute', registry, disputeOwn, goTo(`${card}/solicitant`)),
  stateOf('registry-dispute-faulty', registry, disputeOwn, goTo(`${card}/solicitant`), send),
  stateOf('registry-answer-done', registry, answerOwn),
  ...['corectare', 'retragere'].flatMap((correction) => [
    stateOf(`registry-answer-${correction}`, registry, answerOwn, goTo(`${card}/raspuns/${correction}`)),
    stateOf(`registry-answer-${correction}-faulty`, registry, answerOwn, goTo(`${card}/raspuns/${correction}`), send),
  ]),
  stateOf('registry-import', registry, goTo('/registratura/import')),
  stateOf('registry-import-no-file', registry, goTo('/registratura/import'), (page) =>
    clickThrough(page, page.locator('main form button').first()),
  ),
  stateOf('registry-import-no-text', registry, importText('')),
  stateOf('registry-import-all-in', registry, importText(goodRequests)),
  pictured(stateOf('registry-import-report', registry, importText(someFaulty))),
  stateOf('registry-import-long-report', registry, importText(manyFaulty)),
  stateOf('registry-import-none-in', registry, importText(semicolons)),
  stateOf('administration', admin, whole, goTo('/administrare')),
  stateOf('administration-attention', admin, leaveWithRequest, parkOne, goTo('/administrare')),
  stateOf('registry-left-behind', admin, leaveWithRequest, goTo('/registratura?ramase=da')),
  stateOf('staff-list', admin, goTo('/administrare/functionari')),
  stateOf('staff-new', admin, goTo('/administrare/functionari/nou')),
  stateOf('staff-new-faulty', admin, goTo('/administrare/functionari/nou'), typed({ staffId: 'ana maria', email: 'ana' }), send),
  stateOf('staff-done', admin, registerLeaver),
  stateOf('staff-person', admin, goTo('/administrare/functionar/d02')),
  stateOf('staff-leaving', admin, goTo('/administrare/functionar/d02/plecare')),
  stateOf('staff-leaving-faulty', admin, leave('d05', '')),
  stateOf('staff-gone', admin, leaveWithRequest),
  stateOf('staff-import', admin, goTo('/administrare/functionari/import')),
  stateOf('calendar', admin, goTo('/administrare/calendar')),
  stateOf('calendar-declared', admin, declareDay('2027-12-24')),
  stateOf('calendar-faulty', admin, declareDay('2027-12-25')),
  stateOf('calendar-restored', admin, declareDay('2027-12-23'), (page) =>
    clickThrough(page, page.locator('form[action$="/2027-12-23/revenire"] button')),
  ),
  stateOf('parked-none', admin, goTo('/administrare/oprite')),
  stateOf('service', admin, goTo('/administrare/serviciu')),
  stateOf('parked', admin, parkOne, goTo('/administrare/oprite')),
  stateOf('parked-skip', admin, toSkipping),
  stateOf('parked-skip-faulty', admin, toSkipping, send),
  pictured(stateOf('service-parked', admin, parkMany, goTo('/administrare/serviciu'))),
  stateOf('parked-skip-all', admin, parkMany, goTo(skipAllOf)),
  stateOf('parked-skip-all-faulty', admin, parkMany, goTo(skipAllOf), send),
  stateOf('parked-chosen', admin, parkMany, goTo('/administrare/oprite?tabel=agenda-days')),
  stateOf('damaged-streams-none', admin, whole, goTo('/administrare/fluxuri')),
  stateOf('administration-damaged', admin, damagedOnes, goTo('/administrare')),
  stateOf('damaged-streams', admin, damagedOnes, goTo('/administrare/fluxuri')),
  stateOf('damaged-streams-closing', admin, damagedOnes, goTo(closingOf)),
  stateOf('damaged-streams-closing-faulty', admin, damagedOnes, goTo(closingOf), send),
  stateOf('damaged-streams-closed', admin, damagedOnes, goTo(closingOf), typed({ reason: 'incidentul 8' }), send),
  stateOf('retention', admin, goTo('/administrare/pastrare')),
  stateOf('retention-waiting', admin, unconfirmed, goTo('/administrare/pastrare')),
  stateOf('retention-faulty', admin, unconfirmed, goTo('/administrare/pastrare'), send),
  stateOf('erasure', admin, goTo('/administrare/stergere')),
  stateOf('erasure-unknown', admin, eraseFrom('TA-00000000')),
  stateOf('erasure-active', admin, eraseTicket(/invitația/)),
  stateOf('erasure-conclusions', admin, eraseTicket(/[Rr]ezoluți/, 'rezolutie')),
  pictured(stateOf('erasure-preview', admin, eraseTicket(/[Rr]ezoluți/))),
  stateOf('erasure-preview-of-a-request', admin, importRequest('990031'), eraseFrom('990031/433/08.02.2027')),
  stateOf('erasure-faulty', admin, eraseTicket(/[Rr]ezoluți/), send),
  stateOf(
    'erasure-report',
    admin,
    importRequest('990030'),
    eraseFrom('990030/433/08.02.2027'),
    typed({ reason: 'cererea persoanei, adresa 12/2027' }),
    (page) => page.locator('main [name=confirm]').check(),
    send,
  ),
  // a ticket whose processing is restricted is not erased meanwhile: no state of the erasure comes after these
  stateOf('restriction', admin, eraseTicket(/[Rr]ezoluți/, 'restrictionare')),
  stateOf(
    'restriction-lift',
    admin,
    eraseTicket(/[Rr]ezoluți/, 'restrictionare'),
    (page) => page.locator('#ground').check(),
    typed({ reason: 'cererea 12/2026' }),
    send,
  ),
  pictured(stateOf('mailbox', 'citizen', goTo('/dev/mailbox'))),
  stateOf('mailbox-letter-code', 'citizen', openLetter(/codul de validare/)),
  stateOf('mailbox-letter-calendar', 'citizen', openLetter(/invitația/)),
];
