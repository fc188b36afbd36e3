import type { Opening, Operations } from '../../../application/ports/operations';

type Kept = Opening & { tries: number; sent: boolean; spentBy?: string };
const answer = <T>(value: T): Promise<T> => Promise.resolve(value);

export const memoryOpenings = (): Operations['openings'] => {
  const rows = new Map<string, Kept>();
  const newest = (reference: string, n: number): Kept | undefined => {
    const row = rows.get(reference);
    return row?.n === n ? row : undefined;
  };
  return {
    ask: (opening, notBefore) => {
      const before = rows.get(opening.reference);
      if (before?.n === opening.n) return answer({ kind: 'again' });
      if (before !== undefined && before.askedAt > notBefore) return answer({ kind: 'too-soon', askedAt: before.askedAt });
      rows.set(opening.reference, { ...opening, tries: 0, sent: false });
      return answer({ kind: 'asked' });
    },
    takeTry: (reference, at, triesPerCode) => {
      const code = rows.get(reference);
      if (code === undefined) return answer({ kind: 'none' });
      if (at >= code.expiresAt) return answer({ kind: 'expired' });
      if (code.spentBy !== undefined) return answer({ kind: 'spent', by: code.spentBy });
      if (code.tries >= triesPerCode) return answer({ kind: 'exhausted' });
      code.tries += 1;
      return answer({ kind: 'compare', n: code.n, triesLeft: triesPerCode - code.tries });
    },
    spend: (reference, n, commandId) => {
      const row = newest(reference, n);
      if (row) row.spentBy = commandId;
      return answer(undefined);
    },
    unsent: () =>
      answer(
        [...rows.values()]
          .filter(({ sent }) => !sent)
          .sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1))
          .map(({ reference, n, askedAt, expiresAt }) => ({ reference, n, askedAt, expiresAt })),
      ),
    settle: (reference, n) => {
      const row = newest(reference, n);
      if (row) row.sent = true;
      return answer(undefined);
    },
    prune: (before) => {
      const over = [...rows.values()].filter(({ expiresAt }) => expiresAt < before);
      for (const { reference } of over) rows.delete(reference);
      return answer(over.length);
    },
  };
};
