import type { VNode } from 'preact';
import { useWords } from '../page/page-context';

/** The number of a page as it stands in `?pagina=`, and what is on it. A number that is none is the first, one too high the last. */
export const pageOf = <T,>(
  all: readonly T[],
  asked: unknown,
  size: number,
): { readonly shown: readonly T[]; readonly page: number; readonly pages: number } => {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Math.min(Number(asked), pages) : 1;
  return { shown: all.slice((page - 1) * size, page * size), page, pages };
};

/** The way from page to page of a list that is known as a whole. */
export const NumberedPages = ({
  path,
  page,
  pages,
}: {
  readonly path: string;
  readonly page: number;
  readonly pages: number;
}): VNode | null => {
  if (pages < 2) return null;
  const { name, before, after, here } = useWords().registry.pages;
  const to = (number: number): string => `${path}${path.includes('?') ? '&' : '?'}pagina=${number}`;
  return (
    <nav class="actions" aria-label={name}>
      {page > 1 ? <a href={to(page - 1)}>{before}</a> : null}
      <span>{here({ page, pages })}</span>
      {page < pages ? <a href={to(page + 1)}>{after}</a> : null}
    </nav>
  );
};

/** The way on in a list that is read a page at a time, and back to where it begins. */
export const FollowingPages = ({
  first,
  next,
  words,
}: {
  /** where it begins, for a reader who is further on */
  readonly first: string | undefined;
  readonly next: string | undefined;
  readonly words: { readonly first: string; readonly next: string };
}): VNode | null =>
  first === undefined && next === undefined ? null : (
    <p class="actions">
      {first === undefined ? null : <a href={first}>{words.first}</a>}
      {next === undefined ? null : <a href={next}>{words.next}</a>}
    </p>
  );
