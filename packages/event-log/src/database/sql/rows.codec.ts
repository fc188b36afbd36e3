/** A statement as it is asked: the same text is prepared once by each connection. */
export type Query = { readonly text: string; readonly values: readonly unknown[] };
/** A query whose rows are known. */
export type StatementOf<Row> = Query & { readonly of?: (row: Row) => void };
/** A row as a driver gives it. */
export type FoundRow = Readonly<Record<string, unknown>>;

const namesKept = new Map<string, string>();

/** `ticket_id` of the database is `ticketId`. */
export const camelCase = (name: string): string => {
  const known = namesKept.get(name);
  if (known !== undefined) return known;
  const made = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  namesKept.set(name, made);
  return made;
};

/** The rows that this statement asks for. Written by this build or an older one into a database of ours: the shape is ours too. */
export const decoded = <Row>(_query: StatementOf<Row>, rows: readonly FoundRow[]): readonly Row[] => rows as unknown as readonly Row[];

export const textsOf = (text: string): readonly string[] => JSON.parse(text) as readonly string[];
