/** As ids are written here: in small letters. */
export const isUuid = (text: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** Ids and chance come from here and nowhere else. */
export type Identifiers = {
  /** uuid v7 */
  next(): string;
  /** uuid v5 of the parts, joined by U+001F: the same parts give the same id */
  derive(...parts: readonly string[]): string;
  /** A whole number, both ends included. */
  between(min: number, max: number): number;
};
