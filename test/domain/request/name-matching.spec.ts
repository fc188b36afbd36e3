import * as fc from 'fast-check';
import { foldName, nameMatches } from '../../../src/domain/request/name-matching';
import { holdsFor } from '../../support/holds-for';

/** One of these characters. */
const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

describe('A28: a typed name is the registered one', () => {
  it.each([
    ['ŢURCANU ŞTEFAN', 'Stefan Turcanu'],
    ['ŢURCANU ŞTEFAN', 'Țurcanu Ștefan'],
    ['Țurcanu Ștefan', 'ŢURCANU ŞTEFAN'],
    ['Pop-Mureșan Ana Maria', 'Ana Pop'],
    ['Pop-Mureșan Ana Maria', 'Muresan Pop'],
    ['Pop-Mureșan Ana Maria', 'dna. Ana-Maria POP MUREȘAN'],
    ['POPESCU I. ION', 'Ion Popescu'],
    ['POPESCU I. ION', 'Popescu I. Ion'],
    ['POPESCU I. ION', 'I.Popescu Ion'],
    ['Popescu Ion Ilie', 'Popescu I. Ion'],
    ['Popescu Ion Ilie', 'Ion I. Popescu'],
    ['Kovács Győző', 'Kovacs Gyozo'],
    ['Győző Kovács', 'KOVÁCS GYŐZŐ'],
    ['Ionescu Ion Ion', 'Ion Ion Ionescu'],
    ['D’Angelo Maria', 'dangelo maria'],
    ["O'Brien Pat", 'OʼBrien Pat'],
    ['Ing. Dr. Marin Preda', 'Marin Preda'],
    ['Marin Preda', 'dl ing. Preda Marin'],
    ['S.C. Exemplu Construct S.R.L.', 'Exemplu Construct'],
    ['SC EXEMPLU CONSTRUCT SRL', 'exemplu construct s.r.l.'],
    ['S.C. Exemplu S.R.L.', 'Exemplu SRL'],
    ['Pop Ana PFA', 'Ana Pop'],
    ['Exemplu 2000 SRL', 'exemplu'],
    ['Wałęsa Jürgen', 'Walesa Jurgen'],
    ['Großmann Søren', 'grossmann soren'],
    ['Ｐｏｐ Ana', 'Pop Ana'],
    ['Madonna', 'madonna'],
    ['Popescu I.', 'I. Popescu'],
    ['Sá', 'Sa'],
    ['S\u0327tefan Pop', 'Ștefan Pop'],
  ])('%s answers to %s', (registered, typed) => {
    expect(nameMatches(registered, typed)).toBe(true);
  });

  it.each([
    ['Pop-Mureșan Ana Maria', 'Pop'],
    ['POPESCU I. ION', 'Popescu'],
    ['POPESCU I. ION', 'Popescu G. Ion'],
    ['POPESCU I. ION', 'Popescu I.'],
    ['POPESCU I. ION', 'I. I.'],
    ['POPESCU I. ION', 'Popescu I. I. Ion'],
    ['POPESCU I. ION', 'Popescu Ilie Ion'],
    ['Popescu Ion', 'Popescu Ioan'],
    ['Popescu Ioan', 'Popescu Ion'],
    ['Popescu Ion', 'Ion Ion'],
    ['Popescu Ion', 'Popescu Popescu'],
    ['Popescu Ion', 'Popescu Ion Ion'],
    ['Popescu Ion', 'Popescu Ion Vasile'],
    ['Popescu Ion', 'Popescu Ion I.'],
    ['Popescu Ion', 'P. Ion'],
    ['Popescu Ion', 'P. I.'],
    ['Popescu Ion', 'Popescu'],
    ['Popescu Ion', ''],
    ['Popescu Ion', '.,;'],
    ['Popescu Ion', 'dl ing. dr.'],
    ['Popescu Ion', 'Popescu*'],
    ['Popescu Ion', 'Pop%scu Ion'],
    ['Popescu Ion', 'PopescuIon'],
    ['Popescu I.', 'Popescu'],
    ['', ''],
    ['', 'Popescu Ion'],
    ['.', '.'],
    // look-alikes: Cyrillic а, о, р, е; Greek Ο; each is another letter
    ['Popescu Ana', 'Popescu Anа'],
    ['Popescu Ion', 'Рopescu Ion'],
    ['Popescu Ion', 'Popescu IΟn'],
    ['Popescu Ana', 'Рореѕсu Ana'],
    ['S.C. Exemplu Construct S.R.L.', 'Exemplu SRL'],
    ['S.C. Exemplu Construct S.R.L.', 'S.C. S.R.L.'],
  ])('%j never answers to %j', (registered, typed) => {
    expect(nameMatches(registered, typed)).toBe(false);
  });
});

