/**
 * Where an event stands, said twice: by a text that is not proved, and by the tree. What is newer than the checkpoint has no leaf yet
 * (`Infinity`): it stands behind all that the tree has, even if its text says otherwise.
 */
export type PlaceInLog = { readonly position: string; readonly leaf: number };

const byPosition = (one: PlaceInLog, other: PlaceInLog): number =>
  one.position < other.position ? -1 : one.position > other.position ? 1 : 0;

/** The first of them that stands behind it, or where it would stand. */
const placeOf = (sorted: readonly PlaceInLog[], { position }: PlaceInLog): number => {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle]?.position ?? '') < position) from = middle + 1;
    else to = middle;
  }
  return from;
};

const isBehind = (one: PlaceInLog, before: PlaceInLog): boolean =>
  before.position < one.position && (before.leaf < one.leaf || one.leaf === Infinity);

const fits = (before: PlaceInLog | undefined, one: PlaceInLog, after: PlaceInLog | undefined): boolean =>
  (before === undefined || isBehind(one, before)) && (after === undefined || isBehind(after, one));

/** Checks are told by positions what was known when; the tree says whether the positions are true. */
export const createLogOrder = () => {
  const shared: PlaceInLog[] = [];
  const fitsShared = (one: PlaceInLog): boolean => {
    const at = placeOf(shared, one);
    return fits(shared[at - 1], one, shared[at]);
  };
  return {
    /** Events that many tickets rest on. @returns whether they are in the order of the tree, all that was shared before among them */
    share: (places: readonly PlaceInLog[]): boolean => {
      let holds = true;
      for (const one of places) {
        holds &&= fitsShared(one);
        shared.splice(placeOf(shared, one), 0, one);
      }
      return holds;
    },
    /** Those of one ticket. @returns whether they are in the order of the tree, all that is shared among them */
    holds: (places: readonly PlaceInLog[]): boolean => {
      const sorted = places.toSorted(byPosition);
      return sorted.every((one, at) => fits(sorted[at - 1], one, undefined) && fitsShared(one));
    },
  };
};
