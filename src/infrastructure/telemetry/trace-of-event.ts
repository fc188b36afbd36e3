import { LRUCache } from 'lru-cache';
import { isUuid } from '@tichet-albastru/event-log/ports/identifiers';
import { type Context, isSpanContextValid, ROOT_CONTEXT, type SpanContext, trace, TraceFlags } from '@opentelemetry/api';

const mostRemembered = 5_000;
const traceIdLength = 32;
const spanIdLength = 16;

/**
 * Which trace a fact belongs to. Facts carry no trace: they are for ever, a trace is kept for days, and what has no
 * tracing must write the same bytes. While the process lives it remembers the span that wrote each. After a restart, or in
 * another process, what follows belongs to the trace whose id is the correlation's own: a uuid has just as many digits, so everything that
 * still follows from one command is found together, though without the request that began it.
 */
export type TraceOfEvent = {
  remember(eventId: string, wrote: SpanContext): void;
  /** to be the parent of what follows from this fact */
  contextOf(event: { readonly id: string; readonly correlationId: string }): Context;
};

const derived = (correlationId: string): Context => {
  if (!isUuid(correlationId)) return ROOT_CONTEXT;
  const digits = correlationId.replaceAll('-', '');
  const parent = {
    traceId: digits.slice(0, traceIdLength),
    spanId: digits.slice(-spanIdLength),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
};

export const createTraceOfEvent = (): TraceOfEvent => {
  const known = new LRUCache<string, SpanContext>({ max: mostRemembered });
  return {
    remember: (eventId, wrote) => {
      // without an SDK there is nothing to remember
      if (isSpanContextValid(wrote)) known.set(eventId, wrote);
    },
    contextOf: ({ id, correlationId }) => {
      const wrote = known.get(id);
      return wrote === undefined ? derived(correlationId) : trace.setSpanContext(ROOT_CONTEXT, wrote);
    },
  };
};
