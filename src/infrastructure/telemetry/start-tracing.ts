import { context, trace } from '@opentelemetry/api';
import type { SpanCount } from './span-queue';

export type Tracing = { stop(): Promise<void> };

const exportMilliseconds = 5_000;

/**
 * Starts the SDK where the standard variable names a collector (`OTEL_EXPORTER_OTLP_ENDPOINT`, or the one for traces alone), and loads it only
 * then. Only the service that runs by itself does: an application that embeds us has an SDK of its own, which sees our spans, or wants none.
 */
export const startTracing = async (environment: NodeJS.ProcessEnv, count: SpanCount): Promise<Tracing | undefined> => {
  const endpoint = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ?? environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '';
  if (endpoint === '' || environment['OTEL_SDK_DISABLED'] === 'true') return undefined;
  const [{ BasicTracerProvider }, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { resourceFromAttributes }, { SpanQueue }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
      import('./span-queue.js'),
    ]);
  const queue = new SpanQueue(new OTLPTraceExporter({ timeoutMillis: exportMilliseconds, concurrencyLimit: 1 }), count);
  // of the machine and the command line nothing is told
  const resource = resourceFromAttributes({ 'service.name': environment['OTEL_SERVICE_NAME'] ?? 'tichet-albastru' });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [queue] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    stop: async () => {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
};
