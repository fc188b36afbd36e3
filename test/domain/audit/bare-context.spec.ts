import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import ts from 'typescript';
import { judge } from '../../../src/domain/audit/judge';
import { refusedUnder, underReading } from '../../../src/domain/audit/other-reading';
import { policiesWith } from '../../../src/domain/policies';
import { everyHistory } from '../../support/histories';
import { settled } from '../../support/judging';

type Loaded = Readonly<Record<string, unknown>>;

/** The language and nothing else: no `process`, no `Buffer`, no `require`, nothing of Node.js. */
const bare = () => {
  const context = createContext(Object.create(null) as object);
  const known = new Map<string, Loaded>();
  const outside = new Set<string>();
  const evaluated = (source: string, at: string, path: string): Loaded => {
    const exports = runInContext('({})', context) as Loaded;
    const module = { exports };
    known.set(path, exports);
    const wrapped = runInContext(`(function (exports, module, require) {${source}\n})`, context, { filename: path }) as (
      ...given: readonly unknown[]
    ) => void;
    wrapped(exports, module, (name: string) => required(name, at));
    known.set(path, module.exports);
    return module.exports;
  };
  const required = (name: string, from: string): Loaded => {
    if (name === 'luxon') {
      const path = require.resolve('luxon');
      return known.get(path) ?? evaluated(readFileSync(path, 'utf8'), dirname(path), path);
    }
    const [, shape] = /^@tichet-albastru\/kernel\/(.+)$/.exec(name) ?? [];
    if (shape === undefined && !name.startsWith('.')) {
      outside.add(name);
      throw new Error(`${name} is not there.`);
    }
    const path = `${shape === undefined ? join(from, name) : join(kernel, shape)}.ts`;
    return known.get(path) ?? loaded(readFileSync(path, 'utf8'), path);
  };
  const loaded = (text: string, path: string): Loaded => {
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
    return evaluated(ts.transpileModule(text, { compilerOptions }).outputText, dirname(path), path);
  };
  const domain = join(__dirname, '..', '..', '..', 'src', 'domain');
  const kernel = join(__dirname, '..', '..', '..', 'packages', 'kernel', 'src');
  return {
    outside,
    load: (path: string) => required(`./${path}`, domain),
    loaded: (text: string) => loaded(text, join(domain, 'audit', 'another.ts')),
    /** Calls one of its functions with values that are made there of what is given here. */
    call: (fn: unknown, ...given: readonly unknown[]): unknown => {
      const called = runInContext('(fn, text) => JSON.stringify(fn(...JSON.parse(text)))', context) as (
        fn: unknown,
        text: string,
      ) => string;
      return JSON.parse(called(fn, JSON.stringify(given)));
    },
  };
};

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the domain that judges, in a context that has nothing but the language', () => {
  const histories = Object.values(everyHistory);

  it('loads, and judges every history as it does here', () => {
    const there = bare();
    const { judge: judgeThere } = there.load('audit/judge');
    expect(there.outside).toEqual(new Set());
    for (const history of histories) {
      for (const whole of [true, false])
        expect(there.call(judgeThere, history, settled, whole)).toEqual(asJson(judge(history, settled, whole)));
    }
  });

  it('and asks what would be under another reading', () => {
    const there = bare();
    const { underReading: read, refusedUnder: refused } = there.load('audit/other-reading');
    const reading = { 'lead-time': policiesWith({ 'lead-time': { value: { hours: 96 }, version: 2 } })['lead-time'] };
    for (const history of histories) {
      const here = underReading(history, reading);
      expect(there.call(read, history, reading)).toEqual(asJson(here));
      expect(there.call(refused, here)).toEqual(asJson(refusedUnder(here)));
    }
  });

  it('would not load where a module wanted something of Node.js', () => {
    const there = bare();
    expect(() => there.loaded("import { hash } from 'node:crypto';\nexport const sum = hash('sha256', '');")).toThrow(
      'node:crypto is not there',
    );
    expect(there.outside).toEqual(new Set(['node:crypto']));
    for (const name of ['Buffer', 'process', 'setTimeout', 'structuredClone', 'URL'])
      expect(() => there.loaded(`export const used = typeof ${name} === 'undefined' ? ${name}.gone : 0;`)).toThrow(
        `${name} is not defined`,
      );
  });
});
