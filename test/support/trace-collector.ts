import { createServer } from 'node:http';
import { endsByItself } from './closing';

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
  const server = createServer((request, response) => {
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return endsByItself(
    {
      endpoint: `http://127.0.0.1:${String(port)}`,
      spans,
      received,
      behave: (next) => {
        how = next;
      },
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    },
    'close',
  );
};
