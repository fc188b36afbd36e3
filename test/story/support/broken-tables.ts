import type { Projection } from '../../../src/application/kernel/ports/projection';

/** What these tables cannot take, until somebody mends the program. */
export type Mending = { names: boolean; subjects: boolean; second: boolean };

type CountRow = { readonly seen: number; readonly made: number };

/** Of these requests no program will ever make a row. */
const isTwice = (number: string): boolean => Number(number) > 300 && Number(number) <= 450;

/** One row for each registered request. Of some it throws, as a program does that meets what nobody thought of; and it quotes what it read. */
export const requestRows = (mending: Mending): Projection<CountRow> => ({
  name: 'request-rows',
  version: 1,
  columns: { seen: 'integer' },
  looksAt: { request: ['RequestRegistered'] },
  keysOf: ({ fact }) =>
    fact.type === 'RequestRegistered' && (Number(fact.data.number) <= 200 || isTwice(fact.data.number))
      ? [`request-${fact.data.number}`]
      : [],
  apply: (row, { fact }, key) => {
    if (fact.type !== 'RequestRegistered') return row;
    const number = Number(fact.data.number);
    if (isTwice(fact.data.number)) throw new EvalError(`The request ${number} of Popescu Ana came twice`);
    if (!mending.names && number <= 198)
      throw new TypeError(`Cannot read properties of undefined (reading 'Popescu Ana, 0740 123 ${number}')`);
    if (!mending.subjects && number > 198) throw new RangeError(`The subject "autorizație pentru ana@exemplu.ro" of ${key} is too long`);
    return { seen: (row?.seen ?? 0) + 1, made: 1 };
  },
});

/** Version 1 takes everything; version 2 only what it knows, and so cannot take the place of version 1 until it is mended. */
export const requestCounts = (version: 1 | 2, mending: Mending): Projection<CountRow> => ({
  name: 'request-counts',
  version,
  columns: { seen: 'integer' },
  looksAt: { request: ['RequestRegistered'] },
  keysOf: ({ fact }) => (fact.type === 'RequestRegistered' ? ['all'] : []),
  apply: (row) => {
    if (version === 2 && !mending.second) throw new TypeError('Cannot read properties of undefined');
    return { seen: (row?.seen ?? 0) + 1, made: version };
  },
});
