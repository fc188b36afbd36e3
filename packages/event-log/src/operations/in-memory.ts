import { defined } from '@tichet-albastru/kernel/defined';
import type { Attempt, KnownPerson, LogOperations, NotedToken, SignInTags, StoredAnswer, StoredCommand } from '../ports/operations';
import { endOfWindow } from './window';

export const answer = <T>(value: T): Promise<T> => Promise.resolve(value);
/** What was done before this is called needs no answer. */
export const done = (_work?: unknown): Promise<void> => Promise.resolve();

/** Rows by their key. */
export class Rows<Row> extends Map<string, Row> {
  where(holds: (row: Row) => boolean): readonly Row[] {
    return [...this.values()].filter(holds);
  }

  /** @returns how many went */
  removeWhere(holds: (row: Row) => boolean): number {
    const found = [...this].filter(([, row]) => holds(row));
    for (const [key] of found) this.delete(key);
    return found.length;
  }
}

/** Ascending by the first of these texts that differs. */
export const by =
  <Row>(...names: readonly ((row: Row) => string)[]) =>
  (one: Row, other: Row): number => {
    for (const name of names) {
      const [a, b] = [name(one), name(other)];
      if (a !== b) return a < b ? -1 : 1;
    }
    return 0;
  };

type Kept = { readonly fingerprint: string; readonly command: StoredCommand; readonly answer?: StoredAnswer; readonly refused?: true };

const idempotency = (): LogOperations['idempotency'] => {
  const rows = new Rows<Kept>();
  return {
    remember: (key, fingerprint, proposal) => {
      const { refused, ...found } = rows.get(key) ?? { fingerprint, command: proposal };
      if (found.fingerprint !== fingerprint) return answer({ kind: 'other-body' });
      const kept = refused ? { ...found, command: { ...found.command, at: proposal.at } } : found;
      rows.set(key, kept);
      return answer({ kind: 'kept', command: kept.command, ...(kept.answer && { answer: kept.answer }) });
    },
    answered: (key, fingerprint) => {
      const kept = rows.get(key);
      return answer(kept?.fingerprint === fingerprint ? kept.answer : undefined);
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
      return done();
    },
    prune: (before) => answer(rows.removeWhere(({ command }) => command.at < before)),
  };
};

const codes = (): LogOperations['codes'] => {
  const rows = new Rows<{ readonly code: string; readonly until: string }>();
  return {
    keep: (name, code, until) => {
      const kept = rows.get(name) ?? { code, until };
      rows.set(name, { code: kept.code, until: kept.until > until ? kept.until : until });
      return answer(kept.code);
    },
    get: (name, at) => {
      const kept = rows.get(name);
      return answer(kept === undefined || kept.until <= at ? undefined : kept.code);
    },
    remove: (name) => done(rows.delete(name)),
    prune: (before) => answer(rows.removeWhere(({ until }) => until < before)),
  };
};

const throttle = (): LogOperations['throttle'] => {
  type Hit = { readonly at: string; readonly expiresAt: string };
  const hitsOf = new Map<string, readonly Hit[]>();
  /** @returns how many went */
  const keep = (tag: string, left: readonly Hit[]): number => {
    const before = hitsOf.get(tag) ?? [];
    if (left.length === 0) hitsOf.delete(tag);
    else hitsOf.set(tag, left);
    return before.length - left.length;
  };
  const standing = (tag: string, since: string, until: string): readonly Hit[] =>
    (hitsOf.get(tag) ?? []).filter((hit) => hit.at >= since && hit.at <= until);
  return {
    hits: (tag, at, since, count) => {
      const until = endOfWindow(at, since);
      const left = standing(tag, since, until);
      const hits = count ? [...left, { at, expiresAt: until }].sort(by((hit) => hit.at)) : left;
      if (count) keep(tag, hits);
      return answer({ count: hits.length, ...defined({ oldest: hits[0]?.at }) });
    },
    take: (places, at) => {
      const windows = places.map(({ tag, since, limit }) => {
        const until = endOfWindow(at, since);
        return { tag, limit, until, left: standing(tag, since, until) };
      });
      const full = windows.findIndex(({ left, limit }) => left.length >= limit);
      if (full >= 0) return answer({ full, ...defined({ oldest: windows[full]?.left[0]?.at }) });
      for (const { tag, left, until } of windows) keep(tag, [...left, { at, expiresAt: until }].sort(by((hit) => hit.at)));
      return answer(undefined);
    },
    giveBack: (tag, at) => {
      const hits = hitsOf.get(tag) ?? [];
      const mine = hits.findIndex((hit) => hit.at === at);
      return answer(mine >= 0 && keep(tag, hits.toSpliced(mine, 1)) > 0);
    },
    prune: (before) => {
      const gone = [...hitsOf].map(([tag, hits]) =>
        keep(
          tag,
          hits.filter(({ expiresAt }) => expiresAt >= before),
        ),
      );
      return answer(gone.reduce((sum, count) => sum + count, 0));
    },
  };
};

