import * as fc from 'fast-check';

/** Looks at so many values of each kind, and names the smallest with which it does not hold. */
export const holdsFor = <Values extends [unknown, ...unknown[]]>(
  runs: number,
  ofEach: { readonly [Place in keyof Values]: fc.Arbitrary<Values[Place]> },
  check: (...values: Values) => void,
): void => {
  fc.assert(fc.property<Values>(...ofEach, check), { numRuns: runs });
};
