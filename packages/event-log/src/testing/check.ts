/** One promise of a port and how to see whether an adapter keeps it. Throws when it does not; free of any test runner. */
export type ContractCheck<Subject> = { readonly promise: string; readonly check: (subject: Subject) => Promise<void> };

/** An adapter under test broke a promise. */
export class PromiseBroken extends Error {
  override readonly name = 'PromiseBroken';
}

/** @throws PromiseBroken */
export const ensure = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new PromiseBroken(otherwise);
};

/** Plain JSON values only. @throws PromiseBroken */
export const ensureEqual = (actual: unknown, expected: unknown, what: string): void => {
  const [given, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(given === wanted, `${what}: expected ${wanted}, got ${given}`);
};

/** All at once. */
export const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Entries in one order, whatever the order in which an adapter gives them. */
export const sorted = (value: object | undefined): unknown => value && Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
