/** Until it is certain that nothing moves; how long something takes that does is the machine's affair. */
const patience = 300_000;

type Found<T> = T | undefined | false;

/** Waits until the answer is there; what happens in another process has no other sign. */
export const eventually = async <T>(what: string, look: () => Promise<Found<T>> | Found<T>): Promise<T> => {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It did not happen: ${what}.`);
};
