import { followedTables } from '../../../../src/infrastructure/nest/tables';
import type { Role } from '../../../../src/application/kernel/access';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { tellDemo, type DemoStory } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { createTestPorts, type TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { startService, type Answered, type Service } from '../../../http/support/service';
import { type SealedDemo, sealedDemo } from '../../../support/sealed-demo';
import { cookieFor } from '../registry/support/browsing';

const here = 'http://pagini.example';

/** A Wednesday at noon: a week of tickets behind, a week ahead. */
export const now = '2026-03-11T10:00:00.000Z';

export type Pages = {
  readonly service: Service;
  /** the id of the told ticket with which this became of it */
  readonly ticketOf: (outcome: string) => string;
  /** a page as somebody of this role sees it */
  readonly get: (url: string, role?: Role | 'nobody', language?: 'ro' | 'en') => Promise<Answered>;
  /** a form as an auditor sends it */
  readonly post: (url: string, fields: Readonly<Record<string, string>>) => Promise<Pick<Answered, 'status' | 'headers' | 'text'>>;
};

/**
 * The week of the demonstration in memory, and a browser for each role.
 * @param tampered the store as somebody left it after the week was told
 * @param systems the outside systems of this installation, where they are not those of a test
 */
export const openPages = async (tampered?: (ports: TestPorts) => EventStore, systems: Partial<TestPorts> = {}): Promise<Pages> => {
  const ports = createTestPorts();
  ports.clock.set(now);
  const told = await tellDemo({ ports, rows: ports.rows, ...followedTables() }, now);
  const service = await startService({
    ...ports,
    ...(tampered === undefined ? {} : { store: tampered(ports), streamCache: new StreamCache() }),
    ...systems,
  });
  await service.settled();
  return pagesOf(service, told);
};

/** The same week with its log sealed, as it is or as somebody left it. */
export const openSealedPages = async (changed: (demo: SealedDemo) => Partial<TestPorts> = () => ({})): Promise<Pages & SealedDemo> => {
  const demo = await sealedDemo(now);
  const opened = { sealing: demo.sealing };
  const service = await startService({ ...demo.ports, ...changed(demo) }, { opened });
  await service.settled();
  return { ...demo, ...pagesOf(service, demo.told) };
};

const pagesOf = (service: Service, told: DemoStory): Pages => {
  const cookies = new Map<Role, Promise<string>>();
  const signIn = async (role: Role): Promise<string> =>
    cookieFor(service, await service.token(role, role === 'head' ? 'd01' : role === 'staff' ? 'd02' : undefined));
  const cookieOf = (role: Role): Promise<string> => {
    const cookie = cookies.get(role) ?? signIn(role);
    cookies.set(role, cookie);
    return cookie;
  };
  return {
    service,
    ticketOf: (outcome) => {
      const found = told.tickets.find((one) => one.outcome === outcome);
      if (found === undefined) throw new Error(`Nobody told of a ticket that was ${outcome}.`);
      return found.ticketId;
    },
    get: async (url, role = 'auditor', language = 'ro') => {
      const cookie = role === 'nobody' ? '' : await cookieOf(role);
      return service.call('GET', url, { headers: { accept: 'text/html', 'accept-language': language, cookie } });
    },
    post: async (url, fields) => {
      const { statusCode, headers, body } = await service.app.inject({
        method: 'POST',
        url,
        headers: {
          accept: 'text/html',
          'accept-language': 'ro',
          'content-type': 'application/x-www-form-urlencoded',
          host: 'pagini.example',
          origin: here,
          cookie: await cookieOf('auditor'),
        },
        payload: new URLSearchParams(fields).toString(),
      });
      return { status: statusCode, headers, text: body };
    },
  };
};

/** What a person reads of a page, without its markup. */
export const textOf = ({ text }: Pick<Answered, 'text'>): string =>
  text
    .replaceAll(/<head>[\s\S]*?<\/head>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');

/** What the API answers about the audit, as far as tests look into it. */
export type Told = {
  readonly tickets: readonly {
    readonly ticketId: string;
    readonly startsAt: string;
    readonly asOf: string;
    readonly verdicts: Readonly<Record<string, string>>;
    readonly owed: { readonly limitAt: string; readonly overdue: boolean } | null;
  }[];
  readonly steps: readonly { readonly type: string; readonly at: string }[];
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly failsAt?: string;
    readonly text: { readonly ro: string };
  }[];
  readonly duties: readonly { readonly kind: string; readonly targetAt?: string; readonly limitAt: string }[];
  readonly facts: { readonly reference: string };
  readonly next?: string;
};
export const askApi = async ({ service }: Pages, path: string): Promise<Told> => {
  const { text } = await service.call('GET', `/api/v1/audit/tickets${path}`, { token: await service.token('auditor') });
  return JSON.parse(text) as Told;
};

/** verdict by check, as the API says it */
export const verdictsIn = ({ checks }: Told): Readonly<Record<string, string>> =>
  Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
/** verdict by check, as the ticket's page says it */
export const verdictsOn = ({ text }: Pick<Answered, 'text'>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/<li id="(C\d\d)"><p class="check-name"><span class="tag verdict verdict-([\w-]+)"/g)].map(
      ([, id = '', verdict = '']) => [id, verdict],
    ),
  );

/** Tickets that the list shows before all others, as declared although they could have been observed. */
export const shownFirst = (html: string): readonly string[] => {
  const [, list = ''] = /id="declarate"[\s\S]*?<ul>([\s\S]*?)<\/ul>/.exec(html) ?? [];
  return [...list.matchAll(/href="\/audit\/([\w-]+)"/g)].map(([, id = '']) => id);
};
