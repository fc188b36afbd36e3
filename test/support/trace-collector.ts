import { serveHttp } from './http-server';

export type CollectedSpan = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
};

export type TraceCollector = {
  readonly endpoint: string;
  readonly spans: CollectedSpan[];
  /** everything that came, to the letter */
  readonly received: string[];
  /** `silent`: it takes a connection and never answers */
  behave(how: 'well' | 'refuse' | 'silent'): void;
  close(): Promise<void>;
};

type Exported = { readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly CollectedSpan[] }[] }[] };

/** A collector of OTLP over HTTP, as far as traces go, on a real socket. */
export const startTraceCollector = async (): Promise<TraceCollector> => {
  const spans: CollectedSpan[] = [];
  const received: string[] = [];
  let how: 'well' | 'refuse' | 'silent' = 'well';
  const server = await serveHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (how === 'silent') return;
      if (how === 'refuse') {
        response.writeHead(400).end();
        return;
      }
      const text = Buffer.concat(parts).toString('utf8');
      received.push(text);
      for (const { scopeSpans } of (JSON.parse(text) as Exported).resourceSpans) spans.push(...scopeSpans.flatMap((scope) => scope.spans));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  return {
    endpoint: server.url,
    spans,
    received,
    behave: (next) => {
      how = next;
    },
    close: server.close,
  };
};
