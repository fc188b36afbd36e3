import type { FastifyReply, FastifyRequest, LightMyRequestResponse } from 'fastify';
import { roles } from '../../../../../src/application/kernel/access';
import { Sessions } from '../../../../../src/infrastructure/web/session/sessions';
import type { Service } from '../../../../http/support/service';

const here = 'http://pagini.example';

/** A browser that is signed in, or one that has seen nothing yet. */
export type Visitor = {
  readonly name: string;
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  /** The same, without waiting for what comes bit by bit: only a page has its body here. */
  readonly look: (url: string) => Promise<LightMyRequestResponse>;
  /** as a form of ours is sent, whatever stands in it */
  readonly send: (url: string, payload: string) => Promise<LightMyRequestResponse>;
  readonly post: (url: string, fields: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  /** as a form of ours with files is sent; each file has its text for a name as well */
  readonly upload: (
    url: string,
    fields: Readonly<Record<string, string>>,
    files: Readonly<Record<string, string>>,
  ) => Promise<LightMyRequestResponse>;
};

const visitor = ({ app }: Service, name: string, cookie: string): Visitor => {
  const headers = { host: 'pagini.example', accept: 'text/html,application/xhtml+xml', cookie };
  const send: Visitor['send'] = (url, payload) =>
    app.inject({
      method: 'POST',
      url,
      headers: { ...headers, origin: here, 'content-type': 'application/x-www-form-urlencoded' },
      payload,
    });
  return {
    name,
    send,
    get: (url) => app.inject({ url, headers }),
    look: async (url) => {
      const answer = await app.inject({ url, headers, payloadAsStream: true });
      answer.stream().destroy();
      return answer;
    },
    post: (url, fields) => send(url, new URLSearchParams(fields).toString()),
    upload: async (url, fields, files) => {
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.set(field, value);
      for (const [field, text] of Object.entries(files)) form.set(field, new Blob([text]), text);
      const written = new Response(form);
      const type = written.headers.get('content-type') ?? '';
      const payload = Buffer.from(await written.arrayBuffer());
      return app.inject({ method: 'POST', url, headers: { ...headers, origin: here, 'content-type': type }, payload });
    },
  };
};

/** Who heads s002's department, who works there, and who works in another one. */
const staffOf = { head: 's001', staff: 's002', stranger: 's003' } as const;

/** The cookie that a citizen's browser has once it has booked or opened these tickets. */
const holdersCookie = async ({ app, ports }: Service, tickets: readonly string[]): Promise<string> => {
  let cookie = '';
  const reply = {
    setCookie: (name: string, value: string) => {
      cookie = `${name}=${value}`;
    },
  };
  const request = { cookies: {} } as FastifyRequest;
  const held = await Promise.all(tickets.map(async (ticketId) => ({ ticketId, token: await ports.personalData.manageToken(ticketId) })));
  await app.get(Sessions).keep(request, { tickets: held, draft: {} });
  app.get(Sessions).giveCookie(request, reply as unknown as FastifyReply);
  return cookie;
};

export type VisitorName = (typeof roles)[number] | 'nobody' | 'holder' | 'stranger';

/** Nobody in particular, the citizen who holds these tickets, one for each role, and a civil servant of another department. */
export const visitorsOf = async (service: Service, tickets: readonly string[]): Promise<Readonly<Record<VisitorName, Visitor>>> => {
  const signIn = async (name: VisitorName): Promise<readonly [VisitorName, Visitor]> => {
    const role = name === 'stranger' ? 'staff' : (roles.find((one) => one === name) ?? 'staff');
    const token = await service.token(role, name in staffOf ? staffOf[name as keyof typeof staffOf] : undefined);
    const answer = await visitor(service, name, '').post('/intra', { token });
    return [name, visitor(service, name, String(answer.headers['set-cookie']).split(';')[0] ?? '')];
  };
  const officials = await Promise.all([...roles, 'stranger' as const].map(signIn));
  return Object.fromEntries([
    ['nobody', visitor(service, 'nobody', '')],
    ['holder', visitor(service, 'holder', await holdersCookie(service, tickets))],
    ...officials,
  ]) as Record<VisitorName, Visitor>;
};
