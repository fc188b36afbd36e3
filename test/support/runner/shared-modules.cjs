const hooks = require('node:async_hooks');
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
    const loaded = require(file);
    // else this module holds every suite, with all that it made, until the worker ends
    module.children = module.children.filter((child) => child.filename !== file);
    return loaded;
  }

  /**
   * The runner keeps what runs now in a storage of its own. Up to Node.js 22 each promise asks every storage that was ever used: those of
   * earlier suites took a quarter of the time of our tests.
   */
  requireInternalModule(file) {
    delete globalThis[eventHandlers];
    const storages = (this.storages ??= []);
    const before = Object.getOwnPropertyDescriptor(hooks, 'AsyncLocalStorage');
    const Endable = class extends hooks.AsyncLocalStorage {
      constructor(...options) {
        super(...options);
        storages.push(this);
      }
    };
    Object.defineProperty(hooks, 'AsyncLocalStorage', { value: Endable, configurable: true });
    try {
      return this.requireModule(file);
    } finally {
      Object.defineProperty(hooks, 'AsyncLocalStorage', before);
    }
  }

  teardown() {
    super.teardown();
    delete require.cache[this._testPath];
    for (const storage of this.storages ?? []) storage.disable();
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
