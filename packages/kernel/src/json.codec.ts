import { opensTooMany } from './strict-json';

/** An object of JSON whose fields are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns `undefined` for what is no JSON, or has more brackets than any that is read here, in every runtime */
export const parsedJson = (text: string | undefined): unknown => {
  try {
    return text === undefined || opensTooMany(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Empty where there is none. */
export const listIn = (text: string | undefined): readonly unknown[] => {
  const kept = parsedJson(text);
  return Array.isArray(kept) ? kept : [];
};
const mostKept = 50;
/** A list that is kept as JSON, with one more behind it; the oldest goes where they are too many. */
export const withOneMore = (text: string | undefined, entry: JsonObject): string =>
  JSON.stringify([...listIn(text), entry].slice(-mostKept));

/** A whole number from 0 on. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
/** SHA-256 in 64 hexadecimal digits. */
export const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const kinds = {
  text: (value: unknown): boolean => typeof value === 'string',
  number: (value: unknown): boolean => typeof value === 'number',
  flag: (value: unknown): boolean => typeof value === 'boolean',
  count: isCount,
  hash: isHash,
};
type Kind = keyof typeof kinds;
type Shape = Readonly<Record<string, Kind>>;
type ValueOf<K extends Kind> = K extends 'flag' ? boolean : K extends 'number' | 'count' ? number : string;
type FieldsOf<Required extends Shape, Optional> = { readonly [Name in keyof Required]: ValueOf<Required[Name]> } & (Optional extends Shape
  ? { readonly [Name in keyof Optional]?: ValueOf<Optional[Name]> }
  : unknown);

/**
 * The named fields of an object and no others; an optional one of another kind is left out.
 * @returns `undefined` where a required one is missing or of another kind
 */
export const fieldsOf = <const Required extends Shape, const Optional extends Shape | undefined = undefined>(
  value: unknown,
  required: Required,
  optional?: Optional,
): FieldsOf<Required, Optional> | undefined => {
  if (!isJsonObject(value)) return undefined;
  const holds = ([name, kind]: [string, Kind]): boolean => kinds[kind](value[name]);
  const wanted = Object.entries(required);
  if (!wanted.every(holds)) return undefined;
  const others: Shape = optional ?? {};
  const names = [...wanted, ...Object.entries(others).filter(holds)].map(([name]) => name);
  return Object.fromEntries(names.map((name) => [name, value[name]])) as FieldsOf<Required, Optional>;
};
