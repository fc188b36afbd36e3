import type { Catalogue } from './catalogue';

/** The type is written from the catalogues themselves, and a test compares the languages. */
export const asCatalogue = <Text, Value>(tree: unknown): Catalogue<Text, Value> => tree as Catalogue<Text, Value>;
