import { existsSync, mkdirSync } from 'node:fs';
import { createServices } from './service';

it('a process that is disposed of leaves the data folder of another one, which may still write there', async () => {
  const services = await createServices(2, {});
  for (const { dataFolder } of services) mkdirSync(dataFolder);
  await services.at(-1)?.dispose();
  expect(services.map(({ dataFolder }) => existsSync(dataFolder))).toEqual([true, false]);
});
