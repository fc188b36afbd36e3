import { spawnSync } from 'node:child_process';
import { allProjections } from '../../src/projections/all-projections';
import { factShapes } from '../../src/domain/facts';
import { commandHandlers } from '../../src/infrastructure/nest/use-cases.module';
import { queryHandlers } from '../../src/infrastructure/nest/use-cases.module';
import { read, root } from './markdown';

const everything: readonly string[] = [
  ...[...commandHandlers, ...queryHandlers].map(({ name }) => name.replace(/Handler$/, '')),
  ...Object.values(factShapes).flatMap((schemas) => Object.keys(schemas)),
  ...allProjections.flatMap(({ name, derived }) => [name, ...(derived === undefined ? [] : [derived.name])]),
];
const notDrawn = (model: string): readonly string[] => everything.filter((name) => !model.includes(`\`${name}\``));

describe('docs/event-model.md', () => {
  const model = read('docs/event-model.md');

  it('draws every command, query, fact and table', () => {
    expect(notDrawn(model)).toEqual([]);
  });

  it('would not pass without one of them', () => {
    expect(notDrawn(model.replaceAll('`Rescheduled`', ''))).toEqual(['Rescheduled']);
  });

  it('is what the code says', () => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/event-model.mjs', '--check'], { cwd: root, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
