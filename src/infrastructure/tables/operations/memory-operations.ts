import type {
  Attempt,
  StoredAnswer,
  StoredCommand,
  KeptDraft,
  LetterRecord,
  Opening,
  Operations,
} from '../../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../application/kernel/ports/refusals';
import { entryOf, openingTry, verificationTry } from './deciding';

type Kept = { readonly fingerprint: string; readonly command: StoredCommand; readonly answer?: StoredAnswer; readonly refused?: true };
type Code = { n: number; expiresAt: string; tries: number; spent: boolean };

const answer = <T>(value: T): Promise<T> => Promise.resolve(value);

const idempotency = (): Operations['idempotency'] => {
  const rows = new Map<string, Kept>();
  return {
    remember: (key, fingerprint, proposal) => {
      const { refused, ...found } = rows.get(key) ?? { fingerprint, command: proposal };
      if (found.fingerprint !== fingerprint) return answer({ kind: 'other-body' });
      const kept = refused ? { ...found, command: { ...found.command, at: proposal.at } } : found;
      rows.set(key, kept);
      return answer({ kind: 'kept', command: kept.command, ...(kept.answer && { answer: kept.answer }) });
    },
    settle: (key, given) => {
      const kept = rows.get(key);
      if (!kept) return Promise.reject(new Error('An answer to a command that nobody remembers.'));
      const first = kept.answer ?? given;
      rows.set(key, { ...kept, answer: first });
      return answer(first);
    },
    refused: (key) => {
      const kept = rows.get(key);
      if (kept && !kept.answer) rows.set(key, { ...kept, refused: true });
      return answer(undefined);
    },
    prune: (before) => {
      const old = [...rows].filter(([, { command }]) => command.at < before);
      for (const [key] of old) rows.delete(key);
      return answer(old.length);
    },
  };
};

const verification = (): Operations['verification'] => {
  const codes = new Map<string, Code>();
  return {
    open: (ticketId, n, expiresAt) => {
      const code = codes.get(ticketId);
      if (!code || code.n < n) codes.set(ticketId, { n, expiresAt, tries: 0, spent: false });
      return answer(undefined);
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
      return answer(undefined);
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
    release: (ticketId) => {
      tagOf.delete(ticketId);
      return answer(undefined);
    },
  };
};

const throttle = (): Operations['throttle'] => {
  const hitsOf = new Map<string, readonly string[]>();
  return {
    hits: (tag, at, since, count) => {
      const left = (hitsOf.get(tag) ?? []).filter((hit) => hit >= since);
      const hits = count ? [...left, at].sort() : left;
      if (hits.length === 0) hitsOf.delete(tag);
      else hitsOf.set(tag, hits);
      const [oldest] = hits;
      return answer({ count: hits.length, ...(oldest !== undefined && { oldest }) });
    },
  };
};

const attempts = (): Operations['attempts'] => {
  const rows = new Map<string, Attempt>();
  return {
    begin: (effectId, at) => {
      const number = (rows.get(effectId)?.attempts ?? 0) + 1;
      rows.set(effectId, { effectId, attempts: number, lastAt: at, done: false });
      return answer(number);
    },
    failed: (effectId, nextAt, error) => {
      const row = rows.get(effectId);
      if (row) rows.set(effectId, { ...row, nextAt, error });
      return answer(undefined);
    },
    done: (effectId) => {
      const row = rows.get(effectId);
      if (row) rows.set(effectId, { effectId, attempts: row.attempts, lastAt: row.lastAt, done: true });
      return answer(undefined);
    },
    get: (effectId) => answer(rows.get(effectId)),
    list: () => answer([...rows.values()].sort((a, b) => (a.effectId < b.effectId ? -1 : 1))),
    reset: (effectId) => answer(rows.delete(effectId)),
  };
};

const outbox = (): Operations['outbox'] => {
  const letters = new Map<string, LetterRecord>();
  const inOrder = (): readonly LetterRecord[] =>
    [...letters.values()].sort((a, b) => (a.at === b.at ? (a.letterId < b.letterId ? -1 : 1) : a.at < b.at ? -1 : 1));
  return {
    note: (letter) => {
      letters.set(letter.letterId, letter);
      return answer(undefined);
    },
    get: (letterId) => answer(letters.get(letterId)),
    list: () => answer(inOrder()),
    ofTicket: (ticketId) => answer(inOrder().filter((letter) => letter.ticketId === ticketId)),
    forget: (ticketId) => {
      const theirs = inOrder().filter((letter) => letter.ticketId === ticketId);
      for (const { letterId } of theirs) letters.delete(letterId);
      return answer(theirs.length);
    },
  };
};

const registers = (): Operations['registers'] => {
  const values = new Map<string, string>();
  return {
    get: (name) => answer(values.get(name)),
    put: (name, value) => {
      values.set(name, value);
      return answer(undefined);
    },
    remove: (name) => {
      values.delete(name);
      return answer(undefined);
    },
  };
};

const sessions = (): Operations['sessions'] => {
  const rows = new Map<string, { readonly sealed: string; readonly expiresAt: string }>();
  return {
    put: (tag, sealed, expiresAt) => {
      rows.set(tag, { sealed, expiresAt });
      return answer(undefined);
    },
    replace: (tag, sealed, expiresAt) => {
      const stood = rows.has(tag);
      if (stood) rows.set(tag, { sealed, expiresAt });
      return answer(stood);
    },
    get: (tag, at) => {
      const row = rows.get(tag);
      return answer(row === undefined || row.expiresAt <= at ? undefined : row.sealed);
    },
    remove: (tag) => {
      rows.delete(tag);
      return answer(undefined);
    },
    prune: (before) => {
      const over = [...rows].filter(([, { expiresAt }]) => expiresAt < before);
      for (const [tag] of over) rows.delete(tag);
      return answer(over.length);
    },
  };
};

type OpeningKept = Opening & { tries: number; sent: boolean; spentBy?: string };
const openings = (): Operations['openings'] => {
  const rows = new Map<string, OpeningKept>();
  const newest = (reference: string, n: number): OpeningKept | undefined => {
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

const oldestFirst = (one: NotedRefusal, other: NotedRefusal): number => {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return entryOf(one) < entryOf(other) ? -1 : 1;
};

const refusals = (): Refusals => {
  const rows = new Map<string, NotedRefusal>();
  const of = (subject: string): readonly NotedRefusal[] => [...rows.values()].filter((row) => row.subject === subject).sort(oldestFirst);
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

const newestFirst = (a: KeptDraft, b: KeptDraft): number => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1);

const drafts = (): Operations['drafts'] => {
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

/** The reference: every operation happens in one turn of the event loop. Forgets everything with the process. */
export const createMemoryOperations = (): Operations => ({
  idempotency: idempotency(),
  verification: verification(),
  places: places(),
  throttle: throttle(),
  attempts: attempts(),
  outbox: outbox(),
  registers: registers(),
  sessions: sessions(),
  drafts: drafts(),
  openings: openings(),
  refusals: refusals(),
});
