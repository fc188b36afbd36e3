import type { Row } from '../ports/read-models';

/** A row as it is stored: the text of its JSON, fields in the order in which the projection made them. */
export const encodeRow = (row: Row): string => JSON.stringify(row);

/** The row as the projection wrote it. The caller that asks for a table knows the shape of its rows. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the shape
export const decodeRow = <R extends Row>(text: string): R => JSON.parse(text) as R;

/** The last place of a page, as its parts; `undefined` when it is not one. */
export const decodeCursor = (cursor: string): readonly (string | number | null)[] | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.every(isPart) ? parts : undefined;
  } catch {
    return undefined;
  }
};

const isPart = (part: unknown): part is string | number | null => part === null || typeof part === 'string' || typeof part === 'number';

export const encodeCursor = (parts: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
