const { appendFileSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative } = require('node:path');

/** So many seconds of a processor a suite may take, by the project that it stands in. */
const budgets = { short: 5, long: 300, package: 300, peers: 300 };
const seconds = (value) => `${value.toFixed(1)} s`;

/**
 * Tells at the end what the tests cost: the ten dearest suites, how often the application was started, and each suite that is over the budget
 * of its project. The environment of each suite (one-realm.cjs) writes its cost to `COST_OF_SUITES`; `COSTS_OF_SUITES_KEPT` names a file that
 * gets a line for each. A browser or a database that suites
 * share is not counted.
 */
module.exports = class CostOfSuites {
  constructor({ rootDir }) {
    this.root = rootDir;
  }

  onRunStart() {
    this.folder = mkdtempSync(join(tmpdir(), 'tichet-cost-'));
    process.env.COST_OF_SUITES = join(this.folder, 'costs');
  }

  onRunComplete() {
    const costs = this.costs();
    rmSync(this.folder, { recursive: true });
    if (process.env.COSTS_OF_SUITES_KEPT) {
      const lines = costs.map(
        ({ cpu, path }) => `${seconds(cpu).padStart(8)}  ${relative(this.root, path)}, Node.js ${process.versions.node}\n`,
      );
      appendFileSync(process.env.COSTS_OF_SUITES_KEPT, lines.join(''));
    }
    const sum = (of) => costs.reduce((all, cost) => all + of(cost), 0);
    const told = ({ cpu, path, project }) =>
      `  ${seconds(cpu).padStart(8)}  ${relative(this.root, path)}${cpu > budgets[project] ? `  over ${budgets[project]} s` : ''}`;
    const dearest = costs.filter(({ cpu, project }, place) => place < 10 || cpu > budgets[project]);
    console.log(
      [
        `${costs.length} suites took ${seconds(sum(({ cpu }) => cpu))} of a processor and started the application ${sum(({ starts }) => starts)} times. The dearest:`,
        ...dearest.map(told),
      ].join('\n'),
    );
  }

  costs() {
    try {
      const lines = readFileSync(process.env.COST_OF_SUITES, 'utf8').trim().split('\n');
      return lines.map((line) => JSON.parse(line)).sort((one, other) => other.cpu - one.cpu);
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  }
};
