import helmet from '@fastify/helmet';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Metrics } from '../telemetry/metrics';
import { answersUnder } from './access/answering-hosts';
import { useStrictBodies } from './body/body-parsers';
import { answerClientError } from './problem/client-errors';
import { HttpProblem } from './problem/problem';
import { sendProblem } from './problem/problem-filter';
import { problemOfServerError } from './problem/server-errors';
import { closeQuietly } from './quiet-turn';

/** The routes that stand, to tell an address that does not exist from a method that it does not take. */
type RouteBook = { methodsOf(path: string): readonly string[] };

const patternOf = (url: string): RegExp => new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+')}$`);

const keepRouteBook = (server: FastifyInstance): RouteBook => {
  const routes: { readonly pattern: RegExp; readonly method: string }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    for (const name of Array.isArray(method) ? method : [method]) routes.push({ pattern: patternOf(url), method: name });
  });
  return { methodsOf: (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort() };
};

/** Fastify waits for ever by default. All in milliseconds. */
export type Timeouts = { readonly headers: number; readonly request: number; readonly keepAlive: number; readonly connection: number };
export const timeouts: Timeouts = { headers: 10_000, request: 120_000, keepAlive: 5_000, connection: 125_000 };

export type ServerOptions = Partial<Timeouts> & {
  /** addresses or networks whose X-Forwarded-For is believed; none, when it is left out */
  readonly trustedProxies?: readonly string[];
  /** the hosts under which it answers, beside this machine's; under any, when it is left out */
  readonly hosts?: readonly string[];
};

/** The server of the API: its limits, before any route stands. */
export const createAdapter = ({ trustedProxies = [], hosts: _, ...limits }: ServerOptions = {}): FastifyAdapter => {
  const { headers, request, keepAlive, connection } = { ...timeouts, ...limits };
  return new FastifyAdapter({
    bodyLimit: 16 * 1024,
    requestTimeout: request,
    keepAliveTimeout: keepAlive,
    connectionTimeout: connection,
    http: { headersTimeout: headers, maxHeaderSize: 16 * 1024, connectionsCheckingInterval: Math.min(1000, headers) },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    ...(trustedProxies.length === 0 ? {} : { trustProxy: [...trustedProxies] }),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, fastifyRequest: FastifyRequest, reply: FastifyReply) => {
      sendProblem(fastifyRequest, reply, problemOfServerError(error.statusCode ?? 400));
    },
  });
};

/**
 * Security headers, the hosts that are answered under, strict bodies, 405 and metrics; before the routes of the application are made.
 * @param hosts left out, under any
 */
export const equip = async (app: NestFastifyApplication, metrics: Metrics, hosts?: readonly string[]): Promise<void> => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  useStrictBodies(server);
  await server.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
  const book = keepRouteBook(server);
  const isAnswered = hosts === undefined ? () => true : answersUnder(hosts);
  server.addHook('onRequest', (request, reply, done) => {
    // what may be kept says so itself
    void reply.header('cache-control', 'no-store');
    if (!isAnswered(request)) {
      sendProblem(request, reply, new HttpProblem({ code: 'misdirected' }));
      return;
    }
    if (!request.is404) {
      done();
      return;
    }
    const methods = book.methodsOf(request.url.split('?')[0] ?? '');
    const missing =
      methods.length === 0
        ? new HttpProblem({ code: 'not-found' })
        : new HttpProblem({ code: 'method-not-allowed' }, { Allow: methods.join(', ') });
    sendProblem(request, reply, missing);
  });
  closeQuietly(server);
  server.addHook('onResponse', (request, reply, done) => {
    metrics.request(request.method, request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
};