const answers = (pairs: readonly (readonly [registered: string, typed: string])[], expected: boolean): void => {
  it.each(pairs)(`%s ${expected ? 'answers' : 'never answers'} to %s`, (registered, typed) => {
    expect(nameMatches(registered, typed)).toBe(expected);
  });
};

describe('A28, version 2: what many organisations are called names none of them', () => {
  answers(
    [
      ['Asociația de Proprietari Primăverii 12', 'asociatia primaverii'],
      ['Asociația de Proprietari Primăverii 12', 'Asociația de proprietari Primăverii 12'],
      ['Asociația de Proprietari nr. 12', 'asociatia de proprietari 12'],
      ['Asociația de Proprietari', 'asociatia proprietari'],
      ['Societatea Exemplu SRL', 'Societatea Exemplu'],
      ['Popescu Ion și Asociații SRL', 'Popescu Asociatii'],
      ['Popescu Ion și Ionescu Maria SRL', 'Popescu Maria'],
      ['Cabinet Popescu Ion și Ionescu Maria', 'Popescu Maria'],
      ['Exemplu Construct și Fiii', 'exemplu fiii'],
      ['Exemplu 2000 SRL', 'exemplu 2000'],
    ],
    true,
  );
  answers(
    [
      ['Asociația de Proprietari Primăverii 12', 'asociatia de proprietari'],
      ['Asociația de Proprietari Primăverii 12', 'asociatia de proprietari 12'],
      ['Asociația de Proprietari Primăverii 12', 'asociatia primaverii 13'],
      ['Asociația de Proprietari Primăverii 12', 'primaverii 12'],
      ['Asociația de Proprietari nr. 12', 'asociatia de proprietari'],
      ['Asociația de Proprietari nr. 12', 'asociatia de proprietari 13'],
      ['Asociația de Proprietari nr. 12', '12'],
      ['Asociația de Proprietari', 'A. proprietari'],
      ['Exemplu 2000 SRL', 'exemplu 200'],
      ['Societatea Exemplu SRL', 'societatea'],
      ['Exemplu 2000 SRL', 'exemplu 2001'],
      ['Exemplu 2000 SRL', '2000'],
      ['Popescu Ion', 'Popescu Ion 2'],
    ],
    false,
  );
});

describe('A28, version 2: of two applicants one whole name is typed, or both', () => {
  answers(
    [
      ['Popescu Ion și Ionescu Maria', 'Ion Popescu'],
      ['Popescu Ion si Ionescu Maria', 'Maria Ionescu'],
      ['Popescu Ion/Ionescu Maria', 'Ionescu Maria'],
      ['Popescu Ion; Ionescu Maria', 'Ionescu Maria'],
      ['Popescu Ion și Popescu Maria', 'Popescu Maria'],
      ['Popescu Ion și Ionescu Maria', 'Popescu Ion & Ionescu Maria'],
      ['Popescu Ion & Ionescu Maria', 'Ionescu Maria, Popescu Ion'],
      ['Popescu Ion și Maria de la Cruz', 'Maria Cruz'],
    ],
    true,
  );
  answers(
    [
      ['Popescu Ion și Ionescu Maria', 'Popescu Maria'],
      ['Popescu Ion şi Ionescu Maria', 'Ion Ionescu'],
      ['Popescu Ion & Ionescu Maria', 'Popescu Ionescu'],
      ['Popescu Ion și Maria de la Cruz', 'Popescu Cruz'],
      ['Maria de la Cruz', 'de la'],
      ['Popescu Ion si Ionescu Maria', 'Popescu Maria'],
      ['Popescu I. și Ionescu Maria', 'Popescu I.'],
      ['Popescu Ion + Ionescu Maria', 'Popescu Ion Ionescu'],
    ],
    false,
  );
});

describe('A28, version 2: written as a person would', () => {
  answers(
    [
      ["O'Brien Pat", 'O Brien Pat'],
      ['O Brien Pat', "Pat O'Brien"],
      ['Pop Ana Maria', 'Pop Anamaria'],
      ['Pop Anamaria', 'Ana Maria Pop'],
      ['Pop Anamüge', 'Ana Muge Pop'],
      ['Müller Hans', 'Mueller Hans'],
      ['Mueller Hans', 'Müller Hans'],
      ['Müller Hans', 'MULLER Hans'],
      ['Schäfer-Pop Jörg', 'Joerg Schaefer'],
    ],
    true,
  );
  answers(
    [
      ['Pop Anamaria', 'Maria Ana Pop'],
      ['Ana Maria', 'Anamaria'],
      ['Mueller Hans', 'Muller Hans'],
      ['Kovács Győző', 'Kovacs Gyoezoe'],
      ['Popescu Ion', 'Poepescu Ion'],
    ],
    false,
  );
});

