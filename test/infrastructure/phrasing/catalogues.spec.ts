import MessageFormat from '@messageformat/core';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { emptyFolder } from '../../support/closing';

type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };
type Message = { readonly at: string; readonly text: string };

const ours = resolve('src/infrastructure/phrasing/locales');
const languages = readdirSync(ours, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

/** A language has as many items in a list as it needs. */
const isList = (tree: Tree): tree is readonly string[] =>
  Array.isArray(tree) && tree.every((item) => typeof item === 'string' && !item.includes('{'));
const messagesIn = (tree: Tree, at: string): readonly Message[] =>
  typeof tree === 'string'
    ? [{ at, text: tree }]
    : isList(tree)
      ? [{ at, text: tree.join(' ') }]
      : Object.entries(tree).flatMap(([name, inner]) => messagesIn(inner, `${at}.${name}`));
const catalogueOf = (folder: string, language: string): readonly Message[] =>
  readdirSync(join(folder, language)).flatMap((file) =>
    messagesIn(JSON.parse(readFileSync(join(folder, language, file), 'utf8')), file.replace('.json', '')),
  );
/** The values that a message looks at, whatever the numbers are. */
const argumentsOf = (text: string): string => {
  const looked = new Set<string>();
  if (text.includes('{')) {
    const said = new MessageFormat('ro').compile(text);
    for (const count of [0, 1, 2, 20]) said(new Proxy({}, { get: (_, name) => (looked.add(String(name)), count) }));
  }
  return [...looked].sort().join(', ');
};

/** What a language lacks or has too much beside another: sentences, and the values that they ask for. */
const differences = (one: readonly Message[], other: readonly Message[]): readonly string[] => {
  const asked = new Map(other.map(({ at, text }) => [at, argumentsOf(text)]));
  return [
    ...one.flatMap(({ at, text }) => {
      const there = asked.get(at);
      if (there === undefined) return [`${at} is missing`];
      return there === argumentsOf(text) ? [] : [`${at} asks for ${argumentsOf(text)}, elsewhere for ${there}`];
    }),
    ...[...asked.keys()].filter((at) => !one.some((message) => message.at === at)).map((at) => `${at} is missing`),
  ];
};

/** Romanian is written with a comma below; the cedilla is a Turkish letter. */
const withCedilla = (messages: readonly Message[]): readonly string[] =>
  messages.filter(({ text }) => /[şţŞŢ]/.test(text.normalize('NFC'))).map(({ at }) => at);

const generated = (...more: readonly string[]) =>
  spawnSync(process.execPath, ['tools/sentences.mjs', '--check', ...more], { encoding: 'utf8' });

describe('the catalogues', () => {
  it('say the same things in every language, and ask for the same values', () => {
    expect(languages).toEqual(['en', 'ro']);
    const [first = '', ...others] = languages;
    for (const language of others) expect(differences(catalogueOf(ours, first), catalogueOf(ours, language))).toEqual([]);
  });

  it('are found out when a sentence or a value is missing in one of them', () => {
    const whole = [
      { at: 'a.b', text: 'Call {telephone}' },
      { at: 'a.c', text: 'Yes' },
    ];
    expect(differences(whole, [{ at: 'a.b', text: 'Call' }])).toEqual(['a.b asks for telephone, elsewhere for ', 'a.c is missing']);
    expect(differences(whole.slice(1), whole)).toEqual(['a.b is missing']);
  });

  it.each(languages)('are messages that can be said in %s', (language) => {
    const format = new MessageFormat(language, { requireAllArguments: true });
    for (const { text } of catalogueOf(ours, language).filter((message) => message.text.includes('{'))) {
      const values = Object.fromEntries(
        argumentsOf(text)
          .split(', ')
          .map((name) => [name, 21]),
      );
      expect(''.concat(format.compile(text)(values))).not.toMatch(/\{\s*\w|undefined/);
    }
  });

  it('begin with no two values side by side, which would be added up if they were numbers', () => {
    for (const language of languages) {
      expect(catalogueOf(ours, language).filter(({ text }) => /^\{\w+\}\{/.test(text))).toEqual([]);
    }
  });

  it('have every form of a number: what has 20 de ore in Romanian has 2 ore, too', () => {
    const withDe = catalogueOf(ours, 'ro').filter(({ text }) => /other \{[^}]*# de /.test(text));
    expect(withDe.length).toBeGreaterThan(50);
    for (const { text } of withDe) expect(text).toMatch(/few \{/);
  });

  it('have ș and ț with a comma below, in each language', () => {
    for (const language of languages) expect(withCedilla(catalogueOf(ours, language))).toEqual([]);
    expect(withCedilla([{ at: 'a.b', text: 'Înfiinţare' }])).toEqual(['a.b']);
  });
});

describe('the types of the catalogues', () => {
  it('are those that the catalogues give', () => {
    expect(generated().status).toBe(0);
  });

  it('do not pass when a sentence has been added, or asks for something new', () => {
    const folder = emptyFolder();
    cpSync(ours, folder, { recursive: true });
    expect(generated(folder).status).toBe(0);
    const file = join(folder, 'ro', 'frame.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"menu": "Meniu"', '"menu": "Meniu {name}"'));
    expect(generated(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run sentences') });
  });
});
