import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { readModelsContract } from '@tichet-albastru/event-log/testing/read-models-contract';
import { createTestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

describe('read models in postgres keep the contract', () => {
  it.each(readModelsContract)('$promise', async ({ check }) => {
    const { url } = await createTestDatabase();
    const postgres = closing(await openPostgres({ url }));
    await expect(check(() => closing(new PostgresReadModels(postgres)))).resolves.toBeUndefined();
  });
});
