import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localTokens, portToken, readSettings } from '../../../src/index';
import { fixedClock } from '../../../src/infrastructure/testing/index';
import { createCityHall } from './application';
import { gatewayMailer, type Message } from './gateway-mailer';

// Monday, 2 March 2026, 10:00 in Cluj.
const clock = fixedClock('2026-03-02T08:00:00.000Z');
const messages: Message[] = [];
const folder = mkdtempSync(join(tmpdir(), 'city-hall-'));
const { settings } = readSettings({ TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'memory', TICHET_LOG_LEVEL: 'silent' }, () => '');
let app: NestFastifyApplication;

const call = async (method: 'POST' | 'PUT', url: string, token: string | undefined, payload?: object) => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { statusCode, body } = await app.inject({ method, url: `/tichet${url}`, headers, ...(payload && { payload }) });
  return { status: statusCode, body: body === '' ? undefined : JSON.parse(body) };
};

/** The letter, once the processes have sent it. */
const letterTo = async (address: string): Promise<Message> => {
  for (;;) {
    const letter = messages.find(({ to }) => to === address);
    if (letter) return letter;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

beforeAll(async () => {
  const mailer = gatewayMailer((message) => {
    messages.push(message);
    return Promise.resolve(202);
  });
  app = await createCityHall(settings, { mailer, clock });
  await app.init();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

it('Art. 3 e: the code leaves through our own gateway, and completes the booking', async () => {
  const admin = await localTokens(app.get<Uint8Array>(portToken.tokenKey), clock).official({ role: 'admin', person: 'p.tests' });
  const department = { department: 'Autorizări', departmentCode: '425' };
  await call('PUT', '/staff/f02', admin, { ...department, name: 'Levente Fodor', role: 'executive', email: 'f02@primarie.example' });
  const registered = { ...department, applicantName: 'Țurcanu Ștefan', handlerStaffId: 'f02', status: 'in-operation' };
  await call('PUT', '/requests/300117/2026-02-02', admin, registered);

  const asked = { requestNumber: '300117', applicantName: 'Stefan Turcanu', filedOn: '2026-02-02' };
  const found = await call('POST', '/requests/lookup', undefined, asked);
  const wanted = { startsAt: '2026-03-05T08:00:00.000Z', mode: 'in-person', email: 'stefan@exemplu.ro' };
  const made = await call('POST', '/tickets', found.body.bookingToken, wanted);
  expect(made).toMatchObject({ status: 201, body: { status: 'awaiting-code' } });

  const [code] = /\b\d{6}\b/.exec((await letterTo('stefan@exemplu.ro')).text) ?? [];
  const verified = await call('POST', `/tickets/${made.body.ticketId}/verification`, made.body.manageToken, { code });
  expect(verified).toMatchObject({ status: 200, body: { status: 'scheduled', meetWith: { name: 'Levente Fodor' } } });
});

it('stands beside the city hall’s own routes, on the city hall’s own clock', async () => {
  const { statusCode, body } = await app.inject({ method: 'GET', url: '/opening-hours' });
  expect([statusCode, JSON.parse(body)]).toEqual([200, { date: '2026-03-02', open: true }]);
});
