import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '../../src/infrastructure/tables/read-models/postgres-read-models';
import { readModelsContract } from '../../src/infrastructure/testing/read-models-contract';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

describe('read models in postgres keep the contract', () => {
  let database: TestDatabase;
  let postgres: Postgres;
  let opened: PostgresReadModels[];
  beforeEach(async () => {
    database = await createTestDatabase();
    postgres = await openPostgres({ url: database.url });
    opened = [];
  });
  afterEach(async () => {
    for (const models of opened) models.close();
    await postgres.close();
    await database.drop();
  });

  it.each(readModelsContract)('$promise', async ({ check }) => {
    const open = (): PostgresReadModels => {
      const models = new PostgresReadModels(postgres);
      opened.push(models);
      return models;
    };
    await expect(check(open)).resolves.toBeUndefined();
  });
});
