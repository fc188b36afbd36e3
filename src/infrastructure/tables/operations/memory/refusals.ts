import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../../application/kernel/ports/refusals';
import { entryOf } from '../refusal-row';

const inOrder = (one: NotedRefusal, other: NotedRefusal): number => {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return entryOf(one) < entryOf(other) ? -1 : 1;
};

export const memoryRefusals = (): Refusals => {
  const rows = new Map<string, NotedRefusal>();
  const of = (subject: string): readonly NotedRefusal[] => [...rows.values()].filter((row) => row.subject === subject).sort(inOrder);
  return {
    note: (refusal) => {
      const entry = entryOf(refusal);
      if (!rows.has(entry)) rows.set(entry, refusal);
      for (const old of of(refusal.subject).slice(0, -mostRefusalsOfSubject)) rows.delete(entryOf(old));
      return Promise.resolve();
    },
    of: (subject) => Promise.resolve(of(subject)),
    prune: (before) => {
      const old = [...rows.values()].filter(({ at }) => at < before);
      for (const row of old) rows.delete(entryOf(row));
      return Promise.resolve(old.length);
    },
  };
};
