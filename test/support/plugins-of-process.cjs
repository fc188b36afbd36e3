// Preloaded into a service under test: it finds none of the packages that TEST_HIDDEN names, and writes to TEST_LOADED_FILE, when it
// ends, which files it has loaded.
const Module = require('node:module');
const { writeFileSync } = require('node:fs');

const hidden = (process.env.TEST_HIDDEN ?? '').split(',');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (hidden.includes(request)) throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
  return resolve.call(this, request, ...rest);
};

process.on('exit', () => {
  if (process.env.TEST_LOADED_FILE) writeFileSync(process.env.TEST_LOADED_FILE, JSON.stringify(Object.keys(require.cache)));
});