const attempts = (): LogOperations['attempts'] => {
  const rows = new Rows<Attempt>();
  return {
    begin: (effectId, at) => {
      const number = (rows.get(effectId)?.attempts ?? 0) + 1;
      rows.set(effectId, { effectId, attempts: number, lastAt: at, done: false });
      return answer(number);
    },
    failed: (effectId, nextAt, error) => {
      const row = rows.get(effectId);
      if (row) rows.set(effectId, { ...row, nextAt, error });
      return done();
    },
    done: (effectId) => {
      const row = rows.get(effectId);
      if (row) rows.set(effectId, { effectId, attempts: row.attempts, lastAt: row.lastAt, done: true });
      return done();
    },
    get: (effectId) => answer(rows.get(effectId)),
    list: () => answer([...rows.values()].sort(by(({ effectId }) => effectId))),
    unfinished: () => answer(rows.where((row) => !row.done).toSorted(by(({ effectId }) => effectId))),
    reset: (effectId) => answer(rows.delete(effectId)),
    hasten: (effectId) => answer(rows.get(effectId)?.nextAt !== undefined && rows.delete(effectId)),
  };
};

const keyValues = (): LogOperations['keyValues'] => {
  const values = new Map<string, string>();
  return {
    get: (name) => answer(values.get(name)),
    put: (name, value) => done(values.set(name, value)),
    remove: (name) => done(values.delete(name)),
  };
};

type SessionHere = { readonly sealed: string; readonly expiresAt: string } & Partial<SignInTags & { readonly activeAt: string }>;

const sessions = (): LogOperations['sessions'] => {
  const rows = new Rows<SessionHere>();
  const change = (tag: string, changes: Partial<SessionHere>): boolean => {
    const row = rows.get(tag);
    if (row) rows.set(tag, { ...row, ...changes });
    return row !== undefined;
  };
  return {
    put: (tag, sealed, expiresAt, signIn) => done(rows.set(tag, { sealed, expiresAt, ...signIn })),
    replace: (tag, sealed, expiresAt) => answer(change(tag, { sealed, expiresAt })),
    get: (tag, at) => {
      const row = rows.get(tag);
      if (row === undefined || row.expiresAt <= at) return answer(undefined);
      return answer({ sealed: row.sealed, ...defined({ activeAt: row.activeAt }) });
    },
    of: (subject, at) =>
      answer(
        [...rows]
          .flatMap(([tag, { activeAt, expiresAt, ...row }]) =>
            row.subject !== subject || activeAt === undefined || expiresAt <= at ? [] : [{ tag, activeAt }],
          )
          .sort(
            by<{ readonly tag: string; readonly activeAt: string }>(
              ({ activeAt }) => activeAt,
              ({ tag }) => tag,
            ),
          ),
      ),
    touch: (tag, at) => done(change(tag, { activeAt: at })),
    remove: (tag) => done(rows.delete(tag)),
    end: ({ subject, sid }) =>
      answer(
        rows.removeWhere((row) =>
          sid !== undefined && row.sid !== undefined ? row.sid === sid : subject !== undefined && row.subject === subject,
        ),
      ),
    prune: (before) => answer(rows.removeWhere(({ expiresAt }) => expiresAt < before)),
  };
};

const people = (): LogOperations['people'] => {
  const rows = new Rows<KnownPerson>();
  const inOrder = by<KnownPerson>(
    ({ at }) => at,
    ({ person }) => person,
  );
  return {
    add: (person) => {
      const first = rows.get(person.tag) ?? person;
      rows.set(person.tag, first);
      return answer(first);
    },
    get: (tag) => answer(rows.get(tag)),
    list: () => answer([...rows.values()].sort(inOrder)),
    remove: (person) => answer(rows.removeWhere((row) => row.person === person) > 0),
  };
};

const tokens = (): LogOperations['tokens'] => {
  const rows = new Rows<NotedToken>();
  const inOrder = by<NotedToken>(
    ({ at }) => at,
    ({ id }) => id,
  );
  return {
    note: (token) => {
      const isNew = !rows.has(token.id);
      if (isNew) rows.set(token.id, token);
      return answer(isNew);
    },
    revoke: (id, at, expiresAt) => {
      const token = rows.get(id) ?? { id, role: '', person: '', at, expiresAt };
      return done(rows.set(id, { ...token, revokedAt: token.revokedAt ?? at }));
    },
    isRevoked: (id) => answer(rows.get(id)?.revokedAt !== undefined),
    list: () => answer([...rows.values()].sort(inOrder)),
    prune: (before) => answer(rows.removeWhere(({ expiresAt, revokedAt }) => expiresAt < before && revokedAt === undefined)),
  };
};

/** The reference: every operation happens in one turn of the event loop. Forgets everything with the process. */
export const createMemoryLogOperations = (): LogOperations => ({
  idempotency: idempotency(),
  codes: codes(),
  throttle: throttle(),
  attempts: attempts(),
  keyValues: keyValues(),
  sessions: sessions(),
  people: people(),
  tokens: tokens(),
});
