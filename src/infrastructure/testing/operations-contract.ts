import type { StoredCommand, KeptDraft, LetterRecord, Operations } from '../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal } from '../../application/kernel/ports/refusals';
import { ensureEqual, sorted, times, type ContractCheck } from '@tichet-albastru/event-log/testing/check';
import { logOperationsContract } from '@tichet-albastru/event-log/testing/operations-contract';

export type OperationsSubject = { readonly operations: Operations; readonly reopen?: () => Operations | Promise<Operations> };

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:10:00.000Z';
const command = (commandId: string, when = at): StoredCommand => ({ commandId, at: when, ids: ['a', 'b'] });
const refusalAt = (commandId: string, when: string): NotedRefusal => ({
  subject: 'ticket-t1',
  commandId,
  at: when,
  command: 'rescheduleTicket',
  code: 'too-soon',
  article: '4',
  actor: { kind: 'citizen', id: 't1' },
});

/** Every adapter keeps these promises, and those of the log's own operations. Give each check fresh, empty operations. */
export const operationsContract: readonly ContractCheck<OperationsSubject>[] = [
  ...logOperationsContract,
  {
    promise: 'A9: of a thousand tries at once, five are compared',
    check: async ({ operations: { verification } }) => {
      await verification.open('t', 1, later);
      const tries = await times(1000, () => verification.takeTry('t', at, 5));
      const left = tries.flatMap((taken) => (taken.kind === 'compare' ? [taken.triesLeft] : []));
      ensureEqual(left.sort(), [0, 1, 2, 3, 4], 'tries left after each comparison');
      ensureEqual(tries.filter(({ kind }) => kind === 'exhausted').length, 995, 'tries refused');
      await verification.open('t', 1, '2027-01-01T00:00:00.000Z');
      ensureEqual(await verification.takeTry('t', at, 5), { kind: 'exhausted' }, 'after opening the same code again');
    },
  },
  {
    promise: 'A9: a code ends when it expires, is replaced or has worked, and never comes back',
    check: async ({ operations: { verification } }) => {
      ensureEqual(await verification.takeTry('t', at, 5), { kind: 'none' }, 'before there is one');
      await verification.open('t', 1, later);
      ensureEqual(await verification.takeTry('t', later, 5), { kind: 'expired' }, 'at its expiry');
      await verification.open('t', 2, later);
      await verification.open('t', 1, later);
      ensureEqual(await verification.takeTry('t', at, 5), { kind: 'compare', n: 2, triesLeft: 4 }, 'the newest');
      await verification.spend('t', 1);
      ensureEqual(await verification.takeTry('t', at, 5), { kind: 'compare', n: 2, triesLeft: 3 }, 'after spending a replaced one');
      await verification.spend('t', 2);
      ensureEqual(await verification.takeTry('t', at, 5), { kind: 'spent' }, 'after spending it');
      ensureEqual(await verification.takeTry('other', at, 5), { kind: 'none' }, 'of another ticket');
    },
  },
  {
    promise: 'A24: of fifty tickets of one address at once, three get a place; a place given back is free',
    check: async ({ operations: { places } }) => {
      const claims = await times(50, (index) => places.claim('tag', `t${index}`, 3));
      ensureEqual(claims.filter(Boolean).length, 3, 'places');
      const first = `t${claims.indexOf(true)}`;
      ensureEqual(await places.claim('tag', first, 3), true, 'the same ticket again');
      ensureEqual(await places.claim('other', 'u', 3), true, 'another address');
      await places.release(first);
      await places.release('never-claimed');
      ensureEqual([await places.claim('tag', 'v', 3), await places.claim('tag', 'w', 3)], [true, false], 'after one was given back');
    },
  },
  {
    promise: 'a code that opens a ticket in one browser is asked for once at a time, tried so often, spent by one command, and forgotten',
    check: async ({ operations: { openings } }) => {
      const opening = { id: 'b1', reference: 'TA-7H3K9QXZ', n: 7, askedAt: at, expiresAt: later, vouched: true };
      const elsewhere = { ...opening, id: 'b2', vouched: false };
      const before = '2026-03-02T07:59:00.000Z';
      ensureEqual((await times(10, () => openings.ask(opening, before))).filter(({ kind }) => kind === 'asked').length, 1, 'asked at once');
      ensureEqual(await openings.ask({ ...opening, n: 8 }, before), { kind: 'too-soon', askedAt: at }, 'another soon after');
      ensureEqual(await openings.unsent(), [opening], 'to be sent');
      await openings.settle(opening.id, 6);
      ensureEqual((await openings.unsent()).length, 1, 'after the letter of another code');
      await openings.settle(opening.id, 7);
      ensureEqual(await openings.unsent(), [], 'after the letter');
      ensureEqual(await openings.ask(elsewhere, before), { kind: 'asked' }, 'by another browser');
      ensureEqual(await openings.unsent(), [elsewhere], 'to be sent for another browser');
      const tries = await times(5, () => openings.takeTry(opening.id, at, 3));
      ensureEqual(tries.filter(({ kind }) => kind === 'compare').length, 3, 'tries');
      ensureEqual(await openings.takeTry('b3', at, 3), { kind: 'none' }, 'of a browser that asked for nothing');
      ensureEqual(await openings.takeTry('b2', at, 3), { kind: 'compare', n: 7, triesLeft: 2 }, 'of the other browser');
      ensureEqual(await openings.ask({ ...opening, n: 9 }, at), { kind: 'asked' }, 'a new one');
      ensureEqual(await openings.takeTry(opening.id, later, 3), { kind: 'expired' }, 'too late');
      ensureEqual(await openings.takeTry(opening.id, at, 3), { kind: 'compare', n: 9, triesLeft: 2 }, 'in time');
      const spent = [
        await openings.spend(opening.id, 7, 'x'),
        await openings.spend(opening.id, 9, 'c1'),
        await openings.spend(opening.id, 9, 'c1'),
        await openings.spend(opening.id, 9, 'c2'),
      ];
      ensureEqual(spent, [false, true, true, false], 'by one command, however often it says so');
      ensureEqual(await openings.takeTry(opening.id, at, 3), { kind: 'spent', by: 'c1' }, 'spent');
      ensureEqual(await openings.takeTry(opening.id, later, 3), { kind: 'expired' }, 'spent, and over');
      ensureEqual([await openings.prune(at), await openings.prune('2027-01-01T00:00:00.000Z')], [0, 2], 'pruned');
      ensureEqual(await openings.takeTry(opening.id, at, 3), { kind: 'none' }, 'forgotten');
    },
  },
  {
    promise: 'a code that opens a ticket and was asked for while a clock was ahead keeps nobody waiting once the clock is back',
    check: async ({ operations: { openings } }) => {
      const [before, near, ahead] = ['2026-03-02T07:59:00.000Z', '2026-03-02T08:01:00.000Z', '2026-03-04T08:00:00.000Z'];
      const opening = { id: 'b1', reference: 'TA-7H3K9QXZ', n: 7, askedAt: ahead, expiresAt: later, vouched: true };
      const back = { ...opening, n: 5, askedAt: at };
      await openings.ask(opening, '2026-03-04T07:59:00.000Z');
      ensureEqual(await openings.ask(back, before), { kind: 'asked' }, 'once it is back');
      ensureEqual(await openings.unsent(), [back], 'the newest');
      await openings.ask({ ...opening, id: 'b2', askedAt: near }, at);
      ensureEqual(await openings.ask({ ...back, id: 'b2' }, before), { kind: 'too-soon', askedAt: near }, 'as far ahead as one waits');
    },
  },
  {
    promise: 'a letter has one record, the newest; those of a ticket are found',
    check: async ({ operations: { outbox } }) => {
      const letter: LetterRecord = { letterId: 'l1', ticketId: 't1', kind: 'code', state: 'failed', at, attempts: 1 };
      const sent: LetterRecord = { ...letter, state: 'accepted', at: later, attempts: 2 };
      const other: LetterRecord = { ...letter, letterId: 'l2', ticketId: 't2' };
      for (const record of [letter, other, sent]) await outbox.note(record);
      ensureEqual(await outbox.get('l1'), sent, 'the newest');
      ensureEqual(await outbox.list(), [other, sent], 'in order');
      ensureEqual(await outbox.ofTicket('t1'), [sent], 'of the ticket');
      ensureEqual(await outbox.get('l3'), undefined, 'an unknown one');
      ensureEqual([await outbox.forget('t1'), await outbox.forget('t1')], [1, 0], 'forgotten');
      ensureEqual(await outbox.list(), [other], 'those of the others stay');
    },
  },
  {
    promise: 'a draft is found by its owner in its form, the newest first, until it ends; one that was finished does not come back',
    check: async ({ operations: { drafts } }) => {
      const draft = (id: string, more: Partial<KeptDraft> = {}): KeptDraft => ({
        id,
        owner: 'o',
        form: 'f',
        sealed: `text of ${id}`,
        at,
        expiresAt: later,
        ...more,
      });
      const found = async (owner = 'o', form = 'f', when = at) => (await drafts.of(owner, form, when)).map(({ id }) => id);
      await drafts.put(draft('a', { ticketId: 't' }), 5);
      await drafts.put(draft('b', { at: '2026-03-02T08:00:01.000Z' }), 5);
      await drafts.put(draft('c', { owner: 'p' }), 5);
      ensureEqual([await found(), await found('p'), await found('o', 'g')], [['b', 'a'], ['c'], []], 'whose and where');
      ensureEqual(await drafts.of('p', 'f', at), [draft('c', { owner: 'p' })], 'as it was put');
      ensureEqual(await found('o', 'f', later), [], 'after its end');
      await drafts.put(draft('a', { ticketId: 't', sealed: 'second', at: '2026-03-02T08:00:02.000Z' }), 5);
      ensureEqual([await found(), (await drafts.of('o', 'f', at))[0]?.sealed], [['a', 'b'], 'second'], 'put again');
      await drafts.finish('b', later);
      await drafts.put(draft('b'), 5);
      ensureEqual(await found(), ['a'], 'what was on its way when it was finished');
      ensureEqual([await drafts.forget('t'), await drafts.forget('t'), await found()], [1, 0, []], 'of a ticket');
      ensureEqual([await drafts.prune(at), await drafts.prune('2026-03-02T08:10:00.001Z'), await found('p')], [0, 2, []], 'by time');
    },
  },
  {
    promise: 'of an owner the newest drafts stay, and those of others with them',
    check: async ({ operations: { drafts } }) => {
      const row = { owner: 'o', form: 'f', sealed: 's', expiresAt: later };
      await drafts.put({ ...row, id: 'p', owner: 'p', at }, 2);
      for (const n of [1, 2, 3]) await drafts.put({ ...row, id: `d${n}`, at: `2026-03-02T08:00:0${n}.000Z` }, 2);
      const ids = async (owner: string) => (await drafts.of(owner, 'f', at)).map(({ id }) => id);
      ensureEqual([await ids('o'), await ids('p')], [['d3', 'd2'], ['p']], 'the newest two');
    },
  },
  {
    promise: 'a refused attempt is one line however often its command comes, found by what it was about, and forgotten in time',
    check: async ({ operations: { refusals }, reopen }) => {
      const first = refusalAt('c1', at);
      const { article: _, ...second } = { ...refusalAt('c2', later), actor: { kind: 'staff', id: 's001' } as const };
      await refusals.note(second);
      await Promise.all(Array.from({ length: 20 }, () => refusals.note(first)));
      await refusals.note({ ...first, at: later, code: 'wrong-state' });
      await refusals.note({ ...first, subject: 'request-1_2026-03-01' });
      const opened = (await reopen?.())?.refusals ?? refusals;
      ensureEqual((await opened.of('ticket-t1')).map(sorted), [first, second].map(sorted), 'of the ticket, oldest first');
      ensureEqual((await opened.of('request-1_2026-03-01')).length, 1, 'of the request');
      ensureEqual(await opened.of('ticket-t2'), [], 'of another');
      ensureEqual([await opened.prune(at), await opened.prune(later)], [0, 2], 'forgotten');
      ensureEqual((await opened.of('ticket-t1')).map(sorted), [sorted(second)], 'what is left');
    },
  },
  {
    promise: 'of more refused attempts than are kept of a subject, all at once, the newest stay',
    check: async ({ operations: { refusals } }) => {
      const most = mostRefusalsOfSubject;
      const instants = Array.from({ length: most + 50 }, (_, index) => new Date(Date.parse(at) + index * 1000).toISOString());
      await Promise.all(instants.toReversed().map((when) => refusals.note(refusalAt(`c ${when}`, when))));
      await refusals.note({ ...refusalAt('other', at), subject: 'ticket-t2' });
      const kept = (await refusals.of('ticket-t1')).map((refusal) => refusal.at);
      ensureEqual(kept, instants.slice(-most), 'what is kept');
      ensureEqual((await refusals.of('ticket-t2')).length, 1, 'of another subject');
    },
  },
  {
    promise: 'what was answered stands after closing and opening',
    check: async ({ operations, reopen }) => {
      await operations.keyValues.put('tokens', '1');
      await operations.keyValues.put('tokens', '2');
      await operations.keyValues.put('gone', '1');
      await operations.keyValues.remove('gone');
      await operations.verification.open('t', 1, later);
      await operations.verification.takeTry('t', at, 5);
      await operations.idempotency.remember('key', 'print', command('c'));
      const opened = (await reopen?.()) ?? operations;
      ensureEqual([await opened.keyValues.get('tokens'), await opened.keyValues.get('gone')], ['2', undefined], 'registers');
      ensureEqual(await opened.verification.takeTry('t', at, 5), { kind: 'compare', n: 1, triesLeft: 3 }, 'tries');
      ensureEqual((await opened.idempotency.remember('key', 'other', command('d'))).kind, 'other-body', 'keys');
    },
  },
];
