import { isBlank } from '../../../src/domain/kernel/blank';
import { isEmailAddress, isMailbox } from '../../../src/domain/kernel/email-address';
import { isPersonalText, isSameSeal, personal } from '../../../src/domain/kernel/personal-text';

const sealed = { sealed: 'c2lnaWxhdA==', key: 'contact:ticket-1', bound: 'Requested' };

describe('a text that says nothing', () => {
  it.each([
    ['nothing at all', ''],
    ['spaces of every width', ' \u00a0\u2003\t'],
    ['a soft hyphen and a filler', '\u00ad\u3164'],
    ['a control character', '\u0001'],
    ['a mark between annotations', '\ufff9'],
    ['half a character', '\ud800'],
    ['an empty Braille cell', '\u2800'],
  ])('is one of %s, and one letter more is enough to say something', (_, text) => {
    expect([isBlank(text), isBlank(personal('office', text))]).toEqual([true, true]);
    expect([isBlank(`${text}a`), isBlank(personal('office', `${text}a`))]).toEqual([false, false]);
  });

  it('is none that is sealed: it was looked at before', () => {
    expect(isBlank(sealed)).toBe(false);
  });
});

describe('a mailbox', () => {
  const withLength = (length: number): string => `andrei@${'a'.repeat(length - 'andrei@.ro'.length)}.ro`;

  it('has 254 characters at most', () => {
    expect([isMailbox(withLength(254)), isMailbox(withLength(255))]).toEqual([true, false]);
  });

  it('may be one of a machine alone, to which nobody writes from outside', () => {
    expect([isMailbox('andrei.lacatus@localhost'), isEmailAddress('andrei.lacatus@localhost')]).toEqual([true, false]);
    expect([isMailbox('andrei@exemplu.ro'), isEmailAddress('andrei@exemplu.ro')]).toEqual([true, true]);
    expect([isMailbox('a.b'), isEmailAddress('a.b')]).toEqual([false, false]);
  });
});

describe('a personal text', () => {
  it('is what is to be sealed, or is sealed, and nothing that lacks a part of either', () => {
    expect([personal('contact', ''), sealed].map(isPersonalText)).toEqual([true, true]);
    const { sealed: text, key, bound } = sealed;
    const others = [undefined, null, 'Ion', 7, {}, { text, key, bound }, { sealed: text, key }, { sealed: text, bound }, { key, bound }];
    expect(others.filter(isPersonalText)).toEqual([]);
    expect([{ clear: 'Ion' }, { keyKind: 'contact' }].filter(isPersonalText)).toEqual([]);
  });

  it('names the stream of its key only where that is another than its own', () => {
    expect(personal('staff', 'Maria')).toStrictEqual({ clear: 'Maria', keyKind: 'staff' });
    expect(personal('name', 'Ion', 'request-1')).toStrictEqual({ clear: 'Ion', keyKind: 'name', keyStream: 'request-1' });
  });

  it('says the same as another without being opened where both are one seal', () => {
    expect(isSameSeal(sealed, { ...sealed, bound: 'Rescheduled' })).toBe(true);
    expect(isSameSeal(sealed, { ...sealed, sealed: 'YWx0dWw=' })).toBe(false);
    const clear = personal('contact', 'Ion');
    expect([isSameSeal(clear, clear), isSameSeal(clear, sealed), isSameSeal(sealed, clear)]).toEqual([false, false, false]);
  });
});
