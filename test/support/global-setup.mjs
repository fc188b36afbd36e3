import { offerPostgres } from './postgres-servers.mjs';
import { unpackBrowser } from './unpacked-browser.mjs';

/** Once, before the tests. */
export default async () => {
  // what the tests start keeps nothing in the home of whoever runs them
  process.env.NODE_DISABLE_COMPILE_CACHE ??= '1';
  // two jest workers that unpack the browser at the same time spoil it for each other (ETXTBSY)
  await unpackBrowser();
  const postgres = await offerPostgres();
  process.env.TICHET_TEST_POSTGRES_DESK = String(postgres.port);
  globalThis.postgresOfTheTests = postgres;
};
