import type { StoredAnswer, StoredCommand, KeptDraft, LetterRecord, Operations } from '../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal } from '../../application/kernel/ports/refusals';
import { ensure, ensureEqual, type ContractCheck } from '@tichet-albastru/event-log/testing/check';

export type OperationsSubject = { readonly operations: Operations; readonly reopen?: () => Operations | Promise<Operations> };

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:10:00.000Z';
const command = (commandId: string, when = at): StoredCommand => ({ commandId, at: when, ids: ['a', 'b'] });
const answerOf = (body: string): StoredAnswer => ({ status: 201, body, headers: { Location: '/tickets/1' } });
const refusalAt = (commandId: string, when: string): NotedRefusal => ({
  subject: 'ticket-t1',
  commandId,
  at: when,
  command: 'rescheduleTicket',
  code: 'too-soon',
  article: '4',
  actor: { kind: 'citizen', id: 't1' },
});
const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** All got the same, and it is one of these: which of those who came at once was the first, nobody can say. @returns what they got */
const ensureOneOf = <T>(actual: readonly T[], possible: readonly T[], what: string): T | undefined => {
  const [got] = actual;
  ensureEqual(
    actual,
    actual.map(() => got),
    what,
  );
  ensure(
    possible.some((one) => JSON.stringify(one) === JSON.stringify(got)),
    `${what}: nobody brought ${JSON.stringify(got)}`,
  );
  return got;
};

