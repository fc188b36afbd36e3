import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

export type Route = { readonly path: string; readonly methods: readonly string[] };

const line = /^(?<indent>[│ ]*)[├└]── (?<part>\S+)(?: \((?<methods>[^)]+)\))?/;

/** Every route of the server, as its router says it: nobody can forget to name a new one here. */
export const routesOf = (app: NestFastifyApplication): readonly Route[] => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const above: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((text) => {
      const { indent = '', part = '', methods } = line.exec(text)?.groups ?? {};
      const depth = indent.length / 4;
      above[depth] = part;
      if (methods === undefined) return [];
      return [{ path: above.slice(0, depth + 1).join(''), methods: methods.split(', ') }];
    });
};

const forPrograms = /^\/(api|metrics|health|\.well-known)(\/|$)/;

/** Called by the identity provider, whose message proves itself: no cookie counts there. */
const ofServers = ['/intra/furnizor/iesire'];

/** Those where a browser can change something. */
export const formRoutesOf = (app: NestFastifyApplication): readonly Route[] =>
  routesOf(app)
    .map(({ path, methods }) => ({ path, methods: methods.filter((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method)) }))
    .filter(({ path, methods }) => methods.length > 0 && !forPrograms.test(path) && !ofServers.includes(path));

/** Those that a browser can open. */
export const pageRoutesOf = (app: NestFastifyApplication): readonly string[] =>
  routesOf(app)
    .filter(({ path, methods }) => methods.includes('GET') && !forPrograms.test(path))
    .map(({ path }) => path);
