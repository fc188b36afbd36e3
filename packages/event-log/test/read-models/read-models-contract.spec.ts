import { join } from 'node:path';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { readModelsContract, type ReadModelsUnderTest } from '@tichet-albastru/event-log/testing/read-models-contract';
import { closing, emptyFolder } from '../../../../test/support/closing';

describe.each(['memory', 'sqlite'])('read models in %s keep the contract', (kind) => {
  let folder: string;
  beforeEach(() => {
    folder = emptyFolder();
  });
  const open = (): ReadModelsUnderTest =>
    kind === 'memory' ? new MemoryReadModels() : closing(new SqliteReadModels(join(folder, 'read-models.db')));
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
