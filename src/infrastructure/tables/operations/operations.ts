import { sql } from 'kysely';
import type { Attempt, Operations } from '../../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../application/kernel/ports/refusals';
import { defined } from '../../../domain/kernel/defined';
import { rowsOfTable } from '../../database/sql/table';
import { doing, firstOf, prepared, rowsOf, writtenBy, type Composer, type Given, type Workplace } from '../../database/sql/work';
import { answerOf, answerText } from '../../log/codec/row.codec';
import { openBytes, encryptBytes } from '../../log/keys/encrypting';
import { entryOf, openingTry, verificationTry } from './deciding';
import { operationTables, type AttemptRow, type DraftRow, type OperationRows, type RefusalRow } from './operation-tables';

type Compose = Composer<OperationRows>;
type Texts<Names extends string> = Given<Readonly<Record<Names, string>>>;

/**
 * The operational state in a database. Whatever decides is decided by one statement, or under a lock that ends with it.
 * @param durable for what a promise rests on: commands and answers under a key, tries, codes, the cap on an address
 * @param repeatable for what a power cut may take back, because it would only be done again
 * @param answerKey encrypts the answers kept under idempotency keys; left out by whoever opens none
 */
export const operationsIn = (
  compose: Compose,
  { durable, repeatable, answerKey }: { readonly durable: Workplace; readonly repeatable: Workplace; readonly answerKey?: Buffer },
): Operations => ({
  idempotency: idempotencyIn(compose, durable, answerKey),
  verification: verificationIn(compose, durable),
  places: placesIn(compose, durable),
  throttle: throttleIn(compose, repeatable),
  attempts: attemptsIn(compose, repeatable),
  outbox: outboxIn(compose, repeatable),
  registers: registersIn(compose, durable),
  sessions: sessionsIn(compose, repeatable),
  drafts: draftsIn(compose, repeatable),
  openings: openingsIn(compose, durable),
  refusals: refusalsIn(compose, repeatable),
});

/**
 * An answer names a civil servant, may hold the link of a meeting and opens a ticket (its manage token): it is kept encrypted, and
 * bound to its own row.
 */
