import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { showProblemsAsPages } from '../api/problem/problem-pages';
import { ProblemPages } from './problems/problem-pages';

/** What pages need of the server before anything else looks at a request: cookies, and problems that a person can read. */
export const equipWeb = async (app: NestFastifyApplication, ofPrograms: () => readonly string[]): Promise<void> => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  await server.register(cookie);
  const problems = app.get(ProblemPages);
  showProblemsAsPages(
    server,
    (request, reply, problem) => {
      problems.show(request, reply, problem);
    },
    ofPrograms,
  );
};
