import { sql } from 'kysely';
import { defined } from '@tichet-albastru/kernel/defined';
import { rowsOfTable } from '../database/sql/table';
import { firstOf, prepared, type Given, type Workplace } from '../database/sql/work';
import { openBytes, openIfFitting, sealText } from '../keys/encrypting';
import type { Attempt, BoundedTag, LogOperations, NotedToken } from '../ports/operations';
import { logOperationTables, type AttemptRow, type Compose, type TokenRow } from './operation-tables';
import { answerOf, answerText } from './stored-answer.codec';
import { endOfWindow } from './window';

type Texts<Names extends string> = Given<Readonly<Record<Names, string>>>;

/**
 * The operational state in a database. Each decision is made by one statement, or under a lock that ends with it.
 * @param durable for what a promise rests on: commands and answers under a key, codes, values, people, tokens
 * @param repeatable for what a power cut may take back, because it would only be done again
 * @param answerKey encrypts codes, and the answers kept under idempotency keys; a caller that opens none leaves it out
 */
export const logOperationsIn = (
  compose: Compose,
  { durable, repeatable, answerKey }: { readonly durable: Workplace; readonly repeatable: Workplace; readonly answerKey?: Buffer },
): LogOperations => ({
  idempotency: idempotencyIn(compose, durable, given(answerKey)),
  codes: codesIn(compose, durable, given(answerKey)),
  throttle: throttleIn(compose, repeatable),
  attempts: attemptsIn(compose, repeatable),
  keyValues: keyValuesIn(compose, durable),
  sessions: sessionsIn(compose, repeatable),
  people: peopleIn(compose, durable),
  tokens: tokensIn(compose, durable),
});

const given = (answerKey: Buffer | undefined) => (): Buffer => {
  if (answerKey === undefined) throw new Error('Kept codes and answers were opened without their key.');
  return answerKey;
};

/**
 * An answer names a civil servant, may hold the link of a meeting and opens a ticket (its manage token): it is kept encrypted, and
 * bound to its own row.
 */
const idempotencyIn = ({ db, kind }: Compose, place: Workplace, key: () => Buffer): LogOperations['idempotency'] => {
  const rows = rowsOfTable(kind, 'idempotency', logOperationTables.idempotency);
  const standing = (column: string) => sql.ref(`idempotency.${column}`);
  const isSame = sql`${standing('fingerprint')} = excluded.fingerprint`;
  const statements = {
    // `commandAt` is NULL where the command was refused: the next request sets it
    remember: prepared((given: Given<{ key: string; fingerprint: string; at: string; commandId: string; ids: readonly string[] }>) =>
      db
        .insertInto('idempotency')
        .values({
          key: given('key'),
          fingerprint: given('fingerprint'),
          at: given('at'),
          commandId: given('commandId'),
          commandAt: given('at'),
          ids: given('ids'),
        })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            at: sql<string>`case when ${standing('commandAt')} is null and ${isSame} then excluded.at else ${standing('at')} end`,
            commandAt: sql<string>`case when ${isSame} then coalesce(${standing('commandAt')}, excluded.command_at) else ${standing('commandAt')} end`,
          }),
        )
        .returning(['fingerprint', 'commandId', 'commandAt', 'ids', 'answer'])
        .compile(),
    ),
    settle: prepared((given: Texts<'key' | 'answer'>) =>
      db
        .updateTable('idempotency')
        .set(({ fn }) => ({ answer: fn.coalesce('answer', given('answer')) }))
        .where('key', '=', given('key'))
        .returning('answer')
        .compile(),
    ),
    refused: prepared((given: Texts<'key'>) =>
      db.updateTable('idempotency').set({ commandAt: null }).where('key', '=', given('key')).where('answer', 'is', null).compile(),
    ),
  };
  const opened = (row: string, answer: string) => answerOf(openBytes(key(), Buffer.from(answer, 'base64'), row).toString());
  return {
    remember: async (name, fingerprint, { commandId, at, ids }) => {
      const row = await place.returned(statements.remember({ key: name, fingerprint, at, commandId, ids }));
      if (row?.fingerprint !== fingerprint) return { kind: 'other-body' };
      const command = { commandId: row.commandId, at: row.commandAt ?? '', ids: row.ids };
      return { kind: 'kept', command, ...(row.answer !== null && { answer: opened(name, row.answer) }) };
    },
    answered: async (name, fingerprint) => {
      const row = await place.first(rows.find(name));
      return row?.fingerprint === fingerprint && row.answer !== null ? opened(name, row.answer) : undefined;
    },
    settle: async (name, answer) => {
      const mine = sealText(key(), answerText(answer), name).toString('base64');
      const row = await place.returned(statements.settle({ key: name, answer: mine }));
      if (row === undefined) throw new Error('An answer to a command that nobody remembers.');
      return row.answer === mine ? answer : opened(name, row.answer ?? mine);
    },
    refused: (name) => place.run(statements.refused({ key: name })),
    prune: (before) => place.written(rows.removeBefore('at', before)),
  };
};

