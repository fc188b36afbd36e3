import type { Operations } from '../../../application/kernel/ports/operations';
import type { StatementOf } from '@tichet-albastru/event-log/database/sql/rows.codec';
import { rowsOfTable } from '@tichet-albastru/event-log/database/sql/table';
import { doing, firstOf, prepared, writtenBy, type Given, type Work, type Workplace } from '@tichet-albastru/event-log/database/sql/work';
import { endOfWindow } from '@tichet-albastru/event-log/operations/window';
import { openingTry, verificationTry } from './deciding';
import { operationTables, type Compose } from './operation-tables';

/** Counts one try of the code where it may be tried, and says otherwise why not. */
function* countedTry<Code, Tried extends { readonly kind: string }>(
  count: StatementOf<{ readonly n: number; readonly tries: number }>,
  find: StatementOf<Code>,
  most: number,
  decide: (code: Code | undefined) => Tried,
): Work<Exclude<Tried, { readonly kind: 'compare' }> | { readonly kind: 'compare'; readonly n: number; readonly triesLeft: number }> {
  for (;;) {
    const counted = yield* firstOf(count);
    if (counted) return { kind: 'compare', n: counted.n, triesLeft: most - counted.tries };
    const why = decide(yield* firstOf(find));
    // a new code came between the two: it is tried
    if (isFinal(why)) return why;
  }
}

const isFinal = <Tried extends { readonly kind: string }>(tried: Tried): tried is Exclude<Tried, { readonly kind: 'compare' }> =>
  tried.kind !== 'compare';

/** Tries, number and expiry of the newest code of each ticket. */
export const verificationIn = ({ db, kind }: Compose, place: Workplace): Operations['verification'] => {
  const rows = rowsOfTable(kind, 'verification', operationTables.verification);
  const statements = {
    open: rows.upsert(['n', 'expiresAt', 'tries', 'spent'], () => 'excluded.n > verification.n'),
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
    spend: rows.update(['spent'], ['ticketId', 'n']),
  };
  return {
    // A caller that makes sure that it is open mostly finds it open: then nothing is written.
    open: (ticketId, n, expiresAt) =>
      place.writeUnless(
        function* () {
          return ((yield* firstOf(rows.find(ticketId)))?.n ?? 0) >= n;
        },
        () => doing(statements.open({ ticketId, n, expiresAt, tries: 0, spent: false })),
      ),
    takeTry: (ticketId, at, most) =>
      place.write(() =>
        countedTry(statements.count({ ticketId, at, most }), rows.find(ticketId), most, (code) => verificationTry(code, at, most)),
      ),
    spend: (ticketId, n) => place.run(statements.spend({ ticketId, n, spent: true })),
  };
};

/** The newest code of each browser for each reference. */
export const openingsIn = ({ db, kind }: Compose, place: Workplace): Operations['openings'] => {
  const rows = rowsOfTable(kind, 'openings', operationTables.openings);
  const statements = {
    ask: rows.upsert(
      ['n', 'askedAt', 'expiresAt', 'vouched', 'tries', 'spentBy', 'sent'],
      (notBefore, notAfter) => `openings.n <> excluded.n AND (openings.asked_at <= ${notBefore} OR openings.asked_at > ${notAfter})`,
    ),
    count: prepared((given: Given<{ id: string; at: string; most: number }>) =>
      db
        .updateTable('openings')
        .set((row) => ({ tries: row('tries', '+', 1) }))
        .where('id', '=', given('id'))
        .where('expiresAt', '>', given('at'))
        .where('spentBy', 'is', null)
        .where('tries', '<', given('most'))
        .returning(['n', 'tries'])
        .compile(),
    ),
    spend: prepared((given: Given<{ id: string; n: number; commandId: string }>) =>
      db
        .updateTable('openings')
        .set({ spentBy: given('commandId') })
        .where('id', '=', given('id'))
        .where('n', '=', given('n'))
        .where((row) => row.or([row('spentBy', 'is', null), row('spentBy', '=', given('commandId'))]))
        .compile(),
    ),
    unsent: prepared(() =>
      db
        .selectFrom('openings')
        .select(['id', 'reference', 'n', 'askedAt', 'expiresAt', 'vouched'])
        .where((row) => row.not(row.ref('sent')))
        .orderBy('askedAt')
        .orderBy('id')
        .compile(),
    ),
    settle: rows.update(['sent'], ['id', 'n']),
  };
  return {
    ask: ({ id, reference, n, askedAt, expiresAt, vouched }, notBefore) => {
      const row = { id, reference, n, askedAt, expiresAt, vouched, tries: 0, spentBy: null, sent: false };
      const notAfter = endOfWindow(askedAt, notBefore);
      return place.write(function* () {
        for (;;) {
          if ((yield* writtenBy(statements.ask(row, notBefore, notAfter))) > 0) return { kind: 'asked' };
          const before = yield* firstOf(rows.find(id));
          if (before?.n === n) return { kind: 'again' };
          if (before !== undefined && before.askedAt > notBefore && before.askedAt <= notAfter)
            return { kind: 'too-soon', askedAt: before.askedAt };
          // forgotten between the two: it is asked for anew
        }
      });
    },
    takeTry: (id, at, most) =>
      place.write(() => countedTry(statements.count({ id, at, most }), rows.find(id), most, (code) => openingTry(code, at, most))),
    spend: async (id, n, commandId) => (await place.written(statements.spend({ id, n, commandId }))) > 0,
    unsent: () => place.rows(statements.unsent({})),
    settle: (id, n) => place.run(statements.settle({ id, n, sent: true })),
    prune: (before) => place.written(rows.removeBefore('expiresAt', before)),
  };
};