const idempotencyIn = ({ db, kind }: Compose, place: Workplace, answerKey: Buffer | undefined): Operations['idempotency'] => {
  const rows = rowsOfTable(kind, 'idempotency', operationTables.idempotency);
  const standing = (column: string) => sql.ref(`idempotency.${column}`);
  const isSame = sql`${standing('fingerprint')} = excluded.fingerprint`;
  const statements = {
    // `commandAt` is NULL where the command was refused: it is of whoever asks next
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
  const key = (): Buffer => {
    if (answerKey === undefined) throw new Error('Kept answers were opened without their key.');
    return answerKey;
  };
  const opened = (row: string, answer: string) => answerOf(openBytes(key(), Buffer.from(answer, 'base64'), row).toString());
  return {
    remember: (name, fingerprint, { commandId, at, ids }) =>
      place.write(function* () {
        const row = yield* firstOf(statements.remember({ key: name, fingerprint, at, commandId, ids }));
        if (row?.fingerprint !== fingerprint) return { kind: 'other-body' };
        const command = { commandId: row.commandId, at: row.commandAt ?? '', ids: row.ids };
        return { kind: 'kept', command, ...(row.answer !== null && { answer: opened(name, row.answer) }) };
      }),
    settle: (name, answer) =>
      place.write(function* () {
        const mine = encryptBytes(key(), Buffer.from(answerText(answer)), name).toString('base64');
        const row = yield* firstOf(statements.settle({ key: name, answer: mine }));
        if (row === undefined) throw new Error('An answer to a command that nobody remembers.');
        return opened(name, row.answer ?? mine);
      }),
    refused: async (name) => {
      await place.write(() => writtenBy(statements.refused({ key: name })));
    },
    prune: (before) => place.write(() => writtenBy(rows.removeBefore('at', before))),
  };
};

/** Tries, number and expiry of the newest code of each ticket; the code itself is computed, never kept. */
const verificationIn = ({ db, kind }: Compose, place: Workplace): Operations['verification'] => {
  const rows = rowsOfTable(kind, 'verification', operationTables.verification);
  const statements = {
    open: prepared((given: Given<{ ticketId: string; n: number; expiresAt: string }>) =>
      db
        .insertInto('verification')
        .values({ ticketId: given('ticketId'), n: given('n'), expiresAt: given('expiresAt'), tries: 0, spent: false })
        .onConflict((conflict) =>
          conflict
            .column('ticketId')
            .doUpdateSet((row) => ({ n: row.ref('excluded.n'), expiresAt: row.ref('excluded.expiresAt'), tries: 0, spent: false }))
            .whereRef('excluded.n', '>', 'verification.n'),
        )
        .compile(),
    ),
    // in PostgreSQL the row's lock is what tries of several processes wait for: each sees what the one before has counted
    count: prepared((given: Given<{ ticketId: string; at: string; most: number }>) =>
      db
        .updateTable('verification')
        .set((row) => ({ tries: row('tries', '+', 1) }))
        .where('ticketId', '=', given('ticketId'))
        .where('spent', '=', false)
        .where('expiresAt', '>', given('at'))
        .where('tries', '<', given('most'))
        .returning(['n', 'tries'])
        .compile(),
    ),
    spend: prepared((given: Given<{ ticketId: string; n: number }>) =>
      db.updateTable('verification').set({ spent: true }).where('ticketId', '=', given('ticketId')).where('n', '=', given('n')).compile(),
    ),
  };
  return {
    // Whoever makes sure that it is open mostly finds it so: nothing is to be written then.
    open: (ticketId, n, expiresAt) =>
      place.writeUnless(
        function* () {
          return ((yield* firstOf(rows.find(ticketId)))?.n ?? 0) >= n;
        },
        () => doing(statements.open({ ticketId, n, expiresAt })),
      ),
    takeTry: (ticketId, at, triesPerCode) =>
      place.write(function* () {
        for (;;) {
          const counted = yield* firstOf(statements.count({ ticketId, at, most: triesPerCode }));
          if (counted) return { kind: 'compare', n: counted.n, triesLeft: triesPerCode - counted.tries };
          const why = verificationTry(yield* firstOf(rows.find(ticketId)), at, triesPerCode);
          // a new code was opened between the two: it is tried
          if (why.kind !== 'compare') return why;
        }
      }),
    spend: (ticketId, n) => place.write(() => doing(statements.spend({ ticketId, n }))),
  };
};

/** So many at once under one tag. In PostgreSQL under a lock on the tag: see `operations.migration.ts`. */
const placesIn = ({ db, kind }: Compose, place: Workplace): Operations['places'] => {
  const rows = rowsOfTable(kind, 'email_cap', operationTables.email_cap);
  const claim = prepared((given: Given<{ tag: string; ticketId: string; limit: number }>) =>
    (kind === 'postgres'
      ? sql<{ claimed: boolean }>`select tichet.claim_email_place(${given('tag')}, ${given('ticketId')}, ${given('limit')}) as claimed`
      : sql<{ claimed: boolean }>`insert into email_cap (ticket_id, tag) select ${given('ticketId')}, ${given('tag')}
          where exists (select 1 from email_cap where ticket_id = ${given('ticketId')} and tag = ${given('tag')})
            or (select count(*) from email_cap where tag = ${given('tag')} and ticket_id <> ${given('ticketId')}) < ${given('limit')}
          on conflict (ticket_id) do update set tag = excluded.tag returning true as claimed`
    ).compile(db),
  );
  return {
    claim: (tag, ticketId, limit) =>
      place.write(function* () {
        return Boolean((yield* firstOf(claim({ tag, ticketId, limit })))?.claimed);
      }),
    // most tickets of most endings hold no place any more: then nothing is written
    release: (ticketId) =>
      place.writeUnless(
        function* () {
          return (yield* firstOf(rows.find(ticketId))) === undefined;
        },
        () => doing(rows.remove(ticketId)),
      ),
  };
};

/** Hits by tag within a sliding window. In PostgreSQL counted under a lock on the tag: see `operations.migration.ts`. */
const throttleIn = ({ db, kind }: Compose, place: Workplace): Operations['throttle'] => {
  type Hits = { readonly count: number; readonly oldest: string | null };
  const count = prepared((given: Texts<'tag' | 'at' | 'since'>) =>
    sql<Hits>`select count, oldest from tichet.count_hit(${given('tag')}, ${given('at')}, ${given('since')})`.compile(db),
  );
  const forget = prepared((given: Texts<'tag' | 'since'>) =>
    db.deleteFrom('throttle').where('tag', '=', given('tag')).where('at', '<', given('since')).compile(),
  );
  const note = prepared((given: Texts<'tag' | 'at'>) =>
    db
      .insertInto('throttle')
      .values({ tag: given('tag'), at: given('at') })
      .compile(),
  );
  const look = prepared((given: Texts<'tag' | 'since'>) =>
    db
      .selectFrom('throttle')
      .select(({ fn }) => [sql<number>`cast(count(*) as integer)`.as('count'), fn.min('at').as('oldest')])
      .where('tag', '=', given('tag'))
      .where('at', '>=', given('since'))
      .compile(),
  );
  const told = (row: { readonly count: number; readonly oldest: string | null } | undefined) => ({
    count: row?.count ?? 0,
    ...(typeof row?.oldest === 'string' && { oldest: row.oldest }),
  });
  return {
    hits: (tag, at, since, counted) =>
      counted
        ? place.write(function* () {
            if (kind === 'postgres') return told(yield* firstOf(count({ tag, at, since })));
            yield* doing(forget({ tag, since }));
            yield* doing(note({ tag, at }));
            return told(yield* firstOf(look({ tag, since })));
          })
        : place.read(function* () {
            return told(yield* firstOf(look({ tag, since })));
          }),
  };
};

const attemptOf = ({ effectId, attempts, lastAt, nextAt, error, done }: AttemptRow): Attempt => ({
  effectId,
  attempts,
  lastAt,
  ...(nextAt !== null && { nextAt }),
  ...(error !== null && { error }),
  done,
});

const attemptsIn = ({ db, kind }: Compose, place: Workplace): Operations['attempts'] => {
  const rows = rowsOfTable(kind, 'attempts', operationTables.attempts);
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
    failed: prepared((given: Texts<'effectId' | 'nextAt' | 'error'>) =>
      db
        .updateTable('attempts')
        .set({ nextAt: given('nextAt'), error: given('error') })
        .where('effectId', '=', given('effectId'))
        .compile(),
    ),
    done: prepared((given: Texts<'effectId'>) =>
      db.updateTable('attempts').set({ nextAt: null, error: null, done: true }).where('effectId', '=', given('effectId')).compile(),
    ),
  };
  return {
    begin: (effectId, at) =>
      place.write(function* () {
        return (yield* firstOf(statements.begin({ effectId, at })))?.attempts ?? 1;
      }),
    failed: (effectId, nextAt, error) => place.write(() => doing(statements.failed({ effectId, nextAt, error }))),
    done: (effectId) => place.write(() => doing(statements.done({ effectId }))),
    get: (effectId) =>
      place.read(function* () {
        const row = yield* firstOf(rows.find(effectId));
        return row && attemptOf(row);
      }),
    list: () =>
      place.read(function* () {
        return (yield* rowsOf(rows.list(['effectId']))).map(attemptOf);
      }),
    reset: async (effectId) => (await place.write(() => writtenBy(rows.remove(effectId)))) > 0,
  };
};

