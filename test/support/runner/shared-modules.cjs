const { sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');
const { sourceMaps } = require('../typescript-in-threads.cjs');

const eventHandlers = Symbol.for('EVENT_HANDLERS');
const replacing = ['mock', 'doMock', 'unmock', 'dontMock', 'setMock', 'isolateModules', 'isolateModulesAsync', 'resetModules'];

/**
 * Jest loads every module again for each suite, which took most of the time of our tests. Here node itself loads them, once
 * for each worker, as it does in production; only the suite's own file and the state of Jest's runner are new each time.
 */
module.exports = class SharedModules extends Runtime {
  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    globalThis.jest = this.jestGlobals.jestObjectFor(rest[4]);
    for (const name of replacing) {
      globalThis.jest[name] = () => {
        throw new Error(`jest.${name} does not work here, as suites share their modules: jest.spyOn(module, 'export') does.`);
      };
    }
    // a mutant is chosen when the module that has it is loaded
    if ('__strykerGlobalNamespace__' in config.globals) forgetOurModules(config.rootDir);
  }

  /** The suite itself, what is set up for it, and the runner's state: each as if nobody had loaded it before. */
  requireModule(file, builtin) {
    if (builtin !== undefined) return require(builtin);
    delete require.cache[file];
    return require(file);
  }

  requireInternalModule(file) {
    delete globalThis[eventHandlers];
    return this.requireModule(file);
  }

  teardown() {
    super.teardown();
    delete require.cache[this._testPath];
  }

  getSourceMaps() {
    return sourceMaps;
  }
};

const forgetOurModules = (root) => {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(root + sep) && !file.includes('node_modules') && !file.endsWith('.cjs')) delete require.cache[file];
  }
};
