import compiled from './global-setup.mjs';
import { offerPostgres } from './postgres-servers.mjs';
import { unpackBrowser } from './unpacked-browser.mjs';

/** Once, before tests that need more than memory and files. */
export default async () => {
  await compiled();
  // two jest workers that unpack the browser at the same time spoil it for each other (ETXTBSY)
  await unpackBrowser();
  const postgres = await offerPostgres();
  process.env.TICHET_TEST_POSTGRES_DESK = String(postgres.port);
  globalThis.postgresOfTheTests = postgres;
};
