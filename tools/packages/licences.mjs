// What may be shipped, and by which licence what says none itself: it was read by a person, so it is held to the bytes that were read.

/** SPDX identifiers that ask for no more than a notice. */
export const accepted = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unicode-DFS-2016',
  'Unlicense',
]);

/** Accepted for one package only, each with its reason. */
export const acceptedFor = {
  // its own files only: it is installed and loaded unchanged, and its sources are at the registry
  'ical.js': 'MPL-2.0',
  // may be embedded and sold as part of a larger package; the fonts are not changed
  'dejavu-fonts-ttf': 'Bitstream-Vera',
};

/** Packages whose manifest names no SPDX expression: what their licence's file says, by its SHA-256. */
export const readByAPerson = {
  'dejavu-fonts-ttf': {
    licence: 'Bitstream-Vera',
    file: 'LICENSE',
    sha256: '7a083b136e64d064794c3419751e5c7dd10d2f64c108fe5ba161eae5e5958a93',
  },
  'png-js': { licence: 'MIT', file: 'LICENSE', sha256: 'bdb26a2ec815931ed6a38f3416362566204ee85ecdef96702b636402da4c75c3' },
};

/** Whether an SPDX expression leaves a choice that is accepted: one side of OR, both sides of AND. */
const isAccepted = (expression, allowed) => {
  const tokens = expression.match(/[()]|[^\s()]+/gu) ?? [];
  let at = 0;
  const term = () => {
    const token = tokens[at++];
    if (token !== '(') return allowed.has(token);
    const inside = either();
    return tokens[at++] === ')' && inside;
  };
  const both = () => {
    let fits = term();
    while (tokens[at] === 'AND') {
      at += 1;
      fits = term() && fits;
    }
    return fits;
  };
  const either = () => {
    let fits = both();
    while (tokens[at] === 'OR') {
      at += 1;
      fits = both() || fits;
    }
    return fits;
  };
  // WITH, and whatever else is not understood, is left over
  return either() && at === tokens.length;
};

/** @returns what cannot be shipped: `name: licence` */
export const refusedLicences = (packages) =>
  packages
    .filter(({ name, licence }) => !isAccepted(licence ?? '', new Set([...accepted, acceptedFor[name]])))
    .map(({ name, licence = 'none' }) => `${name}: ${licence}`);
