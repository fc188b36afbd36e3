import { sql } from 'kysely';
import type { Operations } from '../../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal, type Refusals } from '../../../application/kernel/ports/refusals';
import { defined } from '@tichet-albastru/kernel/defined';
import { rowsOfTable } from '@tichet-albastru/event-log/database/sql/table';
import { composerOf, doing, firstOf, prepared, writtenBy, type Given, type Workplace } from '@tichet-albastru/event-log/database/sql/work';
import { logOperationsIn } from '@tichet-albastru/event-log/operations/in-database';
import { openingsIn, verificationIn } from './codes';
import { entryOf } from './deciding';
import { operationTables, type Compose, type RefusalRow } from './operation-tables';

type Texts<Names extends string> = Given<Readonly<Record<Names, string>>>;

/**
 * The operational state in a database. Each decision is made by one statement, or under a lock that ends with it.
 * @param durable for what a promise rests on: commands and answers under a key, tries, codes, the cap on an address
 * @param repeatable for what a power cut may take back, because it would only be done again
 * @param answerKey encrypts codes, and the answers kept under idempotency keys; a caller that opens none leaves it out
 */
export const operationsIn = (
  compose: Compose,
  { durable, repeatable, answerKey }: { readonly durable: Workplace; readonly repeatable: Workplace; readonly answerKey?: Buffer },
): Operations => ({
  ...logOperationsIn(composerOf(compose.kind), { durable, repeatable, ...defined({ answerKey }) }),
  verification: verificationIn(compose, durable),
  places: placesIn(compose, durable),
  outbox: outboxIn(compose, repeatable),
  drafts: draftsIn(compose, repeatable),
  openings: openingsIn(compose, durable),
  refusals: refusalsIn(compose, repeatable),
});

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
    claim: async (tag, ticketId, limit) => Boolean((await place.returned(claim({ tag, ticketId, limit })))?.claimed),
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

const outboxIn = ({ kind }: Compose, place: Workplace): Operations['outbox'] => {
  const letters = rowsOfTable(kind, 'outbox', operationTables.outbox);
  return {
    note: (letter) => place.run(letters.put(letter)),
    get: (letterId) => place.first(letters.find(letterId)),
    list: () => place.rows(letters.list(['at', 'letterId'])),
    ofTicket: (ticketId) => place.rows(letters.list(['at', 'letterId'], 'ticketId', ticketId)),
    forget: (ticketId) => place.written(letters.remove(ticketId, 'ticketId')),
  };
};

/** What people have typed into forms and not sent yet. */
const draftsIn = ({ db, kind }: Compose, place: Workplace): Operations['drafts'] => {
  const table = rowsOfTable(kind, 'drafts', operationTables.drafts);
  const statements = {
    put: table.upsert(['sealed', 'at', 'expiresAt'], () => `drafts.sealed <> ''`),
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
        yield statements.put({ ...draft, ticketId });
        yield statements.bound({ owner: draft.owner, most });
      }),
    of: async (owner, form, at) => {
      const rows = await place.rows(statements.of({ owner, form, at }));
      return rows.map(({ ticketId, ...row }) => ({ ...row, ...defined({ ticketId: ticketId ?? undefined }) }));
    },
    finish: (id, until) => place.run(table.put({ id, owner: '', form: '', ticketId: null, sealed: '', at: until, expiresAt: until })),
    forget: (ticketId) => place.written(table.remove(ticketId, 'ticketId')),
    prune: (before) => place.written(table.removeBefore('expiresAt', before)),
  };
};

const refusalOf = ({ entry: _, article, actorKind: kind, actorId: id, ...row }: RefusalRow): NotedRefusal => ({
  ...row,
  ...defined({ article: article ?? undefined }),
  actor: { kind, id },
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
        if (kind === 'postgres') yield noteAndBound(row);
        else if ((yield* writtenBy(rows.add(row))) > 0) yield keepNewest(row);
      });
    },
    of: async (subject) => (await place.rows(rows.list(['at', 'entry'], 'subject', subject))).map(refusalOf),
    prune: (before) => place.written(rows.removeBefore('at', before)),
  };
};
