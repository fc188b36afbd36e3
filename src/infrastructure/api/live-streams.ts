import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpProblem } from './problem/problem';

/** A browser needs one, a person a few browsers; without a bound one token could hold every connection of the service. */
export const streamsPerHolder = 16;
/**
 * Then the stream ends and the browser connects again: whoever has left, or whose token has run out, is told nothing, and would hold
 * their place for as long as they stay.
 */
export const longestStreamMilliseconds = 15 * 60_000;

/** Every stream that is open towards a browser: one that nobody ends keeps the server from closing. */
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
