import { context, type Context, type Span, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';

/** Names of ours, and numbers: never a person, a ticket, a request's number, an address or a text. */
export type SpanValues = Readonly<Record<string, string | number | boolean>>;
export type SpanSort = 'inside' | 'asked-of-us' | 'asked-by-us' | 'follows';

const kinds: Readonly<Record<SpanSort, SpanKind>> = {
  inside: SpanKind.INTERNAL,
  'asked-of-us': SpanKind.SERVER,
  'asked-by-us': SpanKind.CLIENT,
  follows: SpanKind.CONSUMER,
};

// Asked for again each time: whoever runs the process may register the SDK later than this file is loaded.
const tracer = (): ReturnType<typeof trace.getTracer> => trace.getTracer('tichet-albastru');

/** A span that somebody else ends. Without an SDK in the process it is none, and costs next to nothing. */
export const beginSpan = (name: string, values: SpanValues, sort: SpanSort = 'inside', parent: Context = context.active()): Span =>
  tracer().startSpan(name, { kind: kinds[sort], attributes: values }, parent);

/** Which error ended it: its class and no word of its message, which may quote what somebody typed. */
export const failSpan = (span: Span, error: unknown): void => {
  const name = error instanceof Error ? error.name : 'not-an-error';
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR });
};

/** Does the work inside a span; a throw is marked on it and passes on. */
export const traced = async <T>(
  name: string,
  work: (span: Span) => Promise<T>,
  {
    values = {},
    sort = 'inside',
    parent = context.active(),
  }: { readonly values?: SpanValues; readonly sort?: SpanSort; readonly parent?: Context } = {},
): Promise<T> => {
  const span = beginSpan(name, values, sort, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
};

/** The header that lets a system of ours go on with this trace; nothing without an SDK. */
export const traceHeaders = (span: Span): Readonly<Record<string, string>> => {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!trace.isSpanContextValid(span.spanContext())) return {};
  return { traceparent: `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}` };
};
