/** Insertions, deletions and substitutions between two names. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The names that were probably meant, the nearest first. @param farthest how many letters may differ */
export const nearestTo = (name: string, known: readonly string[], farthest = Infinity): readonly string[] =>
  known
    .map((other) => ({ other, away: distance(name, other) }))
    .filter(({ away }) => away <= farthest)
    .sort((a, b) => a.away - b.away)
    .map(({ other }) => other);
