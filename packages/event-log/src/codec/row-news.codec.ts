import type { RowChange } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';

/** What a commit of rows says to every process, in one of its messages. */
export type RowNews = {
  /** which process said it, and which of its commits it was */
  readonly by: string;
  readonly nth: number;
  /** the live builds that it changed, each with how many commits it has seen by then */
  readonly builds: readonly (readonly [build: number, commits: number])[];
  /** `too-many`: a reader of changes must read the tables anew */
  readonly changes: readonly RowChange[] | 'too-many';
};

/** Which commit it was. */
export type CommitNews = Omit<RowNews, 'changes'>;

/** The server takes less than 8000 bytes in one message. */
const mostBytes = 7900;
/** So many messages of one commit, and it is too much to tell row by row: some thousands of rows. */
const mostMessages = 64;

type RowText = readonly [projection: string, key: string, dueAt?: string];
type NewsText = CommitNews & { readonly at?: string; readonly rows?: readonly RowText[] };

const rowText = ({ projection, key, dueAt }: RowChange): RowText => (dueAt === undefined ? [projection, key] : [projection, key, dueAt]);

/** As few messages as hold it; rows of one message have one position. */
export const encodeRowNews = (about: CommitNews, changes: readonly RowChange[]): readonly string[] => {
  const text = (news: Omit<NewsText, keyof typeof about>): string => JSON.stringify({ ...about, ...news });
  const tooMany = [text({})];
  const messages: string[] = [];
  const room = mostBytes - Buffer.byteLength(text({ at: changes[0]?.position ?? '', rows: [] }));
  let rows: RowText[] = [];
  let bytes = 0;
  for (const [index, change] of changes.entries()) {
    const row = rowText(change);
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (size > room) return tooMany;
    const before = changes[index - 1];
    if (rows.length > 0 && before !== undefined && (bytes + size > room || before.position !== change.position)) {
      messages.push(text({ at: before.position, rows }));
      rows = [];
      bytes = 0;
    }
    rows.push(row);
    bytes += size;
    if (messages.length >= mostMessages) return tooMany;
  }
  return [...messages, text({ at: changes.at(-1)?.position ?? '', rows })];
};

const isBuild = (pair: unknown): boolean =>
  Array.isArray(pair) && pair.length === 2 && pair.every((number) => Number.isSafeInteger(number));
const isRow = (row: unknown): boolean => Array.isArray(row) && row.length >= 2 && row.every((part) => typeof part === 'string');
const allOf = (list: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(list) && list.every(is);

/** `undefined` for a text that this program does not write: another version may send one, or another user of the database. */
export const decodeRowNews = (payload: string): RowNews | undefined => {
  try {
    const { by, nth, builds, at = '', rows } = JSON.parse(payload) as NewsText;
    if (typeof by !== 'string' || typeof nth !== 'number' || typeof at !== 'string') return undefined;
    if (!allOf(builds, isBuild) || (rows !== undefined && !allOf(rows, isRow))) return undefined;
    const changes = rows?.map(([projection, key, dueAt]) => ({ projection, key, position: at, ...defined({ dueAt }) }));
    return { by, nth, builds, changes: changes ?? 'too-many' };
  } catch {
    return undefined;
  }
};
