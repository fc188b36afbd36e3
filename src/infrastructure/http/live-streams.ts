import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

/** Every stream that is open towards a browser: one that nobody ends keeps the server from closing. */
@Injectable()
export class LiveStreams implements BeforeApplicationShutdown {
  readonly #open = new Set<AbortController>();

  /** Aborts when the service stops. `close` must be called when the reader has gone. */
  begin(): { readonly signal: AbortSignal; readonly close: () => void } {
    const controller = new AbortController();
    this.#open.add(controller);
    return {
      signal: controller.signal,
      close: () => {
        this.#open.delete(controller);
        controller.abort();
      },
    };
  }

  beforeApplicationShutdown(): void {
    for (const controller of this.#open) controller.abort();
  }
}
