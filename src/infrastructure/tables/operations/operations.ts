import { sql } from 'kysely';
import type { Attempt, Operations } from '../../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../application/kernel/ports/refusals';
import { doing, firstOf, prepared, rowsOf, writtenBy, type Composer, type Given, type Workplace } from '../../database/sql/work';
import { defined } from '../../../domain/kernel/defined';
import { answerOf, answerText } from '../../log/codec/kept-rows.codec';
import { openBytes, sealBytes } from '../../log/keys/sealing';
import { entryOf, openingTry, verificationTry } from './deciding';
import type { AttemptRow, DraftRow, OperationRows, RefusalRow } from './operation-tables';

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
const idempotencyIn = ({ db }: Compose, place: Workplace, answerKey: Buffer | undefined): Operations['idempotency'] => {
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
    prune: prepared((given: Texts<'before'>) => db.deleteFrom('idempotency').where('at', '<', given('before')).compile()),
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
        const mine = sealBytes(key(), Buffer.from(answerText(answer)), name).toString('base64');
        const row = yield* firstOf(statements.settle({ key: name, answer: mine }));
        if (row === undefined) throw new Error('An answer to a command that nobody remembers.');
        return opened(name, row.answer ?? mine);
      }),
    refused: async (name) => {
      await place.write(() => writtenBy(statements.refused({ key: name })));
    },
    prune: (before) => place.write(() => writtenBy(statements.prune({ before }))),
  };
};

/** Tries, number and expiry of the newest code of each ticket; the code itself is computed, never kept. */
const verificationIn = ({ db }: Compose, place: Workplace): Operations['verification'] => {
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
    look: prepared((given: Texts<'ticketId'>) =>
      db.selectFrom('verification').selectAll().where('ticketId', '=', given('ticketId')).compile(),
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
          return ((yield* firstOf(statements.look({ ticketId })))?.n ?? 0) >= n;
        },
        () => doing(statements.open({ ticketId, n, expiresAt })),
      ),
    takeTry: (ticketId, at, triesPerCode) =>
      place.write(function* () {
        for (;;) {
          const counted = yield* firstOf(statements.count({ ticketId, at, most: triesPerCode }));
          if (counted) return { kind: 'compare', n: counted.n, triesLeft: triesPerCode - counted.tries };
          const why = verificationTry(yield* firstOf(statements.look({ ticketId })), at, triesPerCode);
          // a new code was opened between the two: it is tried
          if (why.kind !== 'compare') return why;
        }
      }),
    spend: (ticketId, n) => place.write(() => doing(statements.spend({ ticketId, n }))),
  };
};

/** So many at once under one tag. In PostgreSQL under a lock on the tag: see `operations.migration.ts`. */
const placesIn = ({ db, kind }: Compose, place: Workplace): Operations['places'] => {
  const claim = prepared((given: Given<{ tag: string; ticketId: string; limit: number }>) =>
    (kind === 'postgres'
      ? sql<{ claimed: boolean }>`select tichet.claim_email_place(${given('tag')}, ${given('ticketId')}, ${given('limit')}) as claimed`
      : sql<{ claimed: boolean }>`insert into email_cap (ticket_id, tag) select ${given('ticketId')}, ${given('tag')}
          where exists (select 1 from email_cap where ticket_id = ${given('ticketId')} and tag = ${given('tag')})
            or (select count(*) from email_cap where tag = ${given('tag')} and ticket_id <> ${given('ticketId')}) < ${given('limit')}
          on conflict (ticket_id) do update set tag = excluded.tag returning true as claimed`
    ).compile(db),
  );
  const find = prepared((given: Texts<'ticketId'>) =>
    db.selectFrom('email_cap').select('tag').where('ticketId', '=', given('ticketId')).compile(),
  );
  const release = prepared((given: Texts<'ticketId'>) => db.deleteFrom('email_cap').where('ticketId', '=', given('ticketId')).compile());
  return {
    claim: (tag, ticketId, limit) =>
      place.write(function* () {
        return Boolean((yield* firstOf(claim({ tag, ticketId, limit })))?.claimed);
      }),
    // most tickets of most endings hold no place any more: then nothing is written
    release: (ticketId) =>
      place.writeUnless(
        function* () {
          return (yield* firstOf(find({ ticketId }))) === undefined;
        },
        () => doing(release({ ticketId })),
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

const attemptsIn = ({ db }: Compose, place: Workplace): Operations['attempts'] => {
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
    get: prepared((given: Texts<'effectId'>) => db.selectFrom('attempts').selectAll().where('effectId', '=', given('effectId')).compile()),
    list: prepared(() => db.selectFrom('attempts').selectAll().orderBy('effectId').compile()),
    reset: prepared((given: Texts<'effectId'>) => db.deleteFrom('attempts').where('effectId', '=', given('effectId')).compile()),
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
        const row = yield* firstOf(statements.get({ effectId }));
        return row && attemptOf(row);
      }),
    list: () =>
      place.read(function* () {
        return (yield* rowsOf(statements.list({}))).map(attemptOf);
      }),
    reset: async (effectId) => (await place.write(() => writtenBy(statements.reset({ effectId })))) > 0,
  };
};

