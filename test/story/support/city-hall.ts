import { join } from 'node:path';
import type { Role } from '../../../src/application/kernel/access';
import type { Body } from '../../http/support/service';
import { officialToken } from '../../support/official-token';
import { createService, type Service } from '../../support/service';
import { eventually } from '../../support/eventually';

/** An answer's body, as far as these stories look into it. */
export type Told = Omit<Body, 'meetings' | 'steps' | 'checks' | 'rows' | 'slots' | 'faults' | 'days'> & {
  readonly triesLeft: number;
  readonly joinUrl: string;
  readonly heldUntil: string;
  readonly ground: string | null;
  readonly communicatedOn: string | null;
  readonly advertisedUntil: string | null;
  readonly enforcedUntil: string | null;
  readonly eligible: boolean;
  readonly reason: string;
  readonly activeTicket: string | null;
  readonly slot: { readonly startsAt: string };
  readonly request: { readonly ground: string; readonly clarificationUntil?: string };
  readonly meetWith: { readonly name: string; readonly role: string; readonly department: string };
  readonly recordingNotice: { readonly version: string; readonly text: string };
  readonly warnings: number;
  readonly slots: readonly { readonly startsAt: string }[];
  readonly days: readonly { readonly date: string; readonly free: number; readonly closed?: string }[];
  readonly faults: readonly { readonly line: number; readonly field?: string; readonly message: string }[];
  readonly tasks: readonly { readonly kind: string; readonly ticketId: string; readonly dueAt?: string }[];
  readonly meetings: readonly {
    readonly ticketId: string;
    readonly status: string;
    readonly startsAt: string;
    readonly resolution: string;
  }[];
  readonly steps: readonly {
    readonly position: string;
    readonly type: string;
    readonly article: string;
    readonly state: string | null;
    readonly at: string;
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly text: { readonly ro: string; readonly en: string };
    readonly evidence: readonly string[];
  }[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
};
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Told;
  /** of a command: where the log stood after it */
  readonly position: string;
};
export type Call = {
  readonly token?: string;
  readonly body?: unknown;
  /** a file in place of a JSON body */
  readonly file?: { readonly type: string; readonly text: string };
  readonly headers?: Readonly<Record<string, string>>;
};
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The service with everybody who talks to it. Reads wait for what was last commanded here, or seen to have happened. */
export type CityHall = {
  readonly service: Service;
  readonly dataFolder: string;
  /** Moves the service's clock, and waits until it has noticed. */
  moveTo(instant: string): Promise<void>;
  call(method: Method, path: string, call?: Call): Promise<Answer>;
  /** Nothing that was commanded is waited for any more: an older log was put back. */
  forgetPosition(): void;
  /** The same, by an official, with a token of this moment. */
  as(role: Role, staffId?: string): (method: Method, path: string, call?: Call) => Promise<Answer>;
  token(role: Role, staffId?: string): Promise<string>;
  /** Waits until the ticket's history has so many facts of this type. */
  happened(ticketId: string, type: string, times?: number): Promise<void>;
  verdict(ticketId: string, check: string, asOf?: string): Promise<string>;
};

/** The service looks at its clock's file every 20 milliseconds. */
const noticesAfterMilliseconds = 60;

export const createCityHall = async (settings: NodeJS.ProcessEnv = {}): Promise<CityHall> => {
  const service = await createService(settings);
  const dataFolder = join(service.folder, 'data');
  let lastPosition = '';

  const call: CityHall['call'] = async (method, path, { token, body, file, headers = {} } = {}) => {
    const content = file === undefined ? (body === undefined ? undefined : JSON.stringify(body)) : file.text;
    const response = await fetch(`${service.url}/api/v1${path}`, {
      method,
      headers: {
        // a story waits for minutes between two requests, and a connection that was kept may end just as the next one is sent
        connection: 'close',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { 'content-type': file?.type ?? 'application/json' }),
        ...(method === 'GET' && lastPosition !== '' ? { 'tichet-after': lastPosition } : {}),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    const position = response.headers.get('tichet-position') ?? '';
    if (position > lastPosition) lastPosition = position;
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, position, body: (isJson ? JSON.parse(text) : {}) as Told };
  };
  const token: CityHall['token'] = (role, staffId) => officialToken(service, { role, ...(staffId === undefined ? {} : { staffId }) });
  const as: CityHall['as'] =
    (role, staffId) =>
    async (method, path, options = {}) =>
      call(method, path, { ...options, token: await token(role, staffId) });

  return {
    service,
    dataFolder,
    moveTo: async (instant) => {
      service.moveClockTo(instant);
      await new Promise((resolve) => setTimeout(resolve, noticesAfterMilliseconds));
    },
    call,
    forgetPosition: () => {
      lastPosition = '';
    },
    token,
    as,
    happened: async (ticketId, type, times = 1) => {
      await eventually(`${type} of ${ticketId}`, async () => {
        const { body } = await as('auditor')('GET', `/audit/tickets/${ticketId}/history`);
        const last = body.steps.filter((step) => step.type === type)[times - 1];
        // what is read next has seen it as well
        if (last !== undefined && last.position > lastPosition) lastPosition = last.position;
        return last;
      });
    },
    verdict: async (ticketId, check, asOf) => {
      const { body } = await as('auditor')('GET', `/audit/tickets/${ticketId}${asOf === undefined ? '' : `?asOf=${asOf}`}`);
      return body.checks.find(({ id }) => id === check)?.verdict ?? 'not judged';
    },
  };
};

/** The answer, or what went wrong. */
export const must = async (status: number, answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  if (given.status !== status) throw new Error(`Expected ${String(status)}, got ${String(given.status)}: ${given.text}`);
  return given;
};
