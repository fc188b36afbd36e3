/** What comes of work that is done at once, as a promise: what it throws is its rejection. */
export const answered = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });

/** Does what it is given one after the other, in the order in which it was asked. */
export const oneAtATime = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
};

/** Does the same work once for all callers that ask for it at the same time. */
export class SharedWork<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly work: () => Promise<T>) {}

  /** What comes of work that begins after this call. */
  fresh(): Promise<T> {
    if (this.running === undefined) return this.start();
    const after = (): Promise<T> => {
      this.next = undefined;
      return this.start();
    };
    return (this.next ??= this.running.then(after, after));
  }

  private start(): Promise<T> {
    const work = this.work();
    this.running = work;
    const over = (): void => {
      if (this.running === work) this.running = undefined;
    };
    work.then(over, over);
    return work;
  }
}
