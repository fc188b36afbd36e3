import type { KeptDraft, Operations } from '../../../../application/kernel/ports/operations';

const newestFirst = (a: KeptDraft, b: KeptDraft): number => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1);

export const memoryDrafts = (): Operations['drafts'] => {
  const rows = new Map<string, KeptDraft>();
  const isFinished = ({ sealed }: KeptDraft): boolean => sealed === '';
  const erase = (found: readonly KeptDraft[]): Promise<number> => {
    for (const { id } of found) rows.delete(id);
    return Promise.resolve(found.length);
  };
  const where = (holds: (row: KeptDraft) => boolean): readonly KeptDraft[] => [...rows.values()].filter(holds);
  return {
    put: (draft, most) => {
      const before = rows.get(draft.id);
      if (before === undefined || !isFinished(before)) rows.set(draft.id, draft);
      const theirs = where((row) => row.owner === draft.owner && !isFinished(row)).toSorted(newestFirst);
      return erase(theirs.slice(most)).then(() => undefined);
    },
    of: (owner, form, at) =>
      Promise.resolve(
        where((row) => row.owner === owner && row.form === form && row.expiresAt > at && !isFinished(row)).toSorted(newestFirst),
      ),
    finish: (id, until) => {
      rows.set(id, { id, owner: '', form: '', sealed: '', at: until, expiresAt: until });
      return Promise.resolve();
    },
    forget: (ticketId) => erase(where((row) => row.ticketId === ticketId)),
    prune: (before) => erase(where((row) => row.expiresAt < before)),
  };
};