/** Codes of chance, encrypted and bound to their names. One that another key encrypted is none any more. */
const codesIn = ({ kind }: Compose, place: Workplace, key: () => Buffer): LogOperations['codes'] => {
  const rows = rowsOfTable(kind, 'codes', logOperationTables.codes);
  const keep = rows.upsert(['expiresAt'], () => 'excluded.expires_at > codes.expires_at');
  const bound = (name: string): string => `code\u001f${name}`;
  const opened = ({ name, sealed }: { readonly name: string; readonly sealed: string }): string | undefined =>
    openIfFitting(key(), Buffer.from(sealed, 'base64'), bound(name))?.toString();
  return {
    keep: async (name, code, until) => {
      const mine = { name, sealed: sealText(key(), code, bound(name)).toString('base64'), expiresAt: until };
      const kept = await place.write(function* () {
        yield keep(mine);
        return yield* firstOf(rows.find(name));
      });
      const standing = kept && opened(kept);
      if (standing !== undefined) return standing;
      await place.run(rows.put(mine));
      return code;
    },
    get: async (name, at) => {
      const row = await place.first(rows.find(name));
      return row === undefined || row.expiresAt <= at ? undefined : opened(row);
    },
    remove: (name) => place.run(rows.remove(name)),
    prune: (before) => place.written(rows.removeBefore('expiresAt', before)),
  };
};

/** The bounds of several tags, as lists of equal length: PostgreSQL takes them so. */
type TakenPlaces = {
  readonly tags: readonly string[];
  readonly at: string;
  readonly since: readonly string[];
  readonly until: readonly string[];
  readonly limits: readonly number[];
};

const inLists = (windows: readonly (BoundedTag & { readonly until: string })[]): Omit<TakenPlaces, 'at'> => ({
  tags: windows.map(({ tag }) => tag),
  since: windows.map(({ since }) => since),
  until: windows.map(({ until }) => until),
  limits: windows.map(({ limit }) => limit),
});

