import { accept, type Aggregate, fold, noChange, unreachable } from '../../../src/domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import { graded, gradeBy, gradedByActor, weakest } from '../../../src/domain/kernel/grade';
import { isRefusal, refuse } from '../../../src/domain/kernel/refusal';
import { factShape, list, number, object, optional, personalText, text, typed, variants, word } from '../../../src/domain/kernel/shape';
import { policyStamp } from '../../../src/domain/policies';

describe('a refusal', () => {
  it('says its article and its details only where it has them', () => {
    expect(refuse('not-found')).toStrictEqual({ kind: 'refused', code: 'not-found' });
    expect(refuse('too-soon', { article: '4' })).toStrictEqual({ kind: 'refused', code: 'too-soon', article: '4' });
    expect(refuse('wrong-code', { triesLeft: 2 })).toStrictEqual({ kind: 'refused', code: 'wrong-code', details: { triesLeft: 2 } });
  });

  it('is told from what was accepted, and from what is no decision', () => {
    expect(isRefusal(refuse('conflict'))).toBe(true);
    expect([accept(), noChange(), undefined, null, 'refused', {}, { code: 'conflict' }].filter(isRefusal)).toEqual([]);
  });
});

describe('a decision', () => {
  it('comes to the facts to append, or to none where it was taken before', () => {
    const facts = [
      { type: 'One', data: {} },
      { type: 'Two', data: {} },
    ];
    expect(accept(...facts)).toStrictEqual({ kind: 'accepted', facts });
    expect(noChange()).toStrictEqual({ kind: 'accepted', facts: [] });
  });

  it('is made on the state that all facts before it come to, in their order', () => {
    const words: Aggregate<string, { readonly type: string; readonly data: object }> = {
      category: 'words',
      initial: 'so',
      evolve: (state, { type }) => `${state} ${type}`,
    };
    const facts = ['far', 'good'].map((type) => ({ type, data: {} }));
    expect([fold(words, facts), fold(words, facts, 'not'), fold(words, [])]).toEqual(['so far good', 'not far good', 'so']);
  });

  it('is made on the same state where a fact of the future came', () => {
    const state = { status: 'held' };
    expect(unreachable(state, undefined as never)).toBe(state);
  });
});

describe('what is defined', () => {
  it('stays in its order, and what is not is left out', () => {
    expect(Object.entries(defined({ b: 1, none: undefined, a: null, c: false }))).toEqual([
      ['b', 1],
      ['a', null],
      ['c', false],
    ]);
    expect(defined({ b: 1, a: '' })).toStrictEqual({ b: 1, a: '' });
  });
});

describe('how an act is known', () => {
  it('is no better than the weakest of what it rests on', () => {
    expect(weakest(['observed', 'declared', 'observed'])).toBe('declared');
    expect(weakest(['observed', undefined])).toBe('observed');
    expect([weakest([]), weakest([undefined])]).toEqual([undefined, undefined]);
  });

  it('is declared by whoever tells it for others, and by no program of a name that only resembles theirs', () => {
    const told = ['command-line.p.1a', 'host', 'command-line', 'service.command-line.x', 'hosting', 'service.host'];
    expect(told.map((id) => gradeBy({ kind: 'system', id }))).toEqual([
      ...['declared', 'declared', 'observed'],
      ...['observed', 'observed', 'observed'],
    ]);
    expect((['staff', 'citizen', 'auditor'] as const).map((kind) => gradeBy({ kind, id: 'bounces' }))).toEqual([
      ...['declared', 'declared', 'declared'],
    ]);
  });

  it('is told of an older fact by who wrote it, and nothing else of it changes', () => {
    const actor = { kind: 'system', id: 'registry' } as const;
    expect(gradedByActor({ documentNumber: '155210' }, { actor })).toEqual({ documentNumber: '155210', grade: 'observed' });
  });
});

describe('the shape of a fact', () => {
  it('says how the act is known, or leaves it out', () => {
    expect(graded).toEqual({ grade: { kind: 'word', words: ['observed', 'declared'], optional: true } });
  });

  it('keeps of a policy which one it was, in which version, and what it said then', () => {
    expect(policyStamp).toMatchObject({ kind: 'object', fields: { name: text, version: number, value: { kind: 'json' } } });
  });

  const upcaster = (data: object) => ({ ...data, since: 2 });

  it('has one version more than there were changes', () => {
    expect(factShape('1', 'Told.', { number })).toStrictEqual({ told: 'Told.', why: '1', fields: { number }, version: 1, upcasters: [] });
    expect(factShape('1', 'Told.', { number }, [upcaster])).toMatchObject({ version: 2, upcasters: [upcaster] });
  });

  it('says of each value how it is made up', () => {
    expect(list(text)).toEqual({ kind: 'list', of: text });
    expect(object({ text })).toEqual({ kind: 'object', fields: { text } });
    expect(variants({ text }, { number })).toEqual({ kind: 'variants', variants: [{ text }, { number }] });
    expect(word('yes', 'no')).toEqual({ kind: 'word', words: ['yes', 'no'] });
    expect(personalText('contact', 'record')).toEqual({ kind: 'personal', keys: ['contact', 'record'] });
    expect(optional(number)).toEqual({ ...number, optional: true });
  });

  it('keeps nothing of the value that it only names for the compiler', () => {
    expect(typed<'a' | 'b'>({ ...text, holds: 'a' })).toStrictEqual({ kind: 'text' });
  });
});
