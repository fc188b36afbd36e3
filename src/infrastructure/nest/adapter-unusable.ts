import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

/** The application answers through another HTTP adapter than the one for which routes and pages are written. */
export class AdapterUnusable extends Error {
  override readonly name = 'AdapterUnusable';
  constructor(adapter: string) {
    super(
      `Tichetul albastru răspunde numai prin Fastify, iar aplicația este făcută cu ${adapter}; creați-o cu createAdapter(), sau montați modulul cu http: false. / ` +
        `The blue ticket answers through Fastify alone, and the application was made with ${adapter}; create it with createAdapter(), or mount the module with http: false.`,
    );
  }
}

/** Whatever opens a store waits for this: under another adapter nothing is opened. */
export const adapterToken = Symbol('tichet-albastru: adapter');

/** @param answers whether there are routes or pages */
export const adapterFits = (answers: boolean): Provider => ({
  provide: adapterToken,
  inject: [HttpAdapterHost],
  /** @throws AdapterUnusable before any route is registered */
  useFactory: ({ httpAdapter }: { readonly httpAdapter?: { getType(): string } }) => {
    const adapter = answers ? (httpAdapter?.getType() ?? 'fastify') : 'fastify';
    if (adapter !== 'fastify') throw new AdapterUnusable(adapter);
    return adapter;
  },
});
