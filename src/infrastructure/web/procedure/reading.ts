/** One of our readings, A1 to A30 (docs/procedure.md), as a sentence for those whom it binds. */
export type Reading = { readonly id: string; readonly text: string };
export type ReadingGroup = { readonly title: string; readonly readings: readonly Reading[] };