/** Hits by tag within a sliding window. In PostgreSQL counted under a lock on the tag: see `placesTogether`. */
const throttleIn = ({ db, kind }: Compose, place: Workplace): LogOperations['throttle'] => {
  type Hits = { readonly count: number; readonly oldest: string | null };
  const count = prepared((given: Texts<'tag' | 'at' | 'since' | 'until'>) =>
    sql<Hits>`select count, oldest from tichet.count_hit(${given('tag')}, ${given('at')}, ${given('since')}, ${given('until')})`.compile(
      db,
    ),
  );
  const forget = prepared((given: Texts<'tag' | 'since' | 'until'>) =>
    db
      .deleteFrom('throttle')
      .where('tag', '=', given('tag'))
      .where((hit) => hit.or([hit('at', '<', given('since')), hit('at', '>', given('until'))]))
      .compile(),
  );
  const rows = rowsOfTable(kind, 'throttle', logOperationTables.throttle);
  const look = prepared((given: Texts<'tag' | 'since' | 'until'>) =>
    db
      .selectFrom('throttle')
      .select(({ fn }) => [sql<number>`cast(count(*) as integer)`.as('count'), fn.min('at').as('oldest')])
      .where('tag', '=', given('tag'))
      .where('at', '>=', given('since'))
      .where('at', '<=', given('until'))
      .compile(),
  );
  // of several that were counted at one instant, one: each row has a name of its own only where it stands
  const row = sql.ref<string>(kind === 'postgres' ? 'ctid' : 'rowid');
  const forgetOne = prepared((given: Texts<'tag' | 'at'>) => {
    const one = db
      .selectFrom('throttle')
      .select(row.as('row'))
      .where('tag', '=', given('tag'))
      .where('at', '=', given('at'))
      .limit(sql.lit(1));
    return db
      .deleteFrom('throttle')
      .where(row, '=', kind === 'postgres' ? one.forUpdate().skipLocked() : one)
      .compile();
  });
  type Full = { readonly full: number; readonly oldest: string | null };
  const take = prepared((given: Given<TakenPlaces>) =>
    sql<Full>`select full_place as "full", oldest from tichet.take_places(${given('tags')}, ${given('at')}, ${given('since')}, ${given('until')}, ${given('limits')})`.compile(
      db,
    ),
  );
  const fullOf = (found: Full | undefined) => found && { full: found.full, ...defined({ oldest: found.oldest ?? undefined }) };
  const counted = (found: Hits | undefined) => ({ count: found?.count ?? 0, ...defined({ oldest: found?.oldest ?? undefined }) });
  return {
    hits: (tag, at, since, isHit) => {
      const until = endOfWindow(at, since);
      if (!isHit) return place.first(look({ tag, since, until })).then(counted);
      return place.write(function* () {
        if (kind === 'postgres') return counted(yield* firstOf(count({ tag, at, since, until })));
        yield forget({ tag, since, until });
        yield rows.insert({ tag, at, expiresAt: until });
        return counted(yield* firstOf(look({ tag, since, until })));
      });
    },
    take: (places, at) =>
      place.write(function* () {
        const windows = places.map(({ since, ...bounded }) => ({ ...bounded, since, until: endOfWindow(at, since) }));
        if (kind === 'postgres') return fullOf(yield* firstOf(take({ at, ...inLists(windows) })));
        for (const [full, { limit, ...window }] of windows.entries()) {
          const found = yield* firstOf(look(window));
          if (found !== undefined && found.count >= limit) return fullOf({ full, oldest: found.oldest });
        }
        for (const { tag, since, until } of windows) {
          yield forget({ tag, since, until });
          yield rows.insert({ tag, at, expiresAt: until });
        }
        return undefined;
      }),
    giveBack: async (tag, at) => (await place.written(forgetOne({ tag, at }))) > 0,
    prune: (before) => place.written(rows.removeBefore('expiresAt', before)),
  };
};

const attemptOf = ({ nextAt, error, ...row }: AttemptRow): Attempt => ({
  ...row,
  ...defined({ nextAt: nextAt ?? undefined, error: error ?? undefined }),
});

const attemptsIn = ({ db, kind }: Compose, place: Workplace): LogOperations['attempts'] => {
  const rows = rowsOfTable(kind, 'attempts', logOperationTables.attempts);
  const statements = {
    begin: prepared((given: Texts<'effectId' | 'at'>) =>
      db
        .insertInto('attempts')
        .values({ effectId: given('effectId'), attempts: 1, lastAt: given('at'), done: false })
        .onConflict((conflict) =>
          conflict.column('effectId').doUpdateSet((row) => ({
            attempts: row('attempts.attempts', '+', 1),
            lastAt: row.ref('excluded.lastAt'),
            nextAt: null,
            error: null,
            done: false,
          })),
        )
        .returning('attempts')
        .compile(),
    ),
    failed: rows.update(['nextAt', 'error'], ['effectId']),
    done: rows.update(['nextAt', 'error', 'done'], ['effectId']),
    // written out, not given as a value: the index of those that have not ended is of this condition
    unfinished: prepared(() =>
      db
        .selectFrom('attempts')
        .selectAll()
        .where((row) => row.not(row.ref('done')))
        .orderBy('effectId')
        .compile(),
    ),
    hasten: prepared((given: Texts<'effectId'>) =>
      db.deleteFrom('attempts').where('effectId', '=', given('effectId')).where('nextAt', 'is not', null).compile(),
    ),
  };
  return {
    begin: async (effectId, at) => (await place.returned(statements.begin({ effectId, at })))?.attempts ?? 1,
    failed: (effectId, nextAt, error) => place.run(statements.failed({ effectId, nextAt, error })),
    done: (effectId) => place.run(statements.done({ effectId, nextAt: null, error: null, done: true })),
    get: async (effectId) => {
      const row = await place.first(rows.find(effectId));
      return row && attemptOf(row);
    },
    list: async () => (await place.rows(rows.list(['effectId']))).map(attemptOf),
    unfinished: async () => (await place.rows(statements.unfinished({}))).map(attemptOf),
    reset: async (effectId) => (await place.written(rows.remove(effectId))) > 0,
    hasten: async (effectId) => (await place.written(statements.hasten({ effectId }))) > 0,
  };
};

