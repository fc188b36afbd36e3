// The browser comes inside an npm package, with the libraries that a bare system lacks. CHROMIUM_PATH names another one.
export const unpackBrowser = async () => {
  if (process.env.CHROMIUM_PATH) return;
  const libraries = process.env.LD_LIBRARY_PATH;
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  process.env.CHROMIUM_PATH = await chromium.executablePath();
  // for the browser, not for every process that is started from here
  process.env.CHROMIUM_LIBRARIES = process.env.LD_LIBRARY_PATH ?? '';
  if (libraries === undefined) delete process.env.LD_LIBRARY_PATH;
  else process.env.LD_LIBRARY_PATH = libraries;
};
