import { Unusable } from '@tichet-albastru/event-log/unusable';
import { factShapes } from '../../domain/facts';
import { inBoth, SaidError, type Sentence } from '../phrasing/sentences';
import { wordsOf } from '../phrasing/unusable-words';
import { nearestTo } from '../runtime/nearest';

/** A table that the host declares cannot stand beside the others. */
export class TableUnusable extends SaidError {
  override readonly name = 'TableUnusable';
}

/** @throws the same error; where a view of a host's table cannot be made, a TableUnusable in its place */
export const refuseTable = (error: unknown): never => {
  throw error instanceof Unusable && error.reason === 'table.view' ? new TableUnusable(wordsOf(error)) : error;
};

/** What is wrong with a declaration: where, and what is wanted there. */
type Fault = readonly [field: string, wanted: Sentence];
type Declared = Readonly<Record<string, unknown>>;

const wanted = () => inBoth.unusable.table.declared;
const categories = Object.keys(factShapes);
const newestVersion = 2_147_483_647;
/** PostgreSQL cuts longer names off, and then two are one. */
const longestColumn = 60;

const isObject = (value: unknown): value is Declared => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';

const mostNamed = 3;
/** A type of facts that there is not, and those that were probably meant: nothing would ever be told of it. */
type NoFact = { readonly type: string; readonly category: string; readonly nearest: string };
export const noFactIn = (looksAt: object): NoFact | undefined => {
  for (const [category, shapes] of Object.entries(factShapes)) {
    const types: unknown = Reflect.get(looksAt, category);
    if (!Array.isArray(types)) continue;
    const type: unknown = types.find((given) => isText(given) && !Object.hasOwn(shapes, given));
    if (isText(type)) return { type, category, nearest: nearestTo(type, Object.keys(shapes)).slice(0, mostNamed).join(', ') };
  }
  return undefined;
};

const functionsIn = (table: Declared, names: readonly string[]): readonly Fault[] =>
  names.filter((name) => typeof table[name] !== 'function').map((name) => [name, wanted().aFunction] as const);

const columnsIn = ({ columns }: Declared): readonly Fault[] => {
  if (!isObject(columns)) return [['columns', wanted().columns]];
  const seen = new Set<string>();
  return Object.entries(columns).flatMap(([column, type]): readonly Fault[] => {
    const field = `columns.${column}`;
    if (type !== 'text' && type !== 'integer') return [[field, wanted().columnType]];
    const small = column.toLowerCase();
    const isUsable = column !== '' && !column.includes('\0') && Buffer.byteLength(column) <= longestColumn && !seen.has(small);
    seen.add(small);
    return isUsable ? [] : [[field, wanted().columnName({ longest: longestColumn })]];
  });
};

const indexesIn = ({ indexes = [], columns }: Declared): readonly Fault[] => {
  const known = new Set<string>(Object.keys(isObject(columns) ? columns : {}));
  const isIndex = (index: unknown): boolean =>
    Array.isArray(index) && index.length > 0 && index.every((column) => isText(column) && known.has(column));
  return Array.isArray(indexes) && indexes.every(isIndex) ? [] : [['indexes', wanted().indexes]];
};

const viewsIn = ({ views = [] }: Declared): readonly Fault[] => {
  const isView = (view: unknown): boolean => isObject(view) && isText(view['name']) && typeof view['sql'] === 'function';
  return Array.isArray(views) && views.every(isView) ? [] : [['views', wanted().views]];
};

const looksAtIn = ({ looksAt = {} }: Declared): readonly Fault[] => {
  const areTypes = (types: unknown): boolean => types === 'all' || (Array.isArray(types) && types.every(isText));
  const isUsable =
    isObject(looksAt) && Object.entries(looksAt).every(([category, types]) => categories.includes(category) && areTypes(types));
  if (!isUsable) return [['looksAt', wanted().looksAt({ categories: categories.join(', ') })]];
  const noFact = noFactIn(looksAt);
  return noFact === undefined ? [] : [['looksAt', wanted().fact(noFact)]];
};

const versionIn = ({ version }: Declared): readonly Fault[] =>
  Number.isInteger(version) && Number(version) >= 1 && Number(version) <= newestVersion ? [] : [['version', wanted().version]];

const derivedIn = ({ derived }: Declared): readonly Fault[] => {
  if (derived === undefined) return [];
  if (!isObject(derived)) return [['derived', wanted().anObject]];
  const faults = [
    ...(isText(derived['name']) ? [] : [['name', wanted().text] as const]),
    ...columnsIn(derived),
    ...functionsIn(derived, ['namedBy', 'sourcesOf', 'derive']),
    ...viewsIn(derived),
  ];
  return faults.map(([field, what]) => [`derived.${field}`, what] as const);
};

const faultsIn = (table: Declared): readonly Fault[] => [
  ...(isText(table['name']) ? [] : [['name', wanted().text] as const]),
  ...versionIn(table),
  ...columnsIn(table),
  ...indexesIn(table),
  ...looksAtIn(table),
  ...functionsIn(table, ['keysOf', 'apply']),
  ...viewsIn(table),
  ...derivedIn(table),
];

/**
 * Whether these are tables at all: a host may declare them without types.
 * @throws TableUnusable that says what is wrong first, and where
 */
export const mustBeTables = (tables: unknown): void => {
  if (!Array.isArray(tables)) throw new TableUnusable(wanted().list);
  for (const [place, table] of tables.entries()) {
    const fault: Fault | undefined = isObject(table) ? faultsIn(table)[0] : ['', wanted().anObject];
    if (fault === undefined) continue;
    const [field, what] = fault;
    const named = isObject(table) && isText(table['name']) ? `(${table['name']})` : '';
    const where = `projections[${place}]${named}${field === '' ? '' : `.${field}`}`;
    throw new TableUnusable(wanted().wrong({ where, wanted: what }));
  }
};
