import { autocannon } from './support/autocannon';
import { request as ask } from 'node:http';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { readServiceKey } from '../../src/infrastructure/outside/identity/service-key';
import { applicantName, cityHall, filedOn, numberOf } from './support/city-hall';
import { inTurn, ratios, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { clientOf, serveApart } from './support/services';

type Options = { readonly rounds: number; readonly seconds: number };
type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

const connections = 8;
const meetings = 25;
const day = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** The Monday after next: its hours are far enough ahead. */
const monday = ((): number => {
  const now = Date.now();
  return now + (15 - (new Date(now).getUTCDay() || 7)) * day;
})();

/** Sends a form as a browser does. @returns the session's cookie */
const sendForm = (url: string, path: string, fields: Readonly<Record<string, string>>): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: url };
    const sent = ask(`${url}${path}`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
      if (answer.statusCode === 303 && cookie !== undefined) resolve(cookie);
      else reject(new Error(`The form for ${path} was answered with ${answer.statusCode ?? 0}.`));
    });
    sent.on('error', reject);
    sent.end(new URLSearchParams(fields).toString());
  });

/** Asks for this, again and again. @returns answers a second */
const rateOf = async (url: string, { path, headers }: Asked, at: number, seconds: number): Promise<number> => {
  const { requests, non2xx, errors } = await autocannon({ url: `${url}${path}`, headers, connections: at, duration: seconds });
  if (non2xx + errors > 0) throw new Error(`${path} was refused ${non2xx + errors} times.`);
  return requests.average;
};

type Call = ReturnType<typeof clientOf>['call'];

const mustBe = (status: number, answer: Awaited<ReturnType<Call>>): Readonly<Record<string, unknown>> => {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** Fills the civil servant's week. @returns a token with which another request's hours can be asked for */
const fillWeek = async (call: Call): Promise<string> => {
  const tokenFor = async (n: number): Promise<string> => {
    const body = { requestNumber: numberOf(n), applicantName, filedOn };
    return String(mustBe(200, await call('POST', '/api/v1/requests/lookup', body))['bookingToken']);
  };
  const days = `from=${dateOf(monday)}&to=${dateOf(monday + 4 * day)}`;
  const { slots } = mustBe(200, await call('GET', `/api/v1/slots?${days}`, undefined, await tokenFor(0))) as {
    slots: readonly { readonly startsAt: string }[];
  };
  const every = Math.floor(slots.length / meetings);
  for (let n = 0; n < meetings; n += 1) {
    const ticket = { startsAt: slots[n * every]?.startsAt, mode: 'in-person', phone: '0740 123 456' };
    mustBe(201, await call('POST', '/api/v1/tickets', ticket, await tokenFor(n)));
  }
  return tokenFor(meetings);
};

/** A page beside the JSON that says the same, from one process, in one run. */
export const measurePages = async ({ rounds, seconds }: Options): Promise<Section> => {
  const environment = await cityHall({ people: 1, requests: meetings + 1 });
  const service = await serveApart({ ...environment, BENCH_PROCESSES: 'off' });
  const { url } = service;
  const { call, close } = clientOf(url, 1);
  const booking = await fillWeek(call);
  await close();
  const clock = { now: () => new Date().toISOString() };
  const token = await localTokens(readServiceKey(environment.TICHET_DATA_DIR, 'token'), clock).official({ role: 'staff', person: 's0' });
  const [year = '', month = '', dayOfMonth = ''] = filedOn.split('-');
  const citizen = await sendForm(url, '/programare/cerere', {
    once: 'bench',
    requestNumber: numberOf(meetings),
    applicantName,
    day: dayOfMonth,
    month,
    year,
  });
  const official = await sendForm(url, '/intra', { token });
  const browser = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' };
  const [from, to] = [dateOf(monday), dateOf(monday + 6 * day)];
  const asked = {
    slots: { path: `/api/v1/slots?from=${from}&to=${to}`, headers: { authorization: `Bearer ${booking}` } },
    slotPage: { path: `/programare/ora?sapt=${from}`, headers: { ...browser, cookie: citizen } },
    calendar: { path: `/api/v1/calendar?from=${from}&to=${to}`, headers: { authorization: `Bearer ${token}` } },
    weekPage: { path: `/programari?data=${from}`, headers: { ...browser, cookie: official } },
  } satisfies Readonly<Record<string, Asked>>;
  for (const one of Object.values(asked)) await rateOf(url, one, connections, 1);
  const contenders = (at: number) => ({
    slots: () => rateOf(url, asked.slots, at, seconds),
    slotPage: () => rateOf(url, asked.slotPage, at, seconds),
    calendar: () => rateOf(url, asked.calendar, at, seconds),
    weekPage: () => rateOf(url, asked.weekPage, at, seconds),
  });
  const busy = await inTurn(rounds, contenders(connections));
  const alone = await inTurn(rounds, contenders(1));
  await service.stop();
  const rate = (what: string, page: keyof typeof busy, json: keyof typeof busy) => ({
    what: `${what}, ${connections} at once`,
    unit: 'per second',
    raw: spreadOf(busy[json]),
    ours: spreadOf(busy[page]),
    ratio: ratios(busy[page], busy[json]),
  });
  const milliseconds = (rates: readonly number[]): readonly number[] => rates.map((value) => 1000 / value);
  const wait = (what: string, page: keyof typeof alone, json: keyof typeof alone) => ({
    what: `${what}, one after the other`,
    unit: 'ms',
    raw: spreadOf(milliseconds(alone[json])),
    ours: spreadOf(milliseconds(alone[page])),
    ratio: ratios(milliseconds(alone[page]), milliseconds(alone[json])),
  });
  return {
    title: `Pages beside their JSON (${meetings} meetings in the week)`,
    rawMeans:
      'the API’s route with the same data (`GET /slots` and `GET /calendar` of one week), same process. Pages go out as to browsers: with a session, compressed.',
    figures: [
      rate('slot page', 'slotPage', 'slots'),
      rate('staff week', 'weekPage', 'calendar'),
      wait('slot page', 'slotPage', 'slots'),
      wait('staff week', 'weekPage', 'calendar'),
    ],
    whereTheTimeGoes:
      'Mostly what the JSON needs too. A page adds its encrypted session row, rendering, and compression beside the answering thread; the slot page asks twice (first free hour of two weeks, week shown).',
  };
};
