// As where better-sqlite3 is compiled for another system or another version of Node.js: it is found, and cannot be opened.
const Module = require('node:module');

class Database {
  constructor() {
    throw Object.assign(new Error('better_sqlite3.node was compiled against a different Node.js version.'), { code: 'ERR_DLOPEN_FAILED' });
  }
}
const load = Module._load;
Module._load = function (request, ...rest) {
  return ['better-sqlite3', '@tichet-albastru/sqlite-node20'].includes(request) ? Database : load.call(this, request, ...rest);
};
