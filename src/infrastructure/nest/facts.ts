import { pause } from '@tichet-albastru/kernel/pause';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Observable, ReplaySubject, share, takeUntil } from 'rxjs';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../application/kernel/ports/ports';
import type { DomainEvent } from '../../domain/facts';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { portsToken } from './tokens';

const firstPauseMilliseconds = 1000;
const longestPauseMilliseconds = 60_000;

type Following = Pick<Ports, 'store' | 'codec' | 'logger'>;

/**
 * Hands over each fact from the end of the log on, until `signal` aborts. What goes wrong is told in the journal, and the reading goes on
 * behind the last fact that was handed over, after ever longer pauses.
 */
export const followFacts = async (
  { store, codec, logger }: Following,
  tell: (event: DomainEvent) => void,
  signal: AbortSignal,
  rest = pause,
): Promise<void> => {
  const isOver = (): boolean => signal.aborted;
  let after: Position | undefined;
  let milliseconds = firstPauseMilliseconds;
  while (!isOver()) {
    try {
      after ??= await store.end();
      for await (const item of store.subscribe({ after, signal })) {
        if (isOver()) return;
        if (!('kind' in item)) tell(codec.decode(item));
        after = item.position;
        milliseconds = firstPauseMilliseconds;
      }
    } catch (error) {
      if (isOver()) return;
      const kind = error instanceof Error ? error.name : 'unknown';
      logger.error('background.failed', { name: 'facts', kind, code: errorCode(error) });
      await rest(milliseconds, signal);
      milliseconds = Math.min(milliseconds * 2, longestPauseMilliseconds);
    }
  }
};

/**
 * Facts as they are written, by whichever process, for what may be missed: a screen that refreshes, a cache that forgets. Nothing is kept
 * for who is not there. What must not be missed is a subscription of the module.
 */
@Injectable()
export class Facts implements OnApplicationShutdown {
  readonly #ended = new ReplaySubject<void>(1);
  readonly #reading = new Set<Promise<void>>();
  /** From the end of the log, as it stands when the first one listens; all share one reading. It never fails, and completes at shutdown. */
  readonly facts$: Observable<DomainEvent>;

  constructor(@Inject(portsToken) ports: Ports) {
    const reading = new Observable<DomainEvent>((subscriber) => {
      const stop = new AbortController();
      const tell = (event: DomainEvent): void => {
        subscriber.next(event);
      };
      const work = followFacts(ports, tell, stop.signal);
      this.#reading.add(work);
      void work.finally(() => this.#reading.delete(work));
      return () => {
        stop.abort();
      };
    });
    this.facts$ = reading.pipe(takeUntil(this.#ended), share());
  }

  /** Whoever listens later hears at once that nothing comes any more. The stores are closed after this. */
  async onApplicationShutdown(): Promise<void> {
    this.#ended.next();
    await Promise.all(this.#reading);
  }
}
