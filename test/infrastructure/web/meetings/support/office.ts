import type { LightMyRequestResponse } from 'fastify';
import { registerRequest } from '../../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../../src/application/staff/register-staff';
import { currentTicket } from '../../../../../src/application/kernel/streams';
import { isRequested, type RequestedTicket } from '../../../../../src/domain/ticket/ticket';
import { awaitedCodeOf } from '../../../../support/codes';
import {
  bookingToken,
  inPerson,
  mustBeDone,
  online,
  staff,
  startSeeded,
  startService,
  type Service,
} from '../../../../http/support/service';

const here = 'https://tichet.example';

export type View = { readonly status: number; readonly html: string; readonly location: string };
/** Somebody at a browser of their own. */
export type Official = {
  readonly get: (path: string, language?: 'ro' | 'en') => Promise<View>;
  /** Fills in the form of this page and sends it, as a browser does. */
  readonly fill: (path: string, fields: Record<string, string>) => Promise<View>;
  /** Sends these fields and no others. */
  readonly send: (path: string, fields: Record<string, string>) => Promise<View>;
};

const shown = (answer: LightMyRequestResponse): View => ({
  status: answer.statusCode,
  html: answer.body,
  location: answer.headers.location ?? '',
});
const onceIn = (html: string): string => /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';

export const signIn = async (
  service: Service,
  role: 'staff' | 'head' | 'auditor' | 'reports' | 'admin',
  staffId?: string,
): Promise<Official> => {
  const send = (path: string, fields: Record<string, string>, cookie = '') =>
    service.app.inject({
      method: 'POST',
      url: path,
      headers: { origin: here, cookie, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
  const entered = await send('/intra', { token: await service.token(role, staffId) });
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const get: Official['get'] = async (path, language = 'ro') =>
    shown(await service.app.inject({ url: path, headers: { cookie: `${cookie}; limba=${language}`, accept: 'text/html' } }));
  return {
    get,
    send: async (path, fields) => shown(await send(path, fields, cookie)),
    fill: async (path, fields) => shown(await send(path, { once: onceIn((await get(path)).html), ...fields }, cookie)),
  };
};

/** The service with its processes, a head (s001), two of the same department (s002, s004) and one of another (s003). */
export const startOffice = async (
  overrides: Parameters<typeof startService>[0] = {},
  opened: NonNullable<Parameters<typeof startService>[1]>['opened'] = {},
): Promise<Service> => {
  const service = await startSeeded(overrides, { processes: true, opened });
  mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's004', name: 'Ilinca Colega' }));
  await service.settled();
  return service;
};

/** A meeting of s002 on Thursday, 5 March 2026, 10:00 in Cluj. */
export const book = async (
  service: Service,
  mode: 'online' | 'phone' | 'in-person',
  more: Record<string, string> = {},
): Promise<string> => {
  const body = { ...(mode === 'online' ? online : { ...inPerson, mode }), ...more };
  const { body: made } = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body });
  if (made.status === 'awaiting-code') {
    const code = await awaitedCodeOf(service.ports, made.ticketId);
    await service.call('POST', `/api/v1/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } });
  }
  await service.settled();
  return made.ticketId;
};

/** The meeting of somebody else with s002, by phone. */
export const bookAnother = async (service: Service, startsAt: string, applicantName = 'Popa Maria'): Promise<string> => {
  const request = { number: '519074', filedOn: '2026-02-03' };
  const about = { applicantName, department: 'Autorizări', departmentCode: '425', handlerStaffId: 's002', status: 'in-operation' } as const;
  mustBeDone(await registerRequest(service.ports)(service.context(), { ...request, ...about }));
  const asked = { requestNumber: request.number, applicantName, filedOn: request.filedOn };
  const { body: found } = await service.call('POST', '/api/v1/requests/lookup', { body: asked });
  const body = { ...inPerson, startsAt, mode: 'phone', phone: '0740 123 457' };
  const { body: made } = await service.call('POST', '/api/v1/tickets', { token: found.bookingToken, body });
  await service.settled();
  return made.ticketId;
};

export const ticketOf = async (service: Service, ticketId: string): Promise<RequestedTicket> => {
  const ticket = await currentTicket(service.ports, ticketId);
  if (!isRequested(ticket)) throw new Error('no such ticket');
  return ticket;
};

/** The acts that a card leads to or sends, by the last part of their addresses. */
export const actsOn = (html: string): readonly string[] => {
  const found = [...html.matchAll(/(?:href|action)="\/programari\/[\da-f-]{36}\/([a-z-]+)"/g)].map(([, path = '']) => path);
  return [...new Set(found)].sort();
};

/** What a reader sees. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