const outboxIn = ({ db }: Compose, place: Workplace): Operations['outbox'] => {
  const letters = () => db.selectFrom('outbox').selectAll();
  const statements = {
    note: prepared((given: Given<OperationRows['outbox']>) => {
      const row = {
        ticketId: given('ticketId'),
        kind: given('kind'),
        state: given('state'),
        at: given('at'),
        attempts: given('attempts'),
      };
      return db
        .insertInto('outbox')
        .values({ letterId: given('letterId'), ...row })
        .onConflict((conflict) => conflict.column('letterId').doUpdateSet(row))
        .compile();
    }),
    get: prepared((given: Texts<'letterId'>) => letters().where('letterId', '=', given('letterId')).compile()),
    list: prepared(() => letters().orderBy('at').orderBy('letterId').compile()),
    ofTicket: prepared((given: Texts<'ticketId'>) =>
      letters().where('ticketId', '=', given('ticketId')).orderBy('at').orderBy('letterId').compile(),
    ),
    forget: prepared((given: Texts<'ticketId'>) => db.deleteFrom('outbox').where('ticketId', '=', given('ticketId')).compile()),
  };
  return {
    note: (letter) => place.write(() => doing(statements.note(letter))),
    get: (letterId) => place.read(() => firstOf(statements.get({ letterId }))),
    list: () => place.read(() => rowsOf(statements.list({}))),
    ofTicket: (ticketId) => place.read(() => rowsOf(statements.ofTicket({ ticketId }))),
    forget: (ticketId) => place.write(() => writtenBy(statements.forget({ ticketId }))),
  };
};

const registersIn = ({ db }: Compose, place: Workplace): Operations['registers'] => {
  const get = prepared((given: Texts<'name'>) => db.selectFrom('registers').select('value').where('name', '=', given('name')).compile());
  const put = prepared((given: Texts<'name' | 'value'>) =>
    db
      .insertInto('registers')
      .values({ name: given('name'), value: given('value') })
      .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') })))
      .compile(),
  );
  const remove = prepared((given: Texts<'name'>) => db.deleteFrom('registers').where('name', '=', given('name')).compile());
  return {
    get: async (name) => {
      await place.durable();
      return (await place.read(() => firstOf(get({ name }))))?.value;
    },
    put: (name, value) => place.write(() => doing(put({ name, value }))),
    remove: (name) => place.write(() => doing(remove({ name }))),
  };
};

/** Sessions of browsers: a row under the tag of a cookie. */
/** What people have typed into forms and not sent yet. */
const draftsIn = ({ db }: Compose, place: Workplace): Operations['drafts'] => {
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
    finish: prepared((given: Texts<'id' | 'until'>) => {
      const empty = { owner: '', form: '', ticketId: null, sealed: '', at: given('until'), expiresAt: given('until') };
      return db
        .insertInto('drafts')
        .values({ id: given('id'), ...empty })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(empty))
        .compile();
    }),
    forget: prepared((given: Texts<'ticketId'>) => db.deleteFrom('drafts').where('ticketId', '=', given('ticketId')).compile()),
    prune: prepared((given: Texts<'before'>) => db.deleteFrom('drafts').where('expiresAt', '<', given('before')).compile()),
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
    finish: (id, until) => place.write(() => doing(statements.finish({ id, until }))),
    forget: (ticketId) => place.write(() => writtenBy(statements.forget({ ticketId }))),
    prune: (before) => place.write(() => writtenBy(statements.prune({ before }))),
  };
};

