/**
 * The items of one batch after the other. Written by hand: an async generator costs several turns of the microtask queue
 * an item, which is most of the price of reading a million events.
 * @param next the following batch; an empty one ends the iteration
 */
export const batched = <T>(next: () => readonly T[] | Promise<readonly T[]>): AsyncIterableIterator<T> => {
  let batch: readonly T[] = [];
  let at = 0;
  let over = false;
  const refill = async (): Promise<IteratorResult<T>> => {
    batch = over ? [] : await next();
    at = 0;
    return take() ?? finish();
  };
  const take = (): IteratorResult<T> | undefined => {
    const value = batch[at];
    if (value === undefined) return undefined;
    at += 1;
    return { done: false, value };
  };
  const finish = (): IteratorResult<T> => {
    over = true;
    batch = [];
    return { done: true, value: undefined };
  };
  return {
    next: () => {
      const result = take();
      return result ? Promise.resolve(result) : refill();
    },
    return: () => Promise.resolve(finish()),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
