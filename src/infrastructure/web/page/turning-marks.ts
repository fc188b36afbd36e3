/** Embeddings, overrides and isolates: they turn whatever is written after them, our own words too, until something ends them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * A page without them. Text that is written from right to left needs none: browsers know it by its letters. What somebody typed to
 * make a name, a file or an hour read as another does nothing here, as in letters.
 */
export const withoutTurningMarks = (html: string): string => html.replace(turning, '');
