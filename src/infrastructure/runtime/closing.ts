type Closable = { close(): void | Promise<void> };

/** What is to be closed in the end, last first. */
export class Closing {
  readonly #opened: Closable[] = [];

  /** @returns what was opened */
  add<T extends Closable>(opened: T): T {
    this.#opened.push(opened);
    return opened;
  }

  async close(): Promise<void> {
    for (const one of this.#opened.splice(0).reverse()) await one.close();
  }
}

/** Opens several things. Where one cannot be opened, none stays open: a connection would keep the process from ending. */
export const openTogether = async <T extends object>(
  open: (closing: Closing) => Promise<T>,
): Promise<T & { readonly close: () => Promise<void> }> => {
  const closing = new Closing();
  try {
    return { ...(await open(closing)), close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
};