const keyValuesIn = ({ kind }: Compose, place: Workplace): LogOperations['keyValues'] => {
  const values = rowsOfTable(kind, 'registers', logOperationTables.registers);
  return {
    get: async (name) => {
      await place.durable();
      return (await place.first(values.find(name)))?.value;
    },
    put: (name, value) => place.run(values.put({ name, value })),
    remove: (name) => place.run(values.remove(name)),
  };
};

/** Sessions of browsers: a row under the tag of a cookie. */
const sessionsIn = ({ db, kind }: Compose, place: Workplace): LogOperations['sessions'] => {
  const rows = rowsOfTable(kind, 'sessions', logOperationTables.sessions);
  const replace = rows.update(['sealed', 'expiresAt'], ['tag']);
  const touch = rows.update(['activeAt'], ['tag']);
  const endWithoutSid = prepared((given: Texts<'subject'>) =>
    db.deleteFrom('sessions').where('subject', '=', given('subject')).where('sid', 'is', null).compile(),
  );
  return {
    put: (tag, sealed, expiresAt, signIn) => {
      const of = { subject: signIn?.subject ?? null, sid: signIn?.sid ?? null, activeAt: signIn?.activeAt ?? null };
      return place.run(rows.put({ tag, sealed, expiresAt, ...of }));
    },
    replace: async (tag, sealed, expiresAt) => (await place.written(replace({ tag, sealed, expiresAt }))) > 0,
    get: async (tag, at) => {
      const row = await place.first(rows.find(tag));
      if (row === undefined || row.expiresAt <= at) return undefined;
      return { sealed: row.sealed, ...defined({ activeAt: row.activeAt ?? undefined }) };
    },
    of: async (subject, at) =>
      (await place.rows(rows.list(['activeAt', 'tag'], 'subject', subject))).flatMap(({ tag, activeAt, expiresAt }) =>
        activeAt === null || expiresAt <= at ? [] : [{ tag, activeAt }],
      ),
    touch: (tag, at) => place.run(touch({ tag, activeAt: at })),
    remove: (tag) => place.run(rows.remove(tag)),
    end: async ({ subject, sid }) => {
      const ended = sid === undefined ? 0 : await place.written(rows.remove(sid, 'sid'));
      if (subject === undefined) return ended;
      return ended + (await place.written(sid === undefined ? rows.remove(subject, 'subject') : endWithoutSid({ subject })));
    },
    prune: (before) => place.written(rows.removeBefore('expiresAt', before)),
  };
};

/** Who stands behind a pseudonym. */
const peopleIn = ({ kind }: Compose, place: Workplace): LogOperations['people'] => {
  const rows = rowsOfTable(kind, 'people', logOperationTables.people);
  return {
    add: async (person) => {
      await place.run(rows.add(person));
      return (await place.first(rows.find(person.tag))) ?? person;
    },
    get: (tag) => place.first(rows.find(tag)),
    list: () => place.rows(rows.list(['at', 'person'])),
    remove: async (person) => (await place.written(rows.remove(person, 'person'))) > 0,
  };
};

const notedToken = ({ revokedAt, ...row }: TokenRow): NotedToken => ({ ...row, ...defined({ revokedAt: revokedAt ?? undefined }) });

/** Tokens by their id. */
const tokensIn = ({ db, kind }: Compose, place: Workplace): LogOperations['tokens'] => {
  const rows = rowsOfTable(kind, 'tokens', logOperationTables.tokens);
  const revoke = rows.upsert(['revokedAt'], () => 'tokens.revoked_at IS NULL');
  const prune = prepared((given: Texts<'before'>) =>
    db.deleteFrom('tokens').where('expiresAt', '<', given('before')).where('revokedAt', 'is', null).compile(),
  );
  return {
    note: async ({ revokedAt = null, ...token }) => (await place.written(rows.add({ ...token, revokedAt }))) > 0,
    revoke: (id, at, expiresAt) => place.run(revoke({ id, role: '', person: '', at, expiresAt, revokedAt: at })),
    isRevoked: async (id) => typeof (await place.first(rows.find(id)))?.revokedAt === 'string',
    list: async () => (await place.rows(rows.list(['at', 'id']))).map(notedToken),
    prune: (before) => place.written(prune({ before })),
  };
};
