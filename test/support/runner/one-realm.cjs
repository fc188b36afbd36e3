const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');
const { channel, subscribe } = require('node:diagnostics_channel');
const { appendFileSync, existsSync, readFileSync } = require('node:fs');

/** Seconds of a processor that processes took which this one started, and which have ended; where the system does not tell, none. */
const tookInProcesses = () => {
  if (!existsSync('/proc/self/stat')) return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
};
const took = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + tookInProcesses();
};
let starts = 0;
subscribe('fastify.initialization', () => {
  starts += 1;
});

/**
 * The environment of suites that share their modules: the realm of the worker itself, in place of one of its own for each
 * suite. What a suite changes of the process is put back when it ends.
 */
module.exports = class OneRealm {
  constructor({ projectConfig }, { testPath }) {
    this.suite = { path: testPath, project: projectConfig.displayName?.name };
    this.begun = { cpu: took(), starts };
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
    this.tellCost();
  }

  /** To the reporter (cost-of-suites.cjs), in another process. */
  tellCost() {
    const cost = { ...this.suite, cpu: took() - this.begun.cpu, starts: starts - this.begun.starts };
    if (process.env.COST_OF_SUITES) appendFileSync(process.env.COST_OF_SUITES, `${JSON.stringify(cost)}\n`);
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
