import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkIds, judge } from '../../src/domain/audit/judge';
import { readPolicies } from '../../src/domain/audit/other-reading';
import { policiesWith } from '../../src/domain/policies';
import { judgeOutcomes } from '../../src/infrastructure/tools/command-line/commands/judge';
import { onlineHistory } from '../support/histories';
import { settled } from '../support/judging';
import {
  commandLine,
  commandsAsCoded,
  dutiesAsCoded,
  eventsAsCoded,
  lawAsCoded,
  projectionsAsCoded,
  reportingAsCoded,
  settingsAsCoded,
} from './as-coded';
import { codeBlocks, deadLinks, markdownFiles, read, root, rows, section } from './markdown';

const code = (text: string): string => `\`${text}\``;
const named = (cell: string | undefined): readonly string[] => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

const asCoded = {
  'docs/events.md': eventsAsCoded,
  'docs/projections.md': projectionsAsCoded,
  'docs/checks.md': lawAsCoded,
  'docs/reporting.md': reportingAsCoded,
  'docs/duties.md': dutiesAsCoded,
  'docs/command-line.md': commandsAsCoded,
  'docs/settings.md': settingsAsCoded,
} as const;

describe.each(Object.entries(asCoded))('%s', (path, written) => {
  it('has the lists that the code says (DOCUMENTS=write writes them anew)', () => {
    if (process.env['DOCUMENTS'] === 'write') writeFileSync(join(root, path), written(read(path)));
    expect(read(path)).toBe(written(read(path)));
  });

  it('would not pass without a row, or with something too much in one', () => {
    const page = read(path);
    const others = [
      /\n\| `Held` .*|\n\| `ticket-status` .*|\n.* no recording .*|\n\| `held_online` .*|\n\| `answer-offer` .*|\n\| `PORT` .*|\n\| `tichet openapi` .*/,
      /`bouncedAt`|`leftOn`|half an hour|It came back afterwards|48 hours after|`3000`|--as-of <time>/,
      /`MeetingStarted`, |`ticket_id`, |written while they talk|Key: `ticket_id`|A12, |STARTTLS|of one ticket/,
    ].map((some) => page.replace(some, ''));
    expect(others.map((other) => other !== page && written(other) === page)).toEqual([true, true, true]);
  });
});

describe('docs/checks.md', () => {
  it('tells every check, and the article that it answers for', () => {
    const told = rows(read('docs/checks.md').split('\n## ')[0] ?? '').map(([id, article]) => ({
      id: /C\d\d/.exec(id ?? '')?.[0],
      article,
    }));
    expect(told).toEqual(judge(onlineHistory(), settled).checks.map(({ id, article }) => ({ id, article })));
    expect(told.map(({ id }) => id)).toEqual(checkIds);
  });
});

