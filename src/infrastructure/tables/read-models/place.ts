import { decodeCursor } from '../../log/codec/row.codec';
import { InvalidCursor, type ColumnValue } from './columns';

/** The place that a cursor names, in an order of so many columns. @throws InvalidCursor */
export const placeParts = (cursor: string, length: number): readonly ColumnValue[] => {
  const parts = decodeCursor(cursor);
  if (parts?.length !== length) throw new InvalidCursor();
  return parts;
};