const outboxIn = ({ kind }: Compose, place: Workplace): Operations['outbox'] => {
  const letters = rowsOfTable(kind, 'outbox', operationTables.outbox);
  return {
    note: (letter) => place.write(() => doing(letters.put(letter))),
    get: (letterId) => place.read(() => firstOf(letters.find(letterId))),
    list: () => place.read(() => rowsOf(letters.list(['at', 'letterId']))),
    ofTicket: (ticketId) => place.read(() => rowsOf(letters.list(['at', 'letterId'], 'ticketId', ticketId))),
    forget: (ticketId) => place.write(() => writtenBy(letters.remove(ticketId, 'ticketId'))),
  };
};

const registersIn = ({ kind }: Compose, place: Workplace): Operations['registers'] => {
  const values = rowsOfTable(kind, 'registers', operationTables.registers);
  return {
    get: async (name) => {
      await place.durable();
      return (await place.read(() => firstOf(values.find(name))))?.value;
    },
    put: (name, value) => place.write(() => doing(values.put({ name, value }))),
    remove: (name) => place.write(() => doing(values.remove(name))),
  };
};

/** Sessions of browsers: a row under the tag of a cookie. */
const sessionsIn = ({ db, kind }: Compose, place: Workplace): Operations['sessions'] => {
  const rows = rowsOfTable(kind, 'sessions', operationTables.sessions);
  const replace = prepared((given: Texts<'tag' | 'sealed' | 'expiresAt'>) =>
    db
      .updateTable('sessions')
      .set({ sealed: given('sealed'), expiresAt: given('expiresAt') })
      .where('tag', '=', given('tag'))
      .compile(),
  );
  return {
    put: (tag, sealed, expiresAt) => place.write(() => doing(rows.put({ tag, sealed, expiresAt }))),
    replace: async (tag, sealed, expiresAt) => (await place.write(() => writtenBy(replace({ tag, sealed, expiresAt })))) > 0,
    get: async (tag, at) => {
      const row = await place.read(() => firstOf(rows.find(tag)));
      return row === undefined || row.expiresAt <= at ? undefined : row.sealed;
    },
    remove: (tag) => place.write(() => doing(rows.remove(tag))),
    prune: (before) => place.write(() => writtenBy(rows.removeBefore('expiresAt', before))),
  };
};

