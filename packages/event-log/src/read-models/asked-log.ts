import type { CaughtUp, Position, Recorded } from '../ports/event-store';
import type { FollowedLog } from '../projector/projector-ports';
import { errorOf, failedWith, type LogAnswer, type LogQuestion, type ThreadHears, type ThreadSaid } from './thread-messages.codec';

type Item = Recorded | CaughtUp;

/** Of one subscription, in one message. */
const mostItems = 500;

/** A subscription that is handed on: what comes together goes together, and nothing is read ahead but the next item. */
class HandedOn {
  private readonly over = new AbortController();
  private readonly items: AsyncIterator<Item>;
  private next: Promise<IteratorResult<Item>> | undefined;

  constructor(log: FollowedLog, after: Position) {
    this.items = log.subscribe({ after, signal: this.over.signal })[Symbol.asyncIterator]();
  }

  /** @returns nothing where it has ended */
  async take(): Promise<readonly Item[]> {
    const taken: Item[] = [];
    let turn: Promise<undefined> | undefined;
    while (taken.length < mostItems) {
      const next = (this.next ??= this.items.next());
      const told = await (turn === undefined ? next : Promise.race([next, turn]));
      if (told === undefined || told.done === true) break;
      taken.push(told.value);
      this.next = undefined;
      if ('kind' in told.value) break;
      turn ??= new Promise((resolve) => {
        setImmediate(resolve, undefined);
      });
    }
    return taken;
  }

  leave(): void {
    this.over.abort();
    void Promise.resolve(this.items.return?.()).catch(() => undefined);
  }
}

const collected = async (events: AsyncIterable<Recorded>): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of events) all.push(event);
  return all;
};

/** Answers what a thread asks of the log of this one, which stays the only one that has a connection to it. */
export const answersFrom = (
  log: FollowedLog,
  tell: (message: ThreadHears) => void,
): { readonly hear: (said: ThreadSaid) => void; readonly end: () => void } => {
  const follows = new Map<number, HandedOn>();
  const answer = async (question: LogQuestion): Promise<LogAnswer> => {
    switch (question.what) {
      case 'end':
        return { items: [], end: await log.end() };
      case 'at':
        return { items: [(await log.at?.(question.position)) ?? []].flat() };
      case 'read':
        return { items: await collected(log.read(question.stream)) };
      case 'read-from-whole-log':
        return { items: (await log.readFromWholeLog?.(question.stream)) ?? [] };
      case 'next': {
        const follow = follows.get(question.follow) ?? new HandedOn(log, question.after);
        follows.set(question.follow, follow);
        return { items: await follow.take() };
      }
    }
  };
  const leave = (number: number): void => {
    follows.get(number)?.leave();
    follows.delete(number);
  };
  return {
    hear: (said) => {
      if (said.kind === 'left') leave(said.follow);
      if (said.kind !== 'asked') return;
      const { id, question } = said;
      answer(question).then(
        (given) => {
          tell({ id, answer: given });
        },
        (error: unknown) => {
          tell({ id, error: failedWith(error) });
        },
      );
    },
    end: () => {
      for (const number of [...follows.keys()]) leave(number);
    },
  };
};

/**
 * The log of the thread that has started this one.
 * @param tellsPlaces whether it says what stands at a position; otherwise its positions count the events
 */
export const askedLog = (
  say: (said: ThreadSaid) => void,
  { tellsPlaces }: { readonly tellsPlaces: boolean },
): { readonly log: FollowedLog; readonly hear: (message: ThreadHears) => void } => {
  const waiting = new Map<number, { readonly resolve: (answer: LogAnswer) => void; readonly reject: (error: Error) => void }>();
  let asked = 0;
  let follows = 0;
  const ask = (question: LogQuestion): Promise<LogAnswer> =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      say({ kind: 'asked', id: asked, question });
    });
  const events = async (question: LogQuestion): Promise<readonly Recorded[]> =>
    (await ask(question)).items.flatMap((item) => ('kind' in item ? [] : [item]));

  async function* subscribe({ after = '', signal }: Parameters<FollowedLog['subscribe']>[0]): AsyncGenerator<Item> {
    follows += 1;
    const follow = follows;
    const leave = (): void => {
      say({ kind: 'left', follow });
    };
    signal.addEventListener('abort', leave);
    try {
      while (!signal.aborted) {
        const { items } = await ask({ what: 'next', follow, after });
        if (items.length === 0) return;
        yield* items;
      }
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }
  async function* read(stream: string): AsyncGenerator<Recorded> {
    yield* await events({ what: 'read', stream });
  }
  return {
    log: {
      end: async () => (await ask({ what: 'end' })).end ?? '',
      ...(tellsPlaces && { at: async (position: Position) => (await events({ what: 'at', position }))[0] }),
      read,
      readFromWholeLog: (stream) => events({ what: 'read-from-whole-log', stream }),
      subscribe,
    },
    hear: (message) => {
      if (typeof message === 'string') return;
      const asker = waiting.get(message.id);
      waiting.delete(message.id);
      if ('answer' in message) asker?.resolve(message.answer);
      else asker?.reject(errorOf(message.error));
    },
  };
};
