import type { KeptDraft, LetterRecord, Opening, Operations } from '../../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../application/kernel/ports/refusals';
import { answer, by, createMemoryLogOperations, done, Rows } from '@tichet-albastru/event-log/operations/in-memory';
import { endOfWindow } from '@tichet-albastru/event-log/operations/window';
import { entryOf, openingTry, verificationTry } from './deciding';

const verification = (): Operations['verification'] => {
  const codes = new Rows<{ n: number; expiresAt: string; tries: number; spent: boolean }>();
  return {
    open: (ticketId, n, expiresAt) => {
      const code = codes.get(ticketId);
      if (!code || code.n < n) codes.set(ticketId, { n, expiresAt, tries: 0, spent: false });
      return done();
    },
    takeTry: (ticketId, at, triesPerCode) => {
      const code = codes.get(ticketId);
      const taken = verificationTry(code, at, triesPerCode);
      if (code && taken.kind === 'compare') code.tries += 1;
      return answer(taken);
    },
    spend: (ticketId, n) => {
      const code = codes.get(ticketId);
      if (code?.n === n) code.spent = true;
      return done();
    },
  };
};

const places = (): Operations['places'] => {
  const tagOf = new Map<string, string>();
  return {
    claim: (tag, ticketId, limit) => {
      const others = [...tagOf].filter(([id, other]) => other === tag && id !== ticketId).length;
      if (tagOf.get(ticketId) === tag) return answer(true);
      if (others >= limit) return answer(false);
      tagOf.set(ticketId, tag);
      return answer(true);
    },
    release: (ticketId) => done(tagOf.delete(ticketId)),
  };
};

const outbox = (): Operations['outbox'] => {
  const letters = new Rows<LetterRecord>();
  const inOrder = by<LetterRecord>(
    ({ at }) => at,
    ({ letterId }) => letterId,
  );
  return {
    note: (letter) => done(letters.set(letter.letterId, letter)),
    get: (letterId) => answer(letters.get(letterId)),
    list: () => answer([...letters.values()].sort(inOrder)),
    ofTicket: (ticketId) => answer(letters.where((letter) => letter.ticketId === ticketId).toSorted(inOrder)),
    forget: (ticketId) => answer(letters.removeWhere((letter) => letter.ticketId === ticketId)),
  };
};

const isTooSoon = (before: Opening, { askedAt }: Opening, notBefore: string): boolean =>
  before.askedAt > notBefore && before.askedAt <= endOfWindow(askedAt, notBefore);

const openings = (): Operations['openings'] => {
  const rows = new Rows<Opening & { tries: number; sent: boolean; spentBy?: string }>();
  const newest = (id: string, n: number) => rows.where((row) => row.id === id && row.n === n);
  return {
    ask: (opening, notBefore) => {
      const before = rows.get(opening.id);
      if (before?.n === opening.n) return answer({ kind: 'again' });
      if (before !== undefined && isTooSoon(before, opening, notBefore)) return answer({ kind: 'too-soon', askedAt: before.askedAt });
      rows.set(opening.id, { ...opening, tries: 0, sent: false });
      return answer({ kind: 'asked' });
    },
    takeTry: (id, at, triesPerCode) => {
      const code = rows.get(id);
      const taken = openingTry(code, at, triesPerCode);
      if (code && taken.kind === 'compare') code.tries += 1;
      return answer(taken);
    },
    spend: (id, n, commandId) => {
      const free = newest(id, n).filter(({ spentBy = commandId }) => spentBy === commandId);
      for (const row of free) row.spentBy = commandId;
      return answer(free.length > 0);
    },
    unsent: () => {
      const found = rows.where(({ sent }) => !sent).toSorted(by(({ askedAt }) => askedAt));
      return answer(found.map(({ id, reference, n, askedAt, expiresAt, vouched }) => ({ id, reference, n, askedAt, expiresAt, vouched })));
    },
    settle: (id, n) => {
      for (const row of newest(id, n)) row.sent = true;
      return done();
    },
    prune: (before) => answer(rows.removeWhere(({ expiresAt }) => expiresAt < before)),
  };
};

const refusals = (): Refusals => {
  const rows = new Rows<NotedRefusal>();
  const of = (subject: string): readonly NotedRefusal[] =>
    rows.where((row) => row.subject === subject).toSorted(by<NotedRefusal>(({ at }) => at, entryOf));
  return {
    note: (refusal) => {
      const entry = entryOf(refusal);
      if (!rows.has(entry)) rows.set(entry, refusal);
      for (const old of of(refusal.subject).slice(0, -mostRefusalsOfSubject)) rows.delete(entryOf(old));
      return done();
    },
    of: (subject) => answer(of(subject)),
    prune: (before) => answer(rows.removeWhere(({ at }) => at < before)),
  };
};

const drafts = (): Operations['drafts'] => {
  const rows = new Rows<KeptDraft>();
  const isFinished = ({ sealed }: KeptDraft): boolean => sealed === '';
  const newestFirst = (holds: (row: KeptDraft) => boolean): readonly KeptDraft[] => {
    const inOrder = by<KeptDraft>(
      ({ at }) => at,
      ({ id }) => id,
    );
    return rows.where((row) => holds(row) && !isFinished(row)).toSorted((one, other) => inOrder(other, one));
  };
  return {
    put: (draft, most) => {
      const before = rows.get(draft.id);
      if (before === undefined || !isFinished(before)) rows.set(draft.id, draft);
      for (const { id } of newestFirst(({ owner }) => owner === draft.owner).slice(most)) rows.delete(id);
      return done();
    },
    of: (owner, form, at) => answer(newestFirst((row) => row.owner === owner && row.form === form && row.expiresAt > at)),
    finish: (id, until) => done(rows.set(id, { id, owner: '', form: '', sealed: '', at: until, expiresAt: until })),
    forget: (ticketId) => answer(rows.removeWhere((row) => row.ticketId === ticketId)),
    prune: (before) => answer(rows.removeWhere(({ expiresAt }) => expiresAt < before)),
  };
};

/** The reference: every operation happens in one turn of the event loop. Forgets everything with the process. */
export const createMemoryOperations = (): Operations => ({
  ...createMemoryLogOperations(),
  verification: verification(),
  places: places(),
  outbox: outbox(),
  drafts: drafts(),
  openings: openings(),
  refusals: refusals(),
});