const sessionsIn = ({ db }: Compose, place: Workplace): Operations['sessions'] => {
  type Session = Texts<'tag' | 'sealed' | 'expiresAt'>;
  const row = (given: Session) => ({ sealed: given('sealed'), expiresAt: given('expiresAt') });
  const statements = {
    put: prepared((given: Session) =>
      db
        .insertInto('sessions')
        .values({ tag: given('tag'), ...row(given) })
        .onConflict((conflict) => conflict.column('tag').doUpdateSet(row(given)))
        .compile(),
    ),
    replace: prepared((given: Session) => db.updateTable('sessions').set(row(given)).where('tag', '=', given('tag')).compile()),
    get: prepared((given: Texts<'tag' | 'at'>) =>
      db.selectFrom('sessions').select('sealed').where('tag', '=', given('tag')).where('expiresAt', '>', given('at')).compile(),
    ),
    remove: prepared((given: Texts<'tag'>) => db.deleteFrom('sessions').where('tag', '=', given('tag')).compile()),
    prune: prepared((given: Texts<'before'>) => db.deleteFrom('sessions').where('expiresAt', '<', given('before')).compile()),
  };
  return {
    put: (tag, sealed, expiresAt) => place.write(() => doing(statements.put({ tag, sealed, expiresAt }))),
    replace: async (tag, sealed, expiresAt) => (await place.write(() => writtenBy(statements.replace({ tag, sealed, expiresAt })))) > 0,
    get: async (tag, at) => (await place.read(() => firstOf(statements.get({ tag, at }))))?.sealed,
    remove: (tag) => place.write(() => doing(statements.remove({ tag }))),
    prune: (before) => place.write(() => writtenBy(statements.prune({ before }))),
  };
};

/** The newest code of each reference; the code itself is computed, never kept. */
const openingsIn = ({ db }: Compose, place: Workplace): Operations['openings'] => {
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
    look: prepared((given: Texts<'reference'>) =>
      db.selectFrom('openings').selectAll().where('reference', '=', given('reference')).compile(),
    ),
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
      db
        .updateTable('openings')
        .set({ spentBy: given('commandId') })
        .where('reference', '=', given('reference'))
        .where('n', '=', given('n'))
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
    prune: prepared((given: Texts<'before'>) => db.deleteFrom('openings').where('expiresAt', '<', given('before')).compile()),
  };
  return {
    ask: ({ reference, n, askedAt, expiresAt }, notBefore) =>
      place.write(function* () {
        for (;;) {
          if ((yield* writtenBy(statements.ask({ reference, n, askedAt, expiresAt, notBefore }))) > 0) return { kind: 'asked' };
          const before = yield* firstOf(statements.look({ reference }));
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
          const why = openingTry(yield* firstOf(statements.look({ reference })), at, triesPerCode);
          // a new code was asked for between the two: it is tried
          if (why.kind !== 'compare') return why;
        }
      }),
    spend: (reference, n, commandId) => place.write(() => doing(statements.spend({ reference, n, commandId }))),
    unsent: () => place.read(() => rowsOf(statements.unsent({}))),
    settle: (reference, n) => place.write(() => doing(statements.settle({ reference, n }))),
    prune: (before) => place.write(() => writtenBy(statements.prune({ before }))),
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
  const columns = ['entry', 'subject', 'commandId', 'at', 'command', 'code', 'article', 'actorKind', 'actorId'] as const;
  const noteAndBound = prepared((given: Given<RefusalRow>) =>
    sql<object>`select tichet.note_refusal(${sql.join(columns.map((column) => given(column)))}, ${sql.lit(mostRefusalsOfSubject)})`.compile(
      db,
    ),
  );
  const note = prepared((given: Given<RefusalRow>) =>
    db
      .insertInto('refusals')
      .values({
        entry: given('entry'),
        subject: given('subject'),
        commandId: given('commandId'),
        at: given('at'),
        command: given('command'),
        code: given('code'),
        article: given('article'),
        actorKind: given('actorKind'),
        actorId: given('actorId'),
      })
      .onConflict((conflict) => conflict.doNothing())
      .compile(),
  );
  const keepNewest = prepared((given: Texts<'subject'>) =>
    sql<object>`delete from refusals where entry in
      (select entry from refusals where subject = ${given('subject')} order by at desc, entry desc limit -1 offset ${sql.lit(mostRefusalsOfSubject)})`.compile(
      db,
    ),
  );
  const of = prepared((given: Texts<'subject'>) =>
    db.selectFrom('refusals').selectAll().where('subject', '=', given('subject')).orderBy('at').orderBy('entry').compile(),
  );
  const prune = prepared((given: Texts<'before'>) => db.deleteFrom('refusals').where('at', '<', given('before')).compile());
  return {
    note: ({ article = null, actor, ...refusal }) => {
      const row = { ...refusal, article, entry: entryOf(refusal), actorKind: actor.kind, actorId: actor.id };
      return place.write(function* () {
        if (kind === 'postgres') yield* doing(noteAndBound(row));
        else if ((yield* writtenBy(note(row))) > 0) yield* doing(keepNewest(row));
      });
    },
    of: (subject) =>
      place.read(function* () {
        return (yield* rowsOf(of({ subject }))).map(refusalOf);
      }),
    prune: (before) => place.write(() => writtenBy(prune({ before }))),
  };
};
