import type { Page } from 'playwright-core';
import type { Demonstration } from '../browser/support/demonstration';
import { codeIn, lettersIn, letterThat } from '../browser/support/letters';

/** A request of its own for each way through the pages, so that none stands in the way of another. */
export type OwnRequest = { readonly number: string; readonly filedOn: string; readonly name: string; readonly email: string };

let made = 0;
const firstNumber = 300_000;

/** Registered by the registry a moment ago; d02 handles it. */
export const registerOwn = async (
  { url, tokens }: Demonstration,
  {
    name = 'Popescu I. Ion',
    status = 'in-operation',
    staffId = 'd02',
  }: { readonly name?: string; readonly status?: string; readonly staffId?: string } = {},
): Promise<OwnRequest> => {
  made += 1;
  const number = String(firstNumber + made);
  const filedOn = '2027-03-01';
  const answer = await fetch(`${url}/api/v1/requests/${number}/${filedOn}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${tokens['registry'] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      applicantName: name,
      department: 'Serviciul Autorizări construcții',
      departmentCode: '433',
      handlerStaffId: staffId,
      status,
    }),
  });
  if (!answer.ok) throw new Error(`The request was not registered: ${String(answer.status)} ${await answer.text()}`);
  return { number, filedOn, name, email: `cetatean.${number}@posta.example` };
};

/** Somebody who is away for as long as hours may be booked. */
export const registerAbsentee = async ({ url, tokens }: Demonstration): Promise<string> => {
  made += 1;
  const staffId = `z${String(made)}`;
  const call = async (role: string, method: string, path: string, body: object): Promise<void> => {
    const headers = { authorization: `Bearer ${tokens[role] ?? ''}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1/staff/${staffId}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const department = { department: 'Serviciul Autorizări construcții', departmentCode: '433' };
  await call('admin', 'PUT', '', { name: 'Laura Deac', role: 'executive', ...department, email: `${staffId}@primaria.example` });
  await call('head', 'POST', '/absences', { from: '2027-03-01T06:00:00.000Z', to: '2027-07-01T06:00:00.000Z', reason: 'concediu' });
  return staffId;
};

export const typeRequest = async (
  page: Page,
  { number, filedOn, name }: Pick<OwnRequest, 'number' | 'filedOn' | 'name'>,
  path = '/programare',
): Promise<void> => {
  await page.goto(path);
  await page.fill('#requestNumber', number);
  await page.fill('#applicantName', name);
  await page.fill('#day', String(Number(filedOn.slice(8))));
  await page.fill('#month', String(Number(filedOn.slice(5, 7))));
  await page.fill('#year', filedOn.slice(0, 4));
};
const send = async (page: Page): Promise<void> => {
  await page.locator('main form:has(.actions) .actions button').first().click();
};

export const toHours = async (page: Page, demonstration: Demonstration): Promise<OwnRequest> => {
  const own = await registerOwn(demonstration);
  await typeRequest(page, own);
  await send(page);
  await page.waitForURL('**/programare/ora');
  return own;
};
/** Any of the free hours of the day that is shown: the days of one person are shared by all who walk here. */
export const chooseHour = async (page: Page): Promise<string> => {
  const radios = page.locator('.time input');
  await radios.first().waitFor({ state: 'attached' });
  const radio = radios.nth(Math.floor(Math.random() * (await radios.count())));
  const value = await radio.inputValue();
  await radio.check({ force: true });
  await send(page);
  return value;
};
/** of the demonstration, with hours */
const weeks = ['2027-03-15', '2027-03-22', '2027-03-29', '2027-04-05', '2027-04-12', '2027-04-19'];

export const toModes = async (page: Page, demonstration: Demonstration): Promise<OwnRequest> => {
  const own = await toHours(page, demonstration);
  await page.goto(`/programare/ora?sapt=${weeks[made % weeks.length] ?? ''}`);
  await chooseHour(page);
  await page.waitForURL('**/programare/mod');
  return own;
};
export type Mode = 'online' | 'phone' | 'in-person';

type Booked = { readonly ticketId: string; readonly manageToken: string };
/** Books as a program of the citizen would: the first free hour of a day, or this one. @throws when it is not given */
export const bookByProgram = async (
  { url }: Demonstration,
  own: OwnRequest,
  {
    mode,
    on,
    startsAt,
  }: { readonly mode: Mode } & ({ readonly on: string; readonly startsAt?: never } | { readonly startsAt: string; readonly on?: never }),
): Promise<Booked> => {
  const ask = async (path: string, token: string, body?: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
    const answer = await fetch(
      `${url}/api/v1${path}`,
      body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
    return answer.json();
  };
  const lookup = { requestNumber: own.number, applicantName: own.name, filedOn: own.filedOn };
  const found = (await ask('/requests/lookup', '', lookup)) as { bookingToken: string; recordingNotice: { version: string } };
  const free = async (): Promise<string | undefined> => {
    const { slots } = (await ask(`/slots?from=${on ?? ''}&to=${on ?? ''}`, found.bookingToken)) as { slots: { startsAt: string }[] };
    return slots[0]?.startsAt;
  };
  return (await ask('/tickets', found.bookingToken, {
    startsAt: startsAt ?? (await free()),
    mode,
    phone: '0740 123 456',
    ...(mode === 'in-person' ? {} : { email: own.email }),
    ...(mode === 'online' ? { recordingNoticeVersion: found.recordingNotice.version } : {}),
  })) as Booked;
};
export const enterCodeByProgram = async (
  demonstration: Demonstration,
  own: OwnRequest,
  { ticketId, manageToken }: Booked,
): Promise<void> => {
  const answer = await fetch(`${demonstration.url}/api/v1/tickets/${ticketId}/verification`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${manageToken}` },
    body: JSON.stringify({ code: await codeFor(demonstration, own) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
};
export const chooseMode = async (page: Page, mode: Mode): Promise<void> => {
  if (mode === 'online') await page.check('#acord');
  await page.check(`input[name=mode][value=${mode}]`);
  await send(page);
  await page.waitForURL('**/programare/contact');
};
export const toContact = async (page: Page, demonstration: Demonstration, mode: Mode): Promise<OwnRequest> => {
  const own = await toModes(page, demonstration);
  await chooseMode(page, mode);
  return own;
};
export const toCheck = async (page: Page, demonstration: Demonstration, mode: Mode): Promise<OwnRequest> => {
  const own = await toContact(page, demonstration, mode);
  if (mode === 'online') await page.fill('#email', own.email);
  await page.fill('#phone', '0740 123 456');
  await send(page);
  await page.waitForURL('**/programare/verificare');
  return own;
};
export const toCode = async (page: Page, demonstration: Demonstration): Promise<OwnRequest> => {
  const own = await toCheck(page, demonstration, 'online');
  await send(page);
  await page.waitForURL('**/programare/cod');
  return own;
};
const codeLetter = ({ dataDirectory }: Demonstration, { email }: OwnRequest) =>
  letterThat(dataDirectory, ({ to, text }) => to === email && /^\d{6}$/mu.test(text));
export const codeFor = async (demonstration: Demonstration, own: OwnRequest): Promise<string> =>
  codeIn(await codeLetter(demonstration, own));
export const referenceFor = async (demonstration: Demonstration, own: OwnRequest): Promise<string> =>
  /TA-\w{8}/u.exec((await codeLetter(demonstration, own)).subject)?.[0] ?? '';
export const toTicket = async (page: Page, demonstration: Demonstration, mode: Mode = 'online'): Promise<OwnRequest> => {
  if (mode !== 'online') {
    const own = await toCheck(page, demonstration, mode);
    await send(page);
    await page.waitForURL('**/tichet/TA-*');
    return own;
  }
  const own = await toCode(page, demonstration);
  await page.fill('#code', await codeFor(demonstration, own));
  await send(page);
  await page.waitForURL('**/tichet/TA-*');
  return own;
};
export const referenceOn = (page: Page): string => /TA-\w{8}/u.exec(page.url())?.[0] ?? '';

/** The sessions in which tickets of the demonstration were opened: one code an hour is enough for each. */
const opened = new Map<string, Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>>();

/** Opens a ticket of the demonstration's week with a code from its letter. `place`: which one of its cast. */
export const openTicketOf = async (page: Page, { url, dataDirectory }: Demonstration, place: number): Promise<void> => {
  const email = `cetatean.${String(place)}@posta.example`;
  const known = (await lettersIn(dataDirectory)).find(({ to }) => to === email);
  const reference = /TA-\w{8}/u.exec(known?.subject ?? '')?.[0] ?? '';
  const cookies = opened.get(`${url} ${reference}`);
  if (cookies === undefined) {
    await page.goto(`/tichet/${reference}`);
    await page.click('#trimite');
    const letter = await letterThat(dataDirectory, ({ to, subject }) => to === email && /deschide|opens/u.test(subject));
    await page.fill('#code', codeIn(letter));
    await send(page);
    await page.waitForURL(`**/tichet/${reference}?facut=deschis`);
    opened.set(`${url} ${reference}`, await page.context().cookies());
  } else await page.context().addCookies(cookies);
  await page.goto(`/tichet/${reference}`);
};
export { send };