/** What people have typed into forms and not sent yet. */
const draftsIn = ({ db, kind }: Compose, place: Workplace): Operations['drafts'] => {
  const table = rowsOfTable(kind, 'drafts', operationTables.drafts);
  const statements = {
    put: prepared((given: Given<DraftRow>) =>
      db
        .insertInto('drafts')
        .values({
          id: given('id'),
          owner: given('owner'),
          form: given('form'),
          ticketId: given('ticketId'),
          sealed: given('sealed'),
          at: given('at'),
          expiresAt: given('expiresAt'),
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({
              sealed: sql.ref<string>('excluded.sealed'),
              at: sql.ref<string>('excluded.at'),
              expiresAt: sql.ref<string>('excluded.expiresAt'),
            })
            .where('drafts.sealed', '<>', ''),
        )
        .compile(),
    ),
    bound: prepared((given: Given<{ owner: string; most: number }>) =>
      db
        .deleteFrom('drafts')
        .where('id', 'in', (rows) =>
          rows
            .selectFrom('drafts')
            .select('id')
            .where('owner', '=', given('owner'))
            .where('sealed', '<>', '')
            .orderBy('at', 'desc')
            .orderBy('id', 'desc')
            // SQLite knows no offset without a limit
            .limit(sql.lit(1_000_000))
            .offset(given('most')),
        )
        .compile(),
    ),
    of: prepared((given: Texts<'owner' | 'form' | 'at'>) =>
      db
        .selectFrom('drafts')
        .selectAll()
        .where('owner', '=', given('owner'))
        .where('form', '=', given('form'))
        .where('expiresAt', '>', given('at'))
        .where('sealed', '<>', '')
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .compile(),
    ),
  };
  return {
    put: ({ ticketId = null, ...draft }, most) =>
      place.write(function* () {
        yield* doing(statements.put({ ...draft, ticketId }));
        yield* doing(statements.bound({ owner: draft.owner, most }));
      }),
    of: (owner, form, at) =>
      place.read(function* () {
        const rows = yield* rowsOf(statements.of({ owner, form, at }));
        return rows.map(({ ticketId, ...row }) => ({ ...row, ...defined({ ticketId: ticketId ?? undefined }) }));
      }),
    finish: (id, until) =>
      place.write(() => doing(table.put({ id, owner: '', form: '', ticketId: null, sealed: '', at: until, expiresAt: until }))),
    forget: (ticketId) => place.write(() => writtenBy(table.remove(ticketId, 'ticketId'))),
    prune: (before) => place.write(() => writtenBy(table.removeBefore('expiresAt', before))),
  };
};

/** The newest code of each reference; the code itself is computed, never kept. */
const openingsIn = ({ db, kind }: Compose, place: Workplace): Operations['openings'] => {
  const rows = rowsOfTable(kind, 'openings', operationTables.openings);
  type OfCode = Given<{ reference: string; n: number }>;
  const code = (given: OfCode) => db.updateTable('openings').where('reference', '=', given('reference')).where('n', '=', given('n'));
  const statements = {
    ask: prepared((given: Given<{ reference: string; n: number; askedAt: string; expiresAt: string; notBefore: string }>) => {
      const row = { n: given('n'), askedAt: given('askedAt'), expiresAt: given('expiresAt'), tries: 0, spentBy: null, sent: false };
      return db
        .insertInto('openings')
        .values({ reference: given('reference'), ...row })
        .onConflict((conflict) =>
          conflict
            .column('reference')
            .doUpdateSet(row)
            .whereRef('openings.n', '<>', 'excluded.n')
            .where('openings.askedAt', '<=', given('notBefore')),
        )
        .compile();
    }),
    count: prepared((given: Given<{ reference: string; at: string; most: number }>) =>
      db
        .updateTable('openings')
        .set((row) => ({ tries: row('tries', '+', 1) }))
        .where('reference', '=', given('reference'))
        .where('expiresAt', '>', given('at'))
        .where('spentBy', 'is', null)
        .where('tries', '<', given('most'))
        .returning(['n', 'tries'])
        .compile(),
    ),
    spend: prepared((given: Given<{ reference: string; n: number; commandId: string }>) =>
      code(given)
        .set({ spentBy: given('commandId') })
        .compile(),
    ),
    unsent: prepared(() =>
      db
        .selectFrom('openings')
        .select(['reference', 'n', 'askedAt', 'expiresAt'])
        .where((row) => row.not(row.ref('sent')))
        .orderBy('askedAt')
        .orderBy('reference')
        .compile(),
    ),
    settle: prepared((given: OfCode) => code(given).set({ sent: true }).compile()),
  };
  return {
    ask: ({ reference, n, askedAt, expiresAt }, notBefore) =>
      place.write(function* () {
        for (;;) {
          if ((yield* writtenBy(statements.ask({ reference, n, askedAt, expiresAt, notBefore }))) > 0) return { kind: 'asked' };
          const before = yield* firstOf(rows.find(reference));
          if (before?.n === n) return { kind: 'again' };
          if (before !== undefined && before.askedAt > notBefore) return { kind: 'too-soon', askedAt: before.askedAt };
          // forgotten between the two: it is asked for anew
        }
      }),
    takeTry: (reference, at, triesPerCode) =>
      place.write(function* () {
        for (;;) {
          const counted = yield* firstOf(statements.count({ reference, at, most: triesPerCode }));
          if (counted) return { kind: 'compare', n: counted.n, triesLeft: triesPerCode - counted.tries };
          const why = openingTry(yield* firstOf(rows.find(reference)), at, triesPerCode);
          // a new code was asked for between the two: it is tried
          if (why.kind !== 'compare') return why;
        }
      }),
    spend: (reference, n, commandId) => place.write(() => doing(statements.spend({ reference, n, commandId }))),
    unsent: () => place.read(() => rowsOf(statements.unsent({}))),
    settle: (reference, n) => place.write(() => doing(statements.settle({ reference, n }))),
    prune: (before) => place.write(() => writtenBy(rows.removeBefore('expiresAt', before))),
  };
};

const refusalOf = ({ subject, commandId, at, command, code, article, actorKind, actorId }: RefusalRow): NotedRefusal => ({
  subject,
  commandId,
  at,
  command,
  code,
  ...(article !== null && { article }),
  actor: { kind: actorKind, id: actorId },
});

/** The journal of refused attempts. Each line is written with the bound kept; in PostgreSQL under a lock on the subject. */
const refusalsIn = ({ db, kind }: Compose, place: Workplace): Refusals => {
  const rows = rowsOfTable(kind, 'refusals', operationTables.refusals);
  const columns = ['entry', 'subject', 'commandId', 'at', 'command', 'code', 'article', 'actorKind', 'actorId'] as const;
  const noteAndBound = prepared((given: Given<RefusalRow>) =>
    sql<object>`select tichet.note_refusal(${sql.join(columns.map((column) => given(column)))}, ${sql.lit(mostRefusalsOfSubject)})`.compile(
      db,
    ),
  );
  const keepNewest = prepared((given: Texts<'subject'>) =>
    sql<object>`delete from refusals where entry in
      (select entry from refusals where subject = ${given('subject')} order by at desc, entry desc limit -1 offset ${sql.lit(mostRefusalsOfSubject)})`.compile(
      db,
    ),
  );
  return {
    note: ({ article = null, actor, ...refusal }) => {
      const row = { ...refusal, article, entry: entryOf(refusal), actorKind: actor.kind, actorId: actor.id };
      return place.write(function* () {
        if (kind === 'postgres') yield* doing(noteAndBound(row));
        else if ((yield* writtenBy(rows.add(row))) > 0) yield* doing(keepNewest(row));
      });
    },
    of: (subject) =>
      place.read(function* () {
        return (yield* rowsOf(rows.list(['at', 'entry'], 'subject', subject))).map(refusalOf);
      }),
    prune: (before) => place.write(() => writtenBy(rows.removeBefore('at', before))),
  };
};
