import type { Catalogue } from './catalogue';

/** The type is written from the catalogues themselves, and a test compares the languages. */
export const asCatalogue = <Text, Value>(tree: unknown): Catalogue<Text, Value> => tree as Catalogue<Text, Value>;

type Said = (values: never) => string;
/** A group of sentences in which every one has been given its values. */
export type Filled<T> = T extends Said ? string : T extends object ? { readonly [K in keyof T]: Filled<T[K]> } : T;
type Asked<T> = T extends (values: infer Values) => string ? Values : T extends object ? Asked<T[keyof T]> : never;
type All<T> = (T extends unknown ? (values: T) => void : never) extends (values: infer Together) => void ? Together : never;

/** A whole text whose sentences ask for values here and there: each takes what it asks for. */
export const filled = <T extends object>(text: T, values: All<Asked<T>>): Filled<T> => {
  const fill = (node: unknown): unknown => {
    if (typeof node === 'function') return (node as (given: unknown) => unknown)(values);
    if (Array.isArray(node)) return node.map(fill);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, fill(item)]));
  };
  return fill(text) as Filled<T>;
};