describe('docs/procedure.md', () => {
  const procedure = read('docs/procedure.md');
  const policies = Object.values(policiesWith());

  it('tells every policy, and the value of version 1', () => {
    const told = rows(section(procedure, '## Policies')).map(([name, value]) => ({
      name: named(name)[0],
      value: JSON.parse(named(value)[0] ?? '') as unknown,
    }));
    expect(told).toEqual(policies.map(({ name, value }) => ({ name, value })));
  });

  it('tells every reading from A1 to A30, A4 and A8 left out, and names policies that exist', () => {
    const told = rows(section(procedure, '## Our readings'));
    const expected = Array.from({ length: 30 }, (_, index) => index + 1).filter((number) => number !== 4 && number !== 8);
    expect(told.map(([id]) => id)).toEqual(expected.map((number) => `A${number}`));
    const names: readonly string[] = policies.map(({ name }) => name);
    expect(told.flatMap(([, , , policy]) => named(policy)).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('finds a place for every policy', () => {
    const readings = section(procedure, '## Our readings');
    expect(policies.map(({ name }) => name).filter((name) => !readings.includes(code(name)))).toEqual([]);
  });
});

describe.each([
  ['docs/ghidul-auditorului.md', '## Verdictele, judecate din nou', 'ro'],
  ['docs/proof-verification.md', '## The verdicts, judged anew', 'en'],
] as const)('%s', (path, heading, language) => {
  const told = rows(section(read(path), heading)).map(([said, exitCode, means = '']) => ({ said, exitCode, isExplained: means !== '' }));

  it('tells everything that tichet judge says of a file, with its exit code, and what it means', () => {
    const words: Readonly<Record<string, string>> = JSON.parse(read(`src/infrastructure/phrasing/locales/${language}/cli.json`)).judge;
    const said = Object.entries(judgeOutcomes).map(([name, exitCode]) => ({
      said: code((words[name] ?? '').replaceAll(/\{\w+\}/g, '…')),
      exitCode: String(exitCode),
      isExplained: true,
    }));
    expect(told).toEqual(said);
  });
});

describe('docs/exports.md', () => {
  it('tells of every policy whether tichet judge can be asked about another reading of it', () => {
    const asked = section(read('docs/exports.md'), '### Judging a file');
    const table = rows(asked).map(([name]) => named(name)[0]);
    expect(table).toEqual(readPolicies);
    const others = named(asked.split('It cannot name the others.')[1]?.split('\n\n')[0]);
    expect([...table, ...others].toSorted()).toEqual(Object.keys(policiesWith()).toSorted());
  });
});

describe('docs/ghidul-auditorului.md', () => {
  const guide = read('docs/ghidul-auditorului.md');
  const locale = 'src/infrastructure/phrasing/locales/ro';
  const sentences = [...readdirSync(join(root, locale)).map((file) => read(`${locale}/${file}`)), read('tools/verify_ticket.py')].join(
    '\n',
  );

  /** What the guide quotes from screens and programs, `…` standing for what differs each time, and nobody there says. */
  const saidByNobody = (text: string): readonly string[] =>
    [...text.matchAll(/„([^”]+)”/g)]
      .flatMap(([, quoted = '']) => quoted.split('…').map((part) => part.trim()))
      .filter((part) => !sentences.includes(part));

  /** The commands of this text, blocks and lines alike, that the command line does not have, or not with that option. */
  const unknownCommands = (text: string): readonly string[] => {
    const program = commandLine();
    return [...text.matchAll(/^tichet [^\n]+|`tichet [^`\n]+`/gm)]
      .map(([command]) => command.replaceAll('`', ''))
      .filter((command) => {
        const known = program.commands.find((each) => each.name() === command.split(' ')[1]);
        const options = [...command.matchAll(/--[\w-]+/g)].map(([option]) => option);
        return known === undefined || options.some((option) => known.options.every(({ long }) => long !== option));
      });
  };

  it('quotes what pages and programs say', () => {
    expect(saidByNobody(guide)).toEqual([]);
    expect(saidByNobody(guide.replaceAll('Descarcă dovada', 'Ia dovada'))).toContain('Ia dovada');
  });

  it('gives commands that exist, with options that exist', () => {
    expect(unknownCommands(guide)).toEqual([]);
    expect(unknownCommands('tichet judgement a.json\n\n`tichet judge a.json --keys cheia.txt`')).toHaveLength(2);
  });

  it('explains every word for a verdict and a grade as the pages do', () => {
    const { verdicts, grades } = JSON.parse(read(`${locale}/audit.json`)) as {
      readonly verdicts: Readonly<Record<string, { readonly name: string; readonly means: string }>>;
      readonly grades: Readonly<Record<'observed' | 'declared', { readonly name: string }>>;
    };
    const words = rows(section(guide, '## Ce spune un verdict')).map(([name, word, means]) => ({ name, word: named(word)[0], means }));
    expect(words.toSorted((a, b) => (a.word ?? '').localeCompare(b.word ?? ''))).toEqual(
      Object.entries(verdicts)
        .map(([word, { name, means }]) => ({ name, word, means }))
        .toSorted((a, b) => a.word.localeCompare(b.word)),
    );
    const known = rows(section(guide, '## Cât cântărește un verdict')).map(([name, word]) => [named(word)[0], name?.replaceAll('*', '')]);
    expect(known).toEqual((['observed', 'declared'] as const).map((grade) => [grade, grades[grade].name]));
  });
});

describe('docs/operations.md', () => {
  it('imports files that are there', () => {
    const imported = codeBlocks(read('docs/operations.md'), 'sh').flatMap((block) =>
      [...block.matchAll(/\bimport \w+ (\S+)/g)].map(([, file = '']) => file),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('docs/embedding.md', () => {
  const examples = 'test/docs/embedding-example';
  const entries = {
    '../../../src/index': 'tichet-albastru',
    '../../../src/domain/index': 'tichet-albastru/domain',
    '../../../src/infrastructure/testing/index': 'tichet-albastru/testing',
  };

  /** The file as a team would write it: from the package, and without what only this project's lint asks for. */
  const asTheirs = (file: string): string =>
    Object.entries(entries)
      .reduce((text, [ours, theirs]) => text.replaceAll(`'${ours}'`, `'${theirs}'`), read(`${examples}/${file}`))
      .split('\n')
      .filter((line) => !line.includes('eslint-disable'))
      .join('\n');

  it('shows the very code that the tests compile and run', () => {
    const files = readdirSync(join(root, examples));
    expect([...codeBlocks(read('docs/embedding.md'), 'ts')].sort()).toEqual(files.map(asTheirs).sort());
  });

  it('imports what package.json exports', () => {
    const { exports } = JSON.parse(read('package.json')) as { readonly exports: Readonly<Record<string, unknown>> };
    const paths = Object.values(entries).map((entry) => entry.replace('tichet-albastru', '.'));
    expect(paths.filter((path) => !Object.hasOwn(exports, path))).toEqual([]);
  });
});

describe('every document', () => {
  const documents = markdownFiles().map((path) => ({ path, text: read(path) }));

  it('links to what exists', () => {
    expect(documents.flatMap(({ path, text }) => deadLinks(path, text).map((link) => `${path}: ${link}`))).toEqual([]);
  });

  it('would not pass with a dead link, or a dead anchor', () => {
    const text =
      '[a](nowhere.md) [b](events.md#nothing) [c](#none) [d](events.md#how-an-event-is-stored) [e](https://example.org) `[f](code.md)`';
    expect(deadLinks('docs/checks.md', text)).toEqual(['nowhere.md', 'events.md#nothing', '#none']);
  });

  it('names scripts of package.json only', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const named = documents.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('docs/api.md', () => {
  type Parameter = { readonly name: string; readonly schema: { readonly minimum?: number; readonly maximum?: number } };
  type Operation = { readonly operationId: string; readonly parameters?: readonly Parameter[] };
  type Problem = { readonly properties: Readonly<Record<string, { readonly enum?: readonly (string | number)[] }>> };
  const page = read('docs/api.md');
  const { paths, components } = JSON.parse(read('openapi.json')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, Problem>> };
  };
  const operations = Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([verb, one]) => ({ path, verb, ...one })));
  const takes = (name: string) => operations.filter(({ parameters = [] }) => parameters.some((parameter) => parameter.name === name));
  const namedIn = (sentence: RegExp): readonly string[] =>
    [...(sentence.exec(page)?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

  it('has every code with its status and its members', () => {
    const ofEvery = ['type', 'code', 'title', 'status', 'detail', 'article'];
    const declared = Object.entries(components.schemas)
      .filter(([name]) => name.endsWith('Problem'))
      .map(([, { properties }]) => [
        String(properties['status']?.enum?.[0]),
        String(properties['code']?.enum?.[0]),
        Object.keys(properties)
          .filter((name) => !ofEvery.includes(name))
          .join(),
      ]);
    const told = rows(section(page, '## Problems')).map(([status = '', code = '', members = '']) => [
      status,
      named(code)[0],
      named(members).join(),
    ]);
    expect(told.toSorted()).toEqual(declared.toSorted());
    expect(declared.length).toBeGreaterThan(25);
  });

  it('names what takes no key, what is replaced and what is paged', () => {
    const keyed = new Set(takes('Idempotency-Key').map(({ operationId }) => operationId));
    const keyless = operations.filter(({ verb, operationId }) => verb === 'post' && !keyed.has(operationId));
    expect(namedIn(/^These have no key[^:]*: (.*)$/mu)).toEqual(keyless.map(({ operationId }) => operationId).toSorted());
    const replaced = rows(section(page, '## Changing what somebody else may change')).map(([address = '']) => address.replaceAll('`', ''));
    expect(replaced).toEqual(
      takes('If-Match')
        .map(({ path }) => path)
        .toSorted(),
    );
    expect(namedIn(/Paged are (.*?)\. `readEvents`/su)).toEqual(
      takes('cursor')
        .map(({ operationId }) => operationId)
        .toSorted(),
    );
    const limits = takes('cursor').flatMap(({ parameters = [] }) => parameters.filter(({ name }) => name === 'limit'));
    expect(new Set(limits.map(({ schema }) => `(${String(schema.minimum)} to ${String(schema.maximum)})`))).toEqual(
      new Set(['(1 to 500)']),
    );
  });
});
