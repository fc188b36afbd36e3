import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpProblem } from './problem';

/** Shows a problem to a person instead of a program. */
export type ProblemPage = (request: FastifyRequest, reply: FastifyReply, problem: HttpProblem) => void;

const pages = new WeakMap<FastifyInstance, ProblemPage>();

/** From now on browsers that ask this server for a page are shown one when something is wrong. */
export const showProblemsAsPages = (server: FastifyInstance, page: ProblemPage): void => {
  pages.set(server, page);
};

const programs = /^\/(api|metrics|health)(\/|\?|$)/;
/** Whether a program and not a browser asks here. */
export const isForPrograms = ({ url }: FastifyRequest): boolean => programs.test(url);

/** The page for this request; nothing for programs, which get problem details. */
export const problemPageFor = (request: FastifyRequest): ProblemPage | undefined =>
  request.headers.accept?.includes('text/html') === true && !isForPrograms(request) ? pages.get(request.server) : undefined;
