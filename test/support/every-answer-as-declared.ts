import type { FastifyInstance } from 'fastify';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { hold, undeclared } from './contract';

/*
 * Whatever a test is about: every answer of the HTTP contract that it sees is what openapi.json says, by status, content type and
 * shape, or the test fails. The server itself tells when one is made, so no test can go around it.
 */

const textOf = (payload: unknown): string => (typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '');

const watch = (message: unknown): void => {
  const { fastify } = message as { readonly fastify: FastifyInstance };
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const contentType = String(reply.getHeader('content-type') ?? '');
    const route = request.routeOptions.url ?? '';
    hold({ method: request.method, route, status: reply.statusCode, contentType, body: textOf(payload) });
    done(null, payload);
  });
};

const made = 'fastify.initialization';
beforeAll(() => {
  subscribe(made, watch);
});
afterEach(() => {
  expect(undeclared()).toEqual([]);
});
afterAll(() => {
  unsubscribe(made, watch);
  expect(undeclared()).toEqual([]);
});
