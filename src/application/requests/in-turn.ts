const ends = new WeakMap<object, Promise<unknown>>();

/** One after the other for whatever shares this, in the order in which they came. One that fails keeps nobody back. */
export const inTurn = <T>(shared: object, work: () => Promise<T>): Promise<T> => {
  const mine = (ends.get(shared) ?? Promise.resolve()).then(work, work);
  ends.set(shared, mine);
  return mine;
};
