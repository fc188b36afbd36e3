import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { inBoth, SaidError } from '../phrasing/sentences';

/** The application answers through another HTTP adapter than the one for which routes and pages are written. */
export class AdapterUnusable extends SaidError {
  override readonly name = 'AdapterUnusable';
  constructor(adapter: string) {
    super(inBoth.unusable.adapter({ adapter }));
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