/** Every adapter keeps these promises. Give each check fresh, empty operations. */
export const operationsContract: readonly ContractCheck<OperationsSubject>[] = [
  {
    promise: 'of fifty callers with one key one proposal is kept, that of the first, and all get it',
    check: async ({ operations: { idempotency } }) => {
      await idempotency.remember('before', 'print', command('first'));
      const after = await idempotency.remember('before', 'print', command('second'));
      ensureEqual(after, { kind: 'kept', command: command('first') }, 'one after the other');
      const remembered = await times(50, (index) => idempotency.remember('key', 'print', command(`c${index}`)));
      ensureOneOf(
        remembered,
        remembered.map((_, index) => ({ kind: 'kept', command: command(`c${index}`) })),
        'what they got at once',
      );
      ensureEqual(await idempotency.remember('key', 'another', command('x')), { kind: 'other-body' }, 'the key with another body');
    },
  },
  {
    promise: 'of fifty answers under one key one is kept, the first, and all get it byte for byte',
    check: async ({ operations: { idempotency } }) => {
      await idempotency.remember('key', 'print', command('c'));
      ensureEqual(await idempotency.answered('key', 'print'), undefined, 'for whoever looks before there is one');
      const settled = await times(50, (index) => idempotency.settle('key', answerOf(`{"ș":${index}}`)));
      const kept = ensureOneOf(
        settled,
        settled.map((_, index) => answerOf(`{"ș":${index}}`)),
        'what they got',
      );
      ensureEqual(await idempotency.settle('key', answerOf('{"ș":50}')), kept, 'a later answer');
      const again = await idempotency.remember('key', 'print', command('d'));
      ensureEqual(again, { kind: 'kept', command: command('c'), answer: kept }, 'a later caller');
      ensureEqual(await idempotency.answered('key', 'print'), kept, 'for whoever looks');
      const others = [await idempotency.answered('key', 'another'), await idempotency.answered('other', 'print')];
      ensureEqual(others, [undefined, undefined], 'of another body, and under another key');
    },
  },
  {
    promise: 'a refused command keeps its ids, and all who send it again get the instant of the first of them',
    check: async ({ operations: { idempotency } }) => {
      await idempotency.remember('key', 'print', command('c', at));
      await idempotency.refused('key');
      ensureEqual(await idempotency.remember('key', 'another', command('x', later)), { kind: 'other-body' }, 'the key with another body');
      const instants = Array.from({ length: 50 }, (_, index) => `2026-03-02T09:00:${String(index).padStart(2, '0')}.000Z`);
      const again = await Promise.all(instants.map((when, index) => idempotency.remember('key', 'print', command(`d${index}`, when))));
      const kept = ensureOneOf(
        again,
        instants.map((when) => ({ kind: 'kept' as const, command: command('c', when) })),
        'what they got',
      );
      ensureEqual(await idempotency.remember('key', 'print', command('d', later)), kept, 'one who comes later');
      await idempotency.settle('key', answerOf('{}'));
      await idempotency.refused('key');
      const settled = await idempotency.remember('key', 'print', command('e', at));
      ensureEqual(settled, kept && { ...kept, answer: answerOf('{}') }, 'once it was answered');
    },
  },
  {
    promise: 'keys are forgotten when they are older, and not before',
    check: async ({ operations: { idempotency } }) => {
      await idempotency.remember('old', 'print', command('c', at));
      await idempotency.remember('new', 'print', command('d', later));
      ensureEqual(await idempotency.prune(later), 1, 'forgotten');
      ensureEqual((await idempotency.remember('old', 'another', command('e'))).kind, 'kept', 'the forgotten key');
      ensureEqual((await idempotency.remember('new', 'another', command('f'))).kind, 'other-body', 'the standing key');
    },
  },
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
    promise: 'of fifty codes kept under one name the first stays, until it is removed or its time is over',
    check: async ({ operations: { codes } }) => {
      const before = '2026-03-02T07:59:00.000Z';
      const kept = await times(50, (index) => codes.keep('t:1', `4711${index}`, at));
      const first = ensureOneOf(
        kept,
        kept.map((_, index) => `4711${index}`),
        'what they got',
      );
      ensureEqual(await codes.keep('t:2', 'another', later), 'another', 'under another name');
      ensureEqual(
        [await codes.get('t:1', before), await codes.get('t:1', at), await codes.get('t:3', at)],
        [first, undefined, undefined],
        'kept',
      );
      ensureEqual(await codes.keep('t:1', 'a later one', later), first, 'kept longer');
      ensureEqual([await codes.keep('t:1', 'shorter', before), await codes.get('t:1', at)], [first, first], 'never shorter');
      await codes.remove('t:1');
      ensureEqual(await codes.get('t:1', at), undefined, 'removed');
      ensureEqual([await codes.prune(later), await codes.prune('2026-03-02T08:10:00.001Z')], [0, 1], 'forgotten');
      ensureEqual(await codes.keep('t:2', 'a new one', later), 'a new one', 'after it was forgotten');
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
    promise: 'hits are counted in a sliding window, by tag, and looking counts nothing',
    check: async ({ operations: { throttle } }) => {
      const since = '2026-03-02T07:50:00.000Z';
      ensureEqual(await throttle.hits('a', at, since, false), { count: 0 }, 'before any');
      await times(10, () => throttle.hits('a', at, since, true));
      ensureEqual(await throttle.hits('a', at, since, false), { count: 10, oldest: at }, 'after ten');
      ensureEqual(await throttle.hits('a', later, since, true), { count: 11, oldest: at }, 'after another');
      ensureEqual(await throttle.hits('a', later, later, false), { count: 1, oldest: later }, 'in a later window');
      ensureEqual(await throttle.hits('b', at, since, false), { count: 0 }, 'of another tag');
    },
  },
  {
    promise: 'places are taken under each of several tags or under none, and no tag counts more than its limit',
    check: async ({ operations: { throttle } }) => {
      const since = '2026-03-02T07:50:00.000Z';
      const [wide, narrow] = [
        { tag: 'wide', since, limit: 10 },
        { tag: 'narrow', since, limit: 2 },
      ];
      const taken = await times(6, () => throttle.take([wide, narrow], at));
      ensureEqual(taken.filter((full) => full === undefined).length, 2, 'as many as the narrower has');
      ensureEqual(
        taken.find((full) => full !== undefined),
        { full: 1, oldest: at },
        'the others',
      );
      ensureEqual(await throttle.take([{ ...narrow, limit: 0 }], later), { full: 0, oldest: at }, 'where there is none at all');
      const counts = [await throttle.hits('wide', at, since, false), await throttle.hits('narrow', at, since, false)];
      ensureEqual(
        counts,
        [
          { count: 2, oldest: at },
          { count: 2, oldest: at },
        ],
        'what was refused is not counted',
      );
      ensureEqual(await throttle.take([{ ...narrow, since: later }, wide], later), undefined, 'in a later window');
      ensureEqual(await throttle.take([wide, { ...narrow, tag: 'of nobody', limit: 0 }], later), { full: 1 }, 'none was counted');
      ensureEqual(await throttle.take([], at), undefined, 'of nothing');
    },
  },
  {
    promise: 'a hit is forgotten once its own window is over, and not before, whatever the windows of others are',
    check: async ({ operations: { throttle } }) => {
      const [aYearBefore, longAfter] = ['2025-03-02T08:00:00.000Z', '2026-12-31T08:00:00.000Z'];
      await times(3, () => throttle.hits('short', at, '2026-03-02T07:50:00.000Z', true));
      await throttle.hits('long', at, aYearBefore, true);
      ensureEqual(await throttle.prune(later), 0, 'while they count');
      ensureEqual(await throttle.hits('short', later, at, false), { count: 3, oldest: at }, 'to the end of the window');
      ensureEqual(await throttle.prune(longAfter), 3, 'once it is over');
      ensureEqual(await throttle.hits('short', longAfter, aYearBefore, false), { count: 0 }, 'forgotten');
      ensureEqual(await throttle.hits('long', longAfter, aYearBefore, false), { count: 1, oldest: at }, 'of the longer window');
      ensureEqual(await throttle.prune('2028-01-01T00:00:00.000Z'), 1, 'both');
    },
  },
  {
    promise: 'a hit that a clock ahead has noted counts for nobody once the clock is back, and not when its time comes either',
    check: async ({ operations: { throttle } }) => {
      const [since, ahead, beforeAhead] = ['2026-03-02T07:50:00.000Z', '2026-03-04T08:00:00.000Z', '2026-03-04T07:50:00.000Z'];
      await times(3, () => throttle.hits('a', ahead, beforeAhead, true));
      ensureEqual(await throttle.hits('a', ahead, beforeAhead, false), { count: 3, oldest: ahead }, 'while it is ahead');
      ensureEqual(await throttle.hits('a', at, since, false), { count: 0 }, 'once it is back');
      ensureEqual(await throttle.hits('a', at, since, true), { count: 1, oldest: at }, 'counted with the others');
      ensureEqual(await throttle.hits('a', ahead, beforeAhead, false), { count: 0 }, 'when its time comes');
      await throttle.hits('b', later, at, true);
      ensureEqual(await throttle.hits('b', at, since, false), { count: 1, oldest: later }, 'as far ahead as the window is long');
      ensureEqual(await throttle.hits('b', at, '2026-03-02T07:50:00.001Z', false), { count: 0 }, 'further ahead');
      ensureEqual(await throttle.hits('b', at, since, true), { count: 2, oldest: at }, 'one more, and what is near');
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
    promise: 'of hits of one instant each is given back once',
    check: async ({ operations: { throttle } }) => {
      await times(3, () => throttle.hits('a', at, at, true));
      await throttle.hits('a', later, at, true);
      const given = await times(5, () => throttle.giveBack('a', at));
      ensureEqual(given.filter((gone) => gone).length, 3, 'given back');
      ensureEqual(await throttle.hits('a', later, at, false), { count: 1, oldest: later }, 'left');
      ensureEqual(await throttle.giveBack('b', later), false, 'of another tag');
    },
  },
  {
    promise: 'attempts are counted before they are made, and begin anew when reset',
    check: async ({ operations: { attempts } }) => {
      const numbers = await times(3, () => attempts.begin('effect', at));
      ensureEqual([...numbers].sort(), [1, 2, 3], 'numbers');
      await attempts.failed('effect', later, 'EHOST');
      const failed = { effectId: 'effect', attempts: 3, lastAt: at, nextAt: later, error: 'EHOST', done: false };
      ensureEqual(sorted(await attempts.get('effect')), sorted(failed), 'after failing');
      await attempts.begin('effect', later);
      await attempts.done('effect');
      ensureEqual(
        sorted(await attempts.get('effect')),
        sorted({ effectId: 'effect', attempts: 4, lastAt: later, done: true }),
        'after it was done',
      );
      ensureEqual((await attempts.list()).length, 1, 'list');
      await attempts.begin('another', later);
      ensureEqual(
        (await attempts.unfinished()).map(({ effectId }) => effectId),
        ['another'],
        'what has not ended',
      );
      ensureEqual([await attempts.reset('effect'), await attempts.reset('effect')], [true, false], 'reset');
      ensureEqual(await attempts.begin('effect', at), 1, 'the first after the reset');
    },
  },
  {
    promise: 'what waits for its turn, or was given up, is hastened once; what is under way or has ended stays counted',
    check: async ({ operations: { attempts } }) => {
      await attempts.begin('effect', at);
      ensureEqual(await attempts.hasten('effect'), false, 'under way');
      await attempts.failed('effect', later, 'EHOST');
      ensureEqual(await times(3, () => attempts.hasten('effect')).then((all) => all.filter(Boolean).length), 1, 'waiting');
      ensureEqual(await attempts.begin('effect', later), 1, 'the first after it was hastened');
      ensureEqual(await attempts.hasten('effect'), false, 'under way again');
      await attempts.done('effect');
      ensureEqual([await attempts.hasten('effect'), await attempts.hasten('another')], [false, false], 'ended, or unknown');
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
    promise: 'a session is found until it ends, and not after it was removed',
    check: async ({ operations: { sessions } }) => {
      await sessions.put('a', 'first', later);
      await sessions.put('a', 'second', later);
      await sessions.put('b', 'other', at);
      ensureEqual(
        [await sessions.get('a', at), await sessions.get('a', later), await sessions.get('b', at)],
        [{ sealed: 'second' }, undefined, undefined],
        'by time',
      );
      ensureEqual(await sessions.prune(later), 1, 'what ended is forgotten');
      await sessions.remove('a');
      await sessions.remove('a');
      ensureEqual(await sessions.get('a', at), undefined, 'removed');
    },
  },
  {
    promise: 'a session is replaced where it stands, and one that was removed does not come back',
    check: async ({ operations: { sessions } }) => {
      await sessions.put('a', 'first', later);
      ensureEqual(await sessions.replace('a', 'second', later), true, 'where it stands');
      await sessions.remove('a');
      ensureEqual(await sessions.replace('a', 'third', later), false, 'after it was removed');
      ensureEqual(await sessions.get('a', at), undefined, 'what is found');
    },
  },
  {
    promise: 'sessions of a sign-in end together: all of a subject, or those of one session at the provider and those that name none',
    check: async ({ operations: { sessions } }) => {
      const put = (tag: string, subject: string, sid?: string) =>
        sessions.put(tag, tag, later, { subject, activeAt: at, ...(sid === undefined ? {} : { sid }) });
      const left = async () =>
        (await Promise.all(['a1', 'a2', 'a', 'b1', 'none'].map((tag) => sessions.get(tag, at)))).map((row) => row?.sealed ?? '-').join(' ');
      const all = async (): Promise<void> => {
        await put('a1', 'a', 's1');
        await put('a2', 'a', 's2');
        await put('a', 'a');
        await put('b1', 'b', 's3');
        await sessions.put('none', 'none', later);
      };
      await all();
      ensureEqual([await sessions.end({ subject: 'a', sid: 's1' }), await left()], [2, '- a2 - b1 none'], 'of one session of the provider');
      await all();
      ensureEqual([await sessions.end({ sid: 's1' }), await left()], [1, '- a2 a b1 none'], 'without its subject');
      await all();
      ensureEqual([await sessions.end({ subject: 'a' }), await left()], [3, '- - - b1 none'], 'of a subject');
      ensureEqual(
        [await sessions.end({}), await sessions.end({ subject: 'z', sid: 'z' }), await left()],
        [0, 0, '- - - b1 none'],
        'of nobody',
      );
      await put('b3', 'b');
      await put('b2', 'b');
      await sessions.put('b4', 'b4', at, { subject: 'b', activeAt: at });
      await sessions.touch('b1', later);
      ensureEqual(
        await sessions.of('b', at),
        [...['b2', 'b3'].map((tag) => ({ tag, activeAt: at })), { tag: 'b1', activeAt: later }],
        'where somebody is signed in',
      );
      ensureEqual(await sessions.of('z', at), [], 'where nobody is');
      await sessions.replace('b1', 'changed', '2026-03-02T09:00:00.000Z');
      ensureEqual(await sessions.get('b1', later), { sealed: 'changed', activeAt: later }, 'when somebody was there');
      ensureEqual(await sessions.end({ sid: 's3' }), 1, 'whose it is stays');
      await sessions.touch('b1', later);
      ensureEqual(await sessions.get('b1', at), undefined, 'what ended does not come back');
    },
  },
  {
    promise: 'of twenty who come at once with one tag all get one pseudonym, which stays until it is erased',
    check: async ({ operations, reopen }) => {
      const known = (tag: string, person: string) => ({ tag, person, sealed: `name of ${person}`, at });
      const given = await times(20, (index) => operations.people.add(known('t', `p.${index}`)));
      const one = ensureOneOf(
        given,
        given.map((_, index) => known('t', `p.${index}`)),
        'what they got',
      );
      await operations.people.add(known('u', 'p.z'));
      const { people } = (await reopen?.()) ?? operations;
      ensureEqual([await people.get('t'), await people.get('v')], [one, undefined], 'found');
      ensureEqual((await people.list()).length, 2, 'all');
      ensureEqual([await people.remove('p.z'), await people.remove('p.z'), await people.get('u')], [true, false, undefined], 'erased');
    },
  },
  {
    promise:
      'a token is noted once, counts until it is revoked, also one that nobody has noted, and is forgotten after its end; that it was revoked never is',
    check: async ({ operations, reopen }) => {
      const token = (id: string) => ({ id, role: 'admin', person: 'p.1', at, expiresAt: later });
      ensureEqual((await times(10, () => operations.tokens.note(token('a')))).filter(Boolean).length, 1, 'of ten at once');
      await operations.tokens.note(token('b'));
      await operations.tokens.revoke('a', later, '2027-01-01T00:00:00.000Z');
      await operations.tokens.revoke('a', '2026-03-02T09:00:00.000Z', later);
      await operations.tokens.revoke('unknown', at, later);
      const { tokens } = (await reopen?.()) ?? operations;
      const revoked = await Promise.all(['a', 'b', 'unknown', 'c'].map((id) => tokens.isRevoked(id)));
      ensureEqual(revoked, [true, false, true, false], 'revoked');
      ensureEqual(
        (await tokens.list()).filter(({ role }) => role !== '').map(sorted),
        [{ ...token('a'), revokedAt: later }, token('b')].map(sorted),
        'as they were made',
      );
      ensureEqual(
        [await tokens.prune(later), await tokens.prune('2099-01-01T00:00:00.000Z'), (await tokens.list()).map(({ id }) => id).toSorted()],
        [0, 1, ['a', 'unknown']],
        'forgotten',
      );
      ensureEqual([await tokens.isRevoked('a'), await tokens.isRevoked('unknown')], [true, true], 'whatever a clock says');
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

const sorted = (value: object | undefined): unknown => value && Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
