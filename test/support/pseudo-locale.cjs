// Every sentence of the catalogues stands between ⟦ and ⟧: what a page says without them did not come from there.
const { readFileSync } = require('node:fs');
const { sep } = require('node:path');
const catalogues = `${sep}phrasing${sep}locales${sep}`;
// ICU's own braces stay as they are: only what is said is marked
const marked = (node) => {
  if (typeof node === 'string') return node === '' ? node : `⟦${node}⟧`;
  if (Array.isArray(node)) return node.map(marked);
  // what Intl is asked for is no sentence
  return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, name === 'languageTag' ? item : marked(item)]));
};
const plain = require.extensions['.json'];
require.extensions['.json'] = (module, file) => {
  if (!file.includes(catalogues)) plain(module, file);
  else module.exports = marked(JSON.parse(readFileSync(file, 'utf8')));
};
