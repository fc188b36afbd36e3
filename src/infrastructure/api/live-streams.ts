import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from './problem/problem';

/** A browser needs one, a person a few browsers; without a bound one token could hold every connection of the service. */
export const streamsPerHolder = 16;
/**
 * Then the stream ends and the browser connects again. Without this, a person who has left, or whose token has run out, would be told
 * nothing, and would hold their place for as long as they stay.
 */
export const longestStreamMilliseconds = 15 * 60_000;

/** Every stream that is open towards a browser: one that is never ended keeps the server from closing. */
@Injectable()
export class LiveStreams implements BeforeApplicationShutdown {
  readonly #open = new Map<AbortController, string>();

  /**
   * Aborts when the service stops. `close` must be called when the reader has gone.
   * @throws HttpProblem `too-many-requests` when this holder has as many open as one may have
   */
  begin(holder: string): { readonly signal: AbortSignal; readonly close: () => void } {
    const held = [...this.#open.values()].filter((other) => other === holder).length;
    if (held >= streamsPerHolder) throw new HttpProblem({ code: 'too-many-requests', retryAfterSeconds: 60 });
    const controller = new AbortController();
    this.#open.set(controller, holder);
    const end = setTimeout(() => {
      controller.abort();
    }, longestStreamMilliseconds).unref();
    return {
      signal: controller.signal,
      close: () => {
        clearTimeout(end);
        this.#open.delete(controller);
        controller.abort();
      },
    };
  }

  beforeApplicationShutdown(): void {
    for (const controller of this.#open.keys()) controller.abort();
  }
}

const heartbeatMilliseconds = 15_000;
const reconnectMilliseconds = 2000;
const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };

/** One stream towards a browser, as Server-Sent Events. Its writer must call `end`. */
type OpenStream = { readonly signal: AbortSignal; readonly write: (text: string) => void; readonly end: () => void };

/**
 * Begins to answer with a stream; nothing more is to be done where it was only asked whether there is one (HEAD).
 * @throws HttpProblem `too-many-requests`
 */
export const beginStream = (streams: LiveStreams, holder: string, request: FastifyRequest, reply: FastifyReply): OpenStream | undefined => {
  if (request.method === 'HEAD') {
    void reply.headers(headers).send();
    return undefined;
  }
  const { signal, close } = streams.begin(holder);
  reply.hijack();
  const { raw } = reply;
  request.raw.on('close', close);
  raw.on('close', close);
  raw.writeHead(200, headers);
  raw.write(`retry: ${reconnectMilliseconds}\n\n`);
  const heartbeat = setInterval(() => raw.write(': \n\n'), heartbeatMilliseconds);
  return {
    signal,
    write: (text) => {
      raw.write(text);
    },
    end: () => {
      clearInterval(heartbeat);
      close();
      raw.end();
    },
  };
};
