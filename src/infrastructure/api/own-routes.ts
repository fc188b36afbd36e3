import { applyDecorators, Controller, UseFilters, VERSION_NEUTRAL } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { ProblemFilter } from './problem/problem-filter';
import { type Asking, ownRoute } from './problem/problem-pages';

/** Nest keeps what it tells Fastify of a route at its handler. */
const markedFor =
  (asking: Asking): ClassDecorator =>
  ({ prototype }) => {
    const target: unknown = prototype;
    if (typeof target !== 'object' || target === null) return;
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(target))) {
      const handler: unknown = descriptor.value;
      if (typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler))
        RouteConfig({ [ownRoute]: asking })(target, name, descriptor);
    }
  };

/** Routes that ignore the versions and exception filters that a host sets for its whole application. */
export const OwnRoutes = (path = '', asking: Asking = 'programs'): ClassDecorator =>
  applyDecorators(Controller({ path, version: VERSION_NEUTRAL }), UseFilters(ProblemFilter), markedFor(asking));

/** What fails before Nest has the request (a body that cannot be read) is told by our filter in our routes. Before the routes are made. */
export const tellOwnProblems = (server: FastifyInstance, filter: ProblemFilter): void => {
  server.addHook('onRoute', (route) => {
    if (route.config === undefined || !(ownRoute in route.config)) return;
    route.errorHandler = (error, request, reply) => {
      filter.tell(error, request, reply);
    };
  });
};
