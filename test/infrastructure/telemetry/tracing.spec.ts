import { bookingToken, inPerson, request, seed, startService, type Service } from '../../http/support/service';
import { createHttpClient } from '../../../src/infrastructure/outside/http-client/http-client';
import { SpanQueue } from '../../../src/infrastructure/telemetry/span-queue';
import { startTracing, type Tracing } from '../../../src/infrastructure/telemetry/start-tracing';
import { createTraceOfEvent } from '../../../src/infrastructure/telemetry/trace-of-event';
import { traced } from '../../../src/infrastructure/telemetry/tracing';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../../support/trace-collector';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { awaitedCodeOf } from '../../support/codes';
import { serveHttp } from '../../support/http-server';

let collector: TraceCollector;
let tracing: Tracing | undefined;
let counted: Record<string, number>;
const start = async (): Promise<void> => {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.endpoint;
  tracing = await startTracing(process.env, (outcome, spans) => {
    counted[outcome] = (counted[outcome] ?? 0) + spans;
  });
};
const stop = async (): Promise<void> => {
  await tracing?.stop();
  tracing = undefined;
};
beforeEach(async () => {
  counted = {};
  collector = await startTraceCollector();
});
afterEach(async () => {
  await stop();
  delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
});

const email = 'andrei.lacatus@canar.example';
/** Booked by phone with an e-mail, verified; done when the letter of confirmation is out. */
const book = async (service: Service, headers: Record<string, string> = {}): Promise<void> => {
  await seed(service);
  const body = { ...inPerson, email };
  const made = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body, headers })).body;
  await service.settled();
  const code = await awaitedCodeOf(service.ports, made.ticketId);
  await service.call('POST', `/api/v1/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code }, headers });
  for (let tries = 0; service.ports.mailer.letters.length < 2 && tries < 2000; tries += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await service.settled();
  }
  expect(service.ports.mailer.letters.length).toBeGreaterThanOrEqual(2);
};

const named = (name: string): CollectedSpan => {
  const found = collector.spans.find((span) => span.name === name);
  if (found === undefined) throw new Error(`no span ${name} among ${collector.spans.map((span) => span.name).join(', ')}`);
  return found;
};

describe('one trace', () => {
  it('leads from the request through command, append and tables to the letter; nothing personal is in it', async () => {
    await start();
    const service = await startService({}, { processes: true });
    await book(service);
    await service.close();
    await stop();
    const root = named('POST /api/v1/tickets/:id/verification');
    const mine = collector.spans.filter(({ traceId }) => traceId === root.traceId);
    const names = new Set(mine.map(({ name }) => name));
    for (const name of ['command verifyEmail', 'append', 'projection', 'effect process-invitation-letters', 'mail send-letter']) {
      expect([...names]).toContain(name);
    }
    // every one but the first hangs on another of the same trace
    const ids = new Set(mine.map(({ spanId }) => spanId));
    for (const span of mine) if (span !== root) expect([span.name, ids.has(span.parentSpanId ?? '')]).toEqual([span.name, true]);

    const everything = collector.received.join('');
    const { letters } = service.ports.mailer;
    const tickets = [...new Set(letters.map(({ ticketId }) => ticketId))];
    for (const canary of [email, 'Lăcătuș', 'Andrei', request.number, ...tickets, 'Zoltán', 's002', 'Bearer', '127.0.0.1']) {
      expect(everything).not.toContain(canary);
    }
    expect(counted['dropped']).toBeUndefined();
  });

  it('a span that carried what it was given would be seen by that', async () => {
    await start();
    await traced(`GET /tickets?email=${email}`, () => Promise.resolve());
    await stop();
    expect(collector.received.join('')).toContain(email);
  });

  it('an error is told by its kind, never by its words', async () => {
    await start();
    await expect(traced('x', () => Promise.reject(new TypeError(email)))).rejects.toThrow(TypeError);
    await stop();
    expect(collector.received.join('')).toContain('TypeError');
    expect(collector.received.join('')).not.toContain(email);
  });
});

describe('whose trace it is', () => {
  const theirs = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${theirs}-00f067aa0ba902b7-01` };

  it.each([
    ['a trusted proxy’s', ['127.0.0.1'], true],
    ['never a stranger’s', [], false],
  ])('%s', async (_, trustedProxies, taken) => {
    await start();
    const service = await startService({}, { trustedProxies });
    await service.call('GET', '/health/live', { headers });
    await service.call('GET', '/health/live', { headers: { traceparent: '00-nonsense-01' } });
    await service.close();
    await stop();
    expect(collector.spans.some(({ traceId }) => traceId === theirs)).toBe(taken);
    expect(collector.spans.length).toBeGreaterThanOrEqual(2);
  });

  it('a system of ours is told of it, one of somebody else’s never', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serveHttp(({ headers: { traceparent } }, response) => {
      seen.push(traceparent as string | undefined);
      response.end();
    });
    const ask = async (ours: boolean): Promise<void> => {
      const peer = createHttpClient('city', url, { ours });
      await peer.ask({ operation: 'read', method: 'GET', path: '/', mayRepeat: false });
      await peer.close();
    };
    await ask(true);
    await start();
    await ask(true);
    await ask(false);
    await stop();
    const { traceId, spanId } = named('city read');
    expect(seen).toEqual([undefined, `00-${traceId}-${spanId}-01`, undefined]);
  });

  it('after a restart what follows from a fact is in the trace that its correlation names', () => {
    const correlationId = '0198c0de-1111-7222-8333-444455556666';
    const after = trace.getSpanContext(createTraceOfEvent().contextOf({ id: 'another', correlationId }));
    expect(after?.traceId).toBe('0198c0de111172228333444455556666');
    expect(createTraceOfEvent().contextOf({ id: '', correlationId: 'not-a-uuid' })).toBe(ROOT_CONTEXT);
  });
});

describe('a collector that', () => {
  it.each(['refuse', 'silent', 'down'] as const)('(%s) costs no request anything, and what is lost is counted', async (how) => {
    if (how === 'down') await collector.close();
    else collector.behave(how);
    await start();
    const service = await startService({}, { processes: true });
    await book(service);
    await service.close();
    await stop();
    expect(counted['exported']).toBeUndefined();
    expect(counted['dropped']).toBeGreaterThan(5);
    if (how === 'down') collector = await startTraceCollector();
  });

  it('takes nothing for long fills no memory', async () => {
    let dropped = 0;
    const queue = new SpanQueue({ export: () => undefined, shutdown: () => Promise.resolve() }, (_, spans) => (dropped += spans));
    const span = {} as ReadableSpan;
    for (let n = 0; n < 10_000; n += 1) queue.onEnd(span);
    expect(dropped).toBe(10_000 - 2_048 - 512);
    await queue.shutdown();
    expect(dropped).toBe(10_000);
  });

  it('is not named is never spoken of: no SDK is loaded', async () => {
    expect(await startTracing({}, () => undefined)).toBeUndefined();
  });
});
