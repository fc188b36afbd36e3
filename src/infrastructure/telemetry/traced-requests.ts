import { context, type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isWithin } from '../runtime/private-addresses';
import { beginSpan } from './tracing';

const written = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;

/** W3C Trace Context, `traceparent`. Read here and not by a propagator of the process: whose word it is must be known first. */
const contextOf = (traceparent: string): Context => {
  const [, traceId = '', spanId = '', flags = '00'] = written.exec(traceparent) ?? [];
  const parent = { traceId, spanId, traceFlags: parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
  return trace.isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
};

/**
 * A span for every request, under the trace of the proxy before us if that one is trusted. A stranger who could choose the trace
 * could fill somebody else's, or decide what is kept.
 */
export const traceRequests = (server: FastifyInstance, trustedProxies: readonly string[]): void => {
  const begun = new WeakMap<FastifyRequest, { readonly span: Span; readonly inside: Context }>();
  const parentOf = ({ headers: { traceparent }, socket: { remoteAddress } }: FastifyRequest): Context => {
    if (typeof traceparent !== 'string' || remoteAddress === undefined) return context.active();
    return isWithin(remoteAddress, trustedProxies) ? contextOf(traceparent) : context.active();
  };
  server.addHook('onRequest', (request, _, done) => {
    const route = request.routeOptions.url ?? 'none';
    const values = { 'http.request.method': request.method, 'http.route': route };
    const parent = parentOf(request);
    const span = beginSpan(`${request.method} ${route}`, values, 'asked-of-us', parent);
    begun.set(request, { span, inside: trace.setSpan(parent, span) });
    done();
  });
  // a body arrives by events of the connection, which know nothing of the request: whatever is ours comes after it
  server.addHook('preValidation', (request, _, done) => {
    context.with(begun.get(request)?.inside ?? context.active(), done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = begun.get(request)?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
};
