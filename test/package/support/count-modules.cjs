// node count-modules.cjs PACKAGE [headless | pages]: how many modules are loaded, and what was, as one line of JSON
const { Session } = require('node:inspector');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

// The debugger hears of every script, of ES modules within other packages as well.
const session = new Session();
session.connect();
const loaded = new Set();
session.on('Debugger.scriptParsed', ({ params: { url } }) => {
  if (url.startsWith('file://') || url.startsWith('/')) loaded.add(url.replace('file://', ''));
});
session.post('Debugger.enable');

const [, , name, mode] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'count-modules-'));

const count = async () => {
  const whole = require(name);
  const { TichetAlbastruModule, readSettings } = whole;
  const required = loaded.size;
  const environment = { TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'memory', TICHET_LOG_LEVEL: 'silent' };
  const { settings } = readSettings(environment, () => '');
  const { NestFactory } = require('@nestjs/core');
  const options = { logger: false, abortOnError: false };
  const app =
    mode === 'headless'
      ? await NestFactory.createApplicationContext(TichetAlbastruModule.forRoot({ settings, http: false }), options)
      : await NestFactory.create(TichetAlbastruModule.forRoot({ settings, web: true }), whole.createAdapter(), {
          ...options,
          bodyParser: false,
        });
  if (mode !== 'headless') await whole.equipAll(app);
  await app.init();
  const counted = { required, ready: loaded.size, loaded: [...loaded] };
  // what is loaded late is there for the very first page, too
  const firstPage = mode === 'headless' ? undefined : (await app.inject({ url: '/programare/cerere' })).statusCode;
  // whole, however long the pipe takes
  await new Promise((written) => process.stdout.write(`${JSON.stringify({ ...counted, firstPage })}\n`, written));
  await app.close();
};

count().then(
  () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  },
  (error) => {
    process.stderr.write(String(error.stack));
    process.exit(1);
  },
);
