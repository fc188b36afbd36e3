import type { Position } from '../ports/event-store';
import type { BuildChange } from '../ports/projection-store';
import type { ParkedKey, Row, RowChange } from '../ports/read-models';
import type { CommitNews } from '../codec/row-news.codec';

/** A reader of changes that is further behind than this many rows is sent back to the table. */
const mostChangesKept = 10_000;

type Listener = { readonly tell: (changes: readonly RowChange[]) => void; readonly end: () => void };

/** @param news which commit it was, where others are told of it as well */
export type Tell = (changes: readonly RowChange[], news?: CommitNews) => void;

/** Wakes waiting callers on commit; it never polls. */
export class Announcements {
  private readonly waiters = new Set<() => void>();
  private readonly listeners = new Set<Listener>();
  private readonly told: Tell[] = [];

  whenCommitted(tell: Tell): void {
    this.told.push(tell);
  }

  /** After a commit, once its rows can be read. */
  committed(changes: readonly RowChange[], news?: CommitNews): void {
    for (const wake of [...this.waiters]) wake();
    for (const tell of this.told) tell(changes, news);
    if (changes.length > 0) for (const listener of [...this.listeners]) listener.tell(changes);
  }

  /** Unknown changes were made: a reader of changes must read the table anew. */
  missed(): void {
    for (const listener of [...this.listeners]) listener.end();
  }

  hasReaders(): boolean {
    return this.listeners.size > 0;
  }

  /** Resolves as soon as `holds` does after a commit; false once the time is over. */
  async until(holds: () => boolean, timeoutMilliseconds: number): Promise<boolean> {
    if (holds()) return true;
    return new Promise((resolve, reject) => {
      const settle = (answer: boolean): void => {
        clearTimeout(timer);
        this.waiters.delete(wake);
        resolve(answer);
      };
      const wake = (): void => {
        try {
          if (holds()) settle(true);
        } catch (error) {
          this.waiters.delete(wake);
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const timer = setTimeout(() => {
        settle(false);
      }, timeoutMilliseconds);
      this.waiters.add(wake);
    });
  }

  /** See `ReadModels.changes`. Listens from the call on, not from the first step of the loop. */
  changes(signal: AbortSignal): AsyncIterable<RowChange> {
    const kept = new Map<string, RowChange>();
    let wake: (() => void) | undefined;
    let ended = signal.aborted;
    const end = (): void => {
      ended = true;
      this.listeners.delete(listener);
      signal.removeEventListener('abort', end);
      wake?.();
    };
    const listener: Listener = {
      end,
      tell: (changes) => {
        for (const change of changes) kept.set(`${change.projection} ${change.key}`, change);
        if (kept.size > mostChangesKept) end();
        else wake?.();
      },
    };
    if (!ended) {
      this.listeners.add(listener);
      signal.addEventListener('abort', end);
    }
    return {
      [Symbol.asyncIterator]: async function* (): AsyncGenerator<RowChange> {
        try {
          for (;;) {
            if (ended) return;
            const told = [...kept.values()];
            kept.clear();
            yield* told;
            if (kept.size === 0) {
              await new Promise<void>((resolve) => {
                wake = resolve;
                if (ended) resolve();
              });
            }
          }
        } finally {
          end();
        }
      },
    };
  }
}

/** Have all of these checkpoints passed this position? */
export const allReached = (checkpoints: Iterable<Position>, position: Position): boolean => {
  for (const checkpoint of checkpoints) if (checkpoint < position) return false;
  return true;
};

const dueAtOf = (row: Row | undefined): Pick<RowChange, 'dueAt'> => {
  const dueAt = row?.['dueAt'];
  return typeof dueAt === 'string' ? { dueAt } : {};
};

/** What readers are told of these changes: those of the live builds. */
export const changesOf = (changes: readonly BuildChange[], live: ReadonlySet<number>): readonly RowChange[] =>
  changes.flatMap(({ build, next, writes }) =>
    live.has(build.build) ? writes.map(({ table, key, row }) => ({ projection: table, key, position: next, ...dueAtOf(row) })) : [],
  );

/** As readers see it: which build has it is no business of theirs. */
export const withoutBuild = ({ build, ...parked }: ParkedKey & { readonly build: number }): ParkedKey => parked;
