import type { LogOperations, StoredAnswer, StoredCommand } from '../ports/operations';
import { ensure, ensureEqual, sorted, times, type ContractCheck } from './check';

export type LogOperationsSubject = { readonly operations: LogOperations; readonly reopen?: () => LogOperations | Promise<LogOperations> };

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:10:00.000Z';
const command = (commandId: string, when = at): StoredCommand => ({ commandId, at: when, ids: ['a', 'b'] });
const answerOf = (body: string): StoredAnswer => ({ status: 201, body, headers: { Location: '/tickets/1' } });
/** All callers got the same, and it is one of these: any of the callers may have been the first. @returns what they got */
const ensureOneOf = <T>(actual: readonly T[], possible: readonly T[], what: string): T | undefined => {
  const [got] = actual;
  ensureEqual(
    actual,
    actual.map(() => got),
    what,
  );
  ensure(
    possible.some((one) => JSON.stringify(one) === JSON.stringify(got)),
    `${what}: no caller brought ${JSON.stringify(got)}`,
  );
  return got;
};

/** Every adapter keeps these promises. Give each check fresh, empty operations. */
export const logOperationsContract: readonly ContractCheck<LogOperationsSubject>[] = [
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
];
