import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { pause } from '@tichet-albastru/kernel/pause';
import { InvalidCursor, type Page, type Selection } from '@tichet-albastru/event-log/ports/read-models';

/** A list of several parts, one behind the other, each in the order of its own selection. */
export type PartsOfList<Row, Listed> = {
  readonly parts: number;
  readonly select: (part: number, bounds: Pick<Selection, 'limit' | 'cursor'>) => Promise<Page<Row>>;
  /** `undefined` for a row that was not asked for, or stands in another part */
  readonly judge: (part: number, row: Row) => Promise<Listed | undefined> | Listed | undefined;
  readonly keyOf: (row: Row) => string;
};

/** Where a page begins: the list, its part, the row before the page, and when the first page was asked for. */
export type PlaceInList = { readonly list: string; readonly part: number; readonly firstAskedAt: Instant; readonly cursor?: string };

const placeForm = /^([^~]+)~(\d)~([^~]{24})~(.*)$/;

/**
 * @param list its name in its cursors; no two lists have the same
 * @param cursor the `next` of the page before
 * @throws InvalidCursor where it is of another list
 */
export const placeInList = (list: string, cursor: string | undefined, now: Instant): PlaceInList => {
  if (cursor === undefined) return { list, part: 0, firstAskedAt: now };
  const [, of, part, firstAskedAt, rest] = placeForm.exec(cursor) ?? [];
  if (of !== list || firstAskedAt === undefined) throw new InvalidCursor();
  return {
    list,
    part: Number(part),
    firstAskedAt: firstAskedAt < now ? firstAskedAt : now,
    ...(rest === '' ? {} : defined({ cursor: rest })),
  };
};

/** The cursor of a page that begins there. */
export const placeText = ({ list, part, firstAskedAt, cursor = '' }: PlaceInList): string =>
  `${list}~${String(part)}~${firstAskedAt}~${cursor}`;

type Listed<L> = { readonly rows: readonly L[]; readonly next?: string };

const usualPage = 1000;
/** Rows looked at together once the first page has not filled the answer. */
const furtherRows = 200;

/**
 * Looks at row after row, part after part, until the page is full or the list ends; `next` stands right behind the last row that was shown.
 * @throws InvalidCursor where the place is in a part that this list has not
 */
export const listedInParts = async <Row, L>(
  { parts, select, judge, keyOf }: PartsOfList<Row, L>,
  place: PlaceInList,
  limit = usualPage,
): Promise<Listed<L>> => {
  if (place.part >= parts) throw new InvalidCursor();
  const shown: L[] = [];
  let { part } = place;
  let from = defined({ cursor: place.cursor });
  let size = limit;
  const nextIn = (at: number, cursor = ''): string => placeText({ ...place, part: at, cursor });
  for (;;) {
    const { rows, next } = await select(part, { ...from, limit: size });
    const at = part;
    const judged = await Promise.all(rows.map(async (row) => ({ row, listed: await judge(at, row) })));
    const found = judged.flatMap(({ row, listed }, index) => (listed === undefined ? [] : [{ index, row, listed }]));
    const left = limit - shown.length;
    const last = found.length > left ? found[left - 1] : undefined;
    if (last === undefined) {
      shown.push(...found.map(({ listed }) => listed));
      if (next === undefined) part += 1;
      if (part >= parts) return { rows: shown };
      if (shown.length >= limit) return { rows: shown, next: nextIn(part, next) };
      from = defined({ cursor: next });
      size = Math.max(limit - shown.length, furtherRows);
    } else {
      const again = await select(part, { ...from, limit: last.index + 1 });
      const end = again.rows.at(-1);
      // Rows that moved meanwhile: this page is looked at again, so that none is left out or shown twice.
      if (end === undefined || keyOf(end) !== keyOf(last.row)) continue;
      shown.push(...found.slice(0, left).map(({ listed }) => listed));
      // those that stood behind it in this part may have left it meanwhile: the parts that follow are still to come
      const [behind, cursor] = again.next === undefined ? [part + 1, undefined] : [part, again.next];
      return { rows: shown, ...(behind < parts ? { next: nextIn(behind, cursor) } : {}) };
    }
    // A long look lets others run.
    await pause(0);
  }
};
