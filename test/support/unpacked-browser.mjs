import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const installed = join(import.meta.dirname, '../../tools/browser/node_modules/@sparticuz/chromium');

// The browser comes inside an npm package, with the libraries that a bare system lacks. CHROMIUM_PATH names another one. Where neither is
// there, only the tests that open a browser fail, and say what to run.
export const unpackBrowser = async () => {
  if (process.env.CHROMIUM_PATH || !existsSync(installed)) return;
  const libraries = process.env.LD_LIBRARY_PATH;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const chromium = createRequire(import.meta.url)(installed);
  process.env.CHROMIUM_PATH = await chromium.executablePath();
  // for the browser, not for every process that is started from here
  process.env.CHROMIUM_LIBRARIES = process.env.LD_LIBRARY_PATH ?? '';
  if (libraries === undefined) delete process.env.LD_LIBRARY_PATH;
  else process.env.LD_LIBRARY_PATH = libraries;
};
