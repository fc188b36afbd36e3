import type { Opening, Operations } from '../../../../application/kernel/ports/operations';
import { openingTry } from '../take-try';

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
      const taken = openingTry(code, at, triesPerCode);
      if (code && taken.kind === 'compare') code.tries += 1;
      return answer(taken);
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
