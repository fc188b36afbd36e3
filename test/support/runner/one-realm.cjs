const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { channel } = require('node:diagnostics_channel');

/**
 * The environment of suites that share their modules: the realm of the worker itself, in place of one of its own for each
 * suite. What a suite changes of the process is put back when it ends.
 */
module.exports = class OneRealm {
  constructor({ projectConfig }) {
    this.global = Object.assign(globalThis, projectConfig.globals);
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({
      config: projectConfig,
      global: globalThis,
      moduleMocker: this.moduleMocker,
      timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
    });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.before = { env: { ...process.env }, folder: process.cwd(), exit: process.exit, console: globalThis.console };
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    const { env, folder, exit, console } = this.before;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value;
    if (process.cwd() !== folder) process.chdir(folder);
    process.exit = exit;
    globalThis.console = console;
  }

  /** What a test opened ends behind all of its hooks, and what its suite opened behind all of the suite's: see ../closing.ts. */
  async handleTestEvent({ name, test }) {
    if (name !== 'test_start' && name !== 'test_done' && name !== 'run_finish') return;
    try {
      await globalThis.endWhatIsOpen?.(name);
    } catch (error) {
      if (test === undefined) throw error;
      test.errors.push(error);
    }
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is none: node compiles everything, in the worker's own realm. */
  getVmContext() {
    return undefined;
  }
};

/*
 * On which servers tell that they are made, for every-answer-as-declared.ts and others. Node forgets a channel that nobody holds, late enough
 * to forget the next one of its name in its place: who subscribes then hears of nothing.
 */
module.exports.serversMade = channel('fastify.initialization');
