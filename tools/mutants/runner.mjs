// Runs the tests of one mutant, for StrykerJS: in this process, of the suites that it is given only those tests that reach the mutant, until
// one fails. Every mutant gets modules that nobody has loaded before, so neither what a module remembers nor what it makes when it is loaded
// comes from another mutant.
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { Script } from 'node:vm';
import { offerPostgres } from '../../test/support/postgres-servers.mjs';

/** Read by every mutant that stands in the code. */
const seen = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
/** In the sandbox, for a process that takes the place of one that stood still. */
const testsSeen = '.tests-seen.json';
/** What runs while a suite is loaded is reached by each of its tests. */
const loading = 'loading';
/** What modules do when they are loaded was seen when the first suite loaded them. */
const seenBefore = 'seen before';
/** A tenth of the values of a property kill nearly what all of them kill. */
const fewer = (parameters) => ({ ...parameters, numRuns: Math.max(20, Math.ceil((parameters?.numRuns ?? 100) / 10)) });
const failed = ({ status }) => status === TestStatus.Failed;

class InOneProcess {
  #root = process.cwd();
  #suites;
  #circus;
  #suite;
  #wanted;
  #bail;
  #results;

  constructor(options) {
    this.#suites = options.mutants.suites;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // one server for all mutants, made when a suite asks for it first
    process.env.TICHET_TEST_POSTGRES_DESK = String((await offerPostgres()).port);
    process.env.COMPILED_FOR_TESTS = join(this.#root, '.compiled');
    const load = this.#forget();
    load('./test/support/typescript-in-threads.cjs');
    loadFromMemory(load);
    this.#circus = load('jest-circus');
    const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = this.#circus;
    const mocker = new (load('jest-mock').ModuleMocker)(globalThis);
    const jest = { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker), restoreAllMocks: mocker.restoreAllMocks.bind(mocker) };
    Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, jest, expect: load('expect').expect });
    globalThis[Symbol.for('TEST_TIMEOUT_SYMBOL')] = 3_600_000;
    this.#circus.addEventHandler((event) => this.#heard(event));
    const properties = load('fast-check');
    // the same mutant meets the same values in every run, and a smaller example of a failure is of no use
    properties.configureGlobal({ seed: 1, endOnFailure: true });
    const { assert } = properties;
    properties.assert = (property, parameters) => assert(property, fewer(parameters));
  }

  /** Reports every test, and which mutants each of them reaches. */
  async dryRun() {
    seen.activeMutant = undefined;
    this.#wanted = undefined;
    this.#bail = false;
    this.#results = [];
    const reached = {};
    for (const suite of this.#suites) {
      const before = this.#results.length;
      const load = this.#forget();
      seen.currentTestId = suite === this.#suites[0] ? undefined : seenBefore;
      load('./src/domain/index.ts');
      await this.#run(suite, load);
      const { [loading]: atLoading = {}, ...perTest } = seen.mutantCoverage?.perTest ?? {};
      for (const { id } of this.#results.slice(before)) {
        reached[id] = { ...perTest[id] };
        for (const [mutant, hits] of Object.entries(atLoading)) reached[id][mutant] = (reached[id][mutant] ?? 0) + hits;
      }
      if (seen.mutantCoverage) seen.mutantCoverage.perTest = {};
    }
    const tests = this.#results.map(({ id, timeSpentMs }) => ({ id, slow: timeSpentMs > 20, reaches: Object.keys(reached[id]) }));
    writeFileSync(testsSeen, JSON.stringify(tests));
    return {
      status: DryRunStatus.Complete,
      tests: this.#results,
      mutantCoverage: { static: seen.mutantCoverage?.static ?? {}, perTest: reached },
    };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName, disableBail }) {
    seen.activeMutant = activeMutant.id;
    seen.hitLimit = hitLimit;
    seen.hitCount = hitLimit === undefined ? undefined : 0;
    this.#bail = !disableBail;
    this.#results = [];
    const suites = nearestFirst(this.#suites, relative(this.#root, sandboxFileName));
    for (const tests of inParts(JSON.parse(readFileSync(testsSeen, 'utf8')), testFilter, sandboxFileName)) {
      this.#wanted = new Set(tests);
      const load = this.#forget();
      for (const suite of suites) {
        const first = tests.find((id) => id.startsWith(`${suite}: `));
        if (first === undefined) continue;
        try {
          await this.#run(suite, load);
        } catch (error) {
          this.#results.push({ id: first, name: first, timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) });
        }
        const standsStill = determineHitLimitReached(seen.hitCount, hitLimit);
        if (standsStill) return toMutantRunResult(standsStill);
        if (this.#bail && this.#results.some(failed)) return this.#result();
      }
    }
    return this.#result();
  }

  #result() {
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: this.#results });
  }

  async #run(suite, load) {
    this.#suite = join(this.#root, suite);
    this.#circus.resetState();
    seen.currentTestId = loading;
    load(this.#suite);
    seen.currentTestId = seenBefore;
    nameTests(suite, this.#circus.getState().rootDescribeBlock);
    await this.#circus.run();
  }

  async #heard({ name, test }) {
    if (name === 'test_start') {
      if (this.#wanted?.has(test.id) === false || (this.#bail && this.#results.some(failed))) test.mode = 'skip';
      seen.currentTestId = test.id;
    }
    // as the environment of our suites does
    if (name === 'test_start' || name === 'test_done' || name === 'run_finish') await globalThis.endWhatIsOpen?.(name);
    if (name !== 'test_done') return;
    seen.currentTestId = seenBefore;
    const { id, duration, errors } = test;
    const result = { id, name: id, timeSpentMs: duration ?? 0, fileName: this.#suite };
    const failureMessage = errors.map((error) => String([error].flat()[0]?.stack ?? error)).join('\n');
    this.#results.push(
      errors.length === 0 ? { ...result, status: TestStatus.Success } : { ...result, status: TestStatus.Failed, failureMessage },
    );
  }

  /** A way to load our modules as if nobody had. */
  #forget() {
    const load = createRequire(join(this.#root, 'package.json'));
    const ours = this.#root + sep;
    const theirs = join(this.#root, 'node_modules') + sep;
    for (const file of Object.keys(load.cache)) {
      if (file.startsWith(ours) && !file.startsWith(theirs) && !file.endsWith('.cjs')) delete load.cache[file];
    }
    return load;
  }
}

/**
 * Quick tests first, as most mutants are killed by one. A mutant that is made when its module is loaded may be reached by any test: by those
 * that reach something of the same file first, then by the quick ones.
 */
const inParts = (tests, filter, file) => {
  const names = (those) => those.map(({ id }) => id);
  const bySpeed = (those) => [names(those.filter(({ slow }) => !slow)), names(those.filter(({ slow }) => slow))];
  if (filter) {
    const wanted = new Set(filter);
    return bySpeed(tests.filter(({ id }) => wanted.has(id)));
  }
  const inFile = new Set(Array.from(readFileSync(file, 'utf8').matchAll(/"(\d+)"/g), ([, id]) => id));
  const reaches = (test) => test.reaches.some((id) => inFile.has(id));
  return [...bySpeed(tests.filter(reaches)), names(tests.filter((test) => !reaches(test) && !test.slow))];
};

const nameTests = (suite, block, above = '', names = new Map()) => {
  for (const child of block.children) {
    const name = `${above} ${child.name}`;
    if (child.type === 'describeBlock') nameTests(suite, child, name, names);
    else {
      const before = names.get(name) ?? 0;
      names.set(name, before + 1);
      child.id = `${suite}:${name}${before === 0 ? '' : ` (${before + 1})`}`;
    }
  }
};

/** The suites of a folder say most of it. */
const nearestFirst = (suites, file) => {
  const folder = dirname(file).replace('src/', 'test/') + sep;
  return [...suites.filter((suite) => suite.startsWith(folder)), ...suites.filter((suite) => !suite.startsWith(folder))];
};

/** What is loaded again for each mutant is compiled once. */
const loadFromMemory = (load) => {
  const compile = load.extensions['.ts'];
  const scripts = new Map();
  load.extensions['.ts'] = (module, file) => {
    if (!scripts.has(file)) {
      compile({ _compile: (code) => scripts.set(file, new Script(Module.wrap(code), { filename: file })) }, file);
    }
    const requireHere = Object.assign((id) => module.require(id), { resolve: createRequire(file).resolve, cache: load.cache });
    scripts.get(file).runInThisContext().call(module.exports, module.exports, requireHere, module, file, dirname(file));
  };
};

const create = (options) => new InOneProcess(options);
create.inject = tokens(commonTokens.options);
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-one-process', create)];
export const strykerValidationSchema = { type: 'object', properties: { mutants: { type: 'object' } } };
