import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from '../../../api/problem/problem';
import { isForPrograms } from '../../../api/problem/problem-pages';

/** Lines that were pasted: a page takes few, a file as many as there are. */
export const longestPastedBytes = 100 * 1024;

const takesFiles = (request: FastifyRequest): boolean => !isForPrograms(request) && request.routeOptions.url?.endsWith('/import') === true;

/** Files that browsers send, as streams; only the pages that import take them. */
export const takeUploads = async (app: NestFastifyApplication): Promise<void> => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  await server.register(multipart, {
    // a file is read line by line, and its lines have a limit of their own
    limits: { files: 1, fileSize: Infinity, fields: 2, fieldSize: longestPastedBytes, parts: 3, headerPairs: 20 },
  });
  server.addHook('preParsing', (request, _, payload, done) => {
    const isUpload = request.headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
    if (isUpload && !takesFiles(request)) done(new HttpProblem({ code: 'unsupported-media-type' }));
    else done(null, payload);
  });
};
