/** Lets everybody who wants to know the same thing at the same time ask once. */
export class SharedLook<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly look: () => Promise<T>) {}

  /** What is seen by a look that begins after this call. */
  fresh(): Promise<T> {
    if (this.running === undefined) return this.start();
    const after = (): Promise<T> => {
      this.next = undefined;
      return this.start();
    };
    return (this.next ??= this.running.then(after, after));
  }

  private start(): Promise<T> {
    const look = this.look();
    this.running = look;
    const over = (): void => {
      if (this.running === look) this.running = undefined;
    };
    look.then(over, over);
    return look;
  }
}
