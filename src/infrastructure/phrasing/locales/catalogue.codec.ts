import type { Catalogue } from './catalogue';

/** The type is written from the catalogues themselves, and a test compares the languages. */
export const asCatalogue = <Text>(tree: unknown): Catalogue<Text> => tree as Catalogue<Text>;
