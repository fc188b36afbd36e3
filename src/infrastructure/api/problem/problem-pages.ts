import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpProblem } from './problem';

/** Shows a problem to a person instead of a program. */
export type ProblemPage = (request: FastifyRequest, reply: FastifyReply, problem: HttpProblem) => void;

/** Under this name a route of ours says for whom it is. */
export const ownRoute = 'tichet-albastru';
export type Asking = 'programs' | 'people';

type Pages = { readonly page: ProblemPage; readonly ofPrograms: () => readonly string[] };

const pages = new WeakMap<FastifyInstance, Pages>();

/**
 * From now on browsers that ask this server for a page are shown one when something is wrong.
 * @param ofPrograms under which addresses programs ask: where the contract is mounted, behind what the host has put before it
 */
export const showProblemsAsPages = (server: FastifyInstance, page: ProblemPage, ofPrograms: () => readonly string[]): void => {
  pages.set(server, { page, ofPrograms });
};

/** For whom this route of ours is. Where there is no route, there is no configuration of one either, although its type has one. */
const askingHere = ({ routeOptions }: FastifyRequest): unknown => Reflect.get(Object(routeOptions.config), ownRoute);
/** Whether it is a route of ours, and not one of the host's. */
export const isOurs = (request: FastifyRequest): boolean => askingHere(request) !== undefined;

/** Whether a program and not a browser asks here. A route says so itself; where there is none, its address does. */
export const isForPrograms = (request: FastifyRequest): boolean => {
  const asking = askingHere(request);
  if (asking !== undefined) return asking !== ('people' satisfies Asking);
  const { url, server } = request;
  const path = url.replace(/[?#].*$/, '');
  return (pages.get(server)?.ofPrograms() ?? []).some((start) => path === start || path.startsWith(`${start}/`));
};

/** The page for this request; nothing for programs, which get problem details. */
export const problemPageFor = (request: FastifyRequest): ProblemPage | undefined =>
  request.headers.accept?.includes('text/html') === true && !isForPrograms(request) ? pages.get(request.server)?.page : undefined;
