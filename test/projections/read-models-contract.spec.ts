import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryReadModels } from '../../src/infrastructure/tables/read-models/memory-read-models';
import { SqliteReadModels } from '../../src/infrastructure/tables/read-models/sqlite-read-models';
import { readModelsContract, type ReadModelsUnderTest } from '../../src/infrastructure/testing/read-models-contract';

describe.each(['memory', 'sqlite'])('read models in %s keep the contract', (kind) => {
  let folder: string;
  let opened: SqliteReadModels[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-models-'));
  });
  afterEach(() => {
    for (const models of opened) models.close();
    opened = [];
    rmSync(folder, { recursive: true });
  });
  const open = (): ReadModelsUnderTest => {
    if (kind === 'memory') return new MemoryReadModels();
    const models = new SqliteReadModels(join(folder, 'read-models.db'));
    opened.push(models);
    return models;
  };
  it.each(readModelsContract)('$promise', async ({ check }) => {
    await expect(check(open)).resolves.toBeUndefined();
  });

  it('the contract itself finds a store that moves its checkpoint and forgets the rows', async () => {
    const broken: () => ReadModelsUnderTest = () => {
      const models = open();
      const commit = models.commit.bind(models);
      models.commit = (changes) => commit(changes.map((change) => ({ ...change, writes: [] })));
      return models;
    };
    await expect(readModelsContract[0]?.check(broken)).rejects.toThrow('the row');
  });
});
