import type { FastifyInstance } from 'fastify';

/** The routes that stand, to tell an address that does not exist from a method that it does not take. */
export type RouteBook = { methodsOf(path: string): readonly string[] };

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/:\w+/g, '[^/]+')}/?$`);

export const keepRouteBook = (server: FastifyInstance): RouteBook => {
  const routes: { readonly pattern: RegExp; readonly method: string }[] = [];
  server.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    for (const name of Array.isArray(method) ? method : [method]) routes.push({ pattern: patternOf(url), method: name });
  });
  return { methodsOf: (path) => [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort() };
};