describe('folding', () => {
  it.each([
    ['  Pop-Mureșan,  Ana ', 'pop muresan ana'],
    ['Dl. ing. Ștefan ŢURCANU', 'stefan turcanu'],
    ['S.R.L. Exemplu & Fiii', 'exemplu fiii'],
    ['Popescu I.I. Ion', 'popescu ion'], // I.I. is a legal form
    ['Popescu I. I. Ion', 'popescu i i ion'], // two initials
    ['İstanbul ĞÜL', 'istanbul gul'],
    ['Łódź ẞ Œuvre ŉ', 'lodz ss oeuvre n'],
    ['Ana2Pop', 'ana pop'],
    ['', ''],
  ])('%j becomes %j', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: oneOf("aIŞșțŢăÎéőßİı\u0301\u0327\u0308.’' -&SCsrl"), maxLength: 30 }),
  );
  it('of a folded name changes nothing', () => {
    holdsFor(2000, [anyText], (text) => {
      expect(foldName(foldName(text))).toBe(foldName(text));
    });
  });
  it('tells nothing of case, composition or the kind of comma below', () => {
    holdsFor(300, [fc.string({ unit: oneOf('aăâîșțéőúXYZ -'), maxLength: 30 })], (text) => {
      const folded = foldName(text);
      expect(foldName(text.toUpperCase())).toBe(folded);
      expect(foldName(text.normalize('NFD'))).toBe(folded);
      expect(foldName(text.replaceAll('ș', 'ş').replaceAll('ț', 'ţ'))).toBe(folded);
    });
  });
});

describe('A28: whatever the name', () => {
  const anyWord = fc.string({ unit: oneOf('abcdeghimnoprtuvxyășțéő'), minLength: 2, maxLength: 9 });
  // only words that are no title, so that a name keeps the words it was made of
  const anyFullWord = anyWord.filter((word) => foldName(`${word} qqq`) === `${foldName(word)} qqq`);
  const anyName = fc.array(anyFullWord, { minLength: 2, maxLength: 5 });

  it('it answers to its own words in any order, case, with or without diacritics and titles', () => {
    holdsFor(300, [anyName, fc.infiniteStream(fc.nat()), fc.boolean()], (words, chance, plain) => {
      const keyed = words.map((word) => ({ word, key: chance.next().value ?? 0 }));
      const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ word }) => word);
      const typed = plain ? shuffled.map(foldName) : shuffled.map((word) => word.toUpperCase());
      expect(nameMatches(words.join(' '), typed.join('-'))).toBe(true);
      expect(nameMatches(typed.join(' '), words.join(' '))).toBe(true);
      expect(nameMatches(`Dl. ing. ${words.join(' ')}`, typed.join(' '))).toBe(true);
    });
  });
  it('the verdict on any pair does not depend on the order of words, diacritics or case', () => {
    const anyShortName = fc.array(fc.constantFrom('pop', 'Ion', 'ion', 'Ștefan', 'i.', 'g.', 'Győző', 'dl'), { maxLength: 5 });
    holdsFor(500, [anyShortName, anyShortName], (registered, typed) => {
      const verdict = nameMatches(registered.join(' '), typed.join(' '));
      expect(nameMatches(registered.toReversed().join(' '), typed.join(' '))).toBe(verdict);
      expect(nameMatches(registered.join(' '), typed.toReversed().join(' ').toUpperCase())).toBe(verdict);
      expect(nameMatches(foldName(registered.join(' ')), foldName(typed.join(' ')))).toBe(verdict);
    });
  });
  it('a word that is not registered, or one typed more often than registered, never matches', () => {
    holdsFor(300, [anyName, anyFullWord], (words, stranger) => {
      const known = words.map(foldName);
      const times = known.filter((word) => word === foldName(stranger)).length;
      const typed = [...words, ...Array.from({ length: times + 1 }, () => stranger)];
      expect(nameMatches(words.join(' '), typed.join(' '))).toBe(false);
      expect(nameMatches(words.join(' '), words[0] ?? '')).toBe(false);
    });
  });
  it('both names are folded and all words compared, match or not', () => {
    const normalize = jest.spyOn(String.prototype, 'normalize');
    const work = (registered: string, typed: string): number => {
      normalize.mockClear();
      nameMatches(registered, typed);
      return normalize.mock.calls.length;
    };
    const right = work('Popescu Ion', 'Ion Popescu');
    expect(right).toBeGreaterThan(1);
    for (const typed of ['Popescu Ioan', 'Popescu', '', 'Vasile Alecsandri', 'dl']) expect(work('Popescu Ion', typed)).toBe(right);
    expect(work('', 'Popescu Ion')).toBe(right);
    normalize.mockRestore();
  });
});
