// The bench measures what is shipped: an import of src/ gets the compiled file of dist/. The bench itself goes through swc.
const { join, sep } = require('node:path');
const Module = require('node:module');
const { transformFileSync } = require('@swc/core');
const root = join(module.path, '..', '..', '..');
const source = join(root, 'src') + sep;
const compiled = join(root, process.env['BENCH_DIST'] ?? 'dist') + sep;
require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file).code, file);
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const file = resolve.call(this, request, ...rest);
  return file.startsWith(source) ? (compiled + file.slice(source.length)).replace(/\.ts$/, '.js') : file;
};
