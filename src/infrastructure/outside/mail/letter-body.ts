/** A piece of a letter, the same for its text and its HTML. Texts are plain: escaping is the renderer's. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** alone on its line, large */
  | { readonly kind: 'code'; readonly digits: string }
  | { readonly kind: 'details'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  /** another person's words, with their line breaks */
  | { readonly kind: 'quotation'; readonly title: string; readonly text: string };

/** `subject` says nothing personal: it is shown on locked screens and kept in logs of mail servers. */
export type LetterBody = { readonly subject: string; readonly title: string; readonly blocks: readonly Block[] };

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

export type Row = readonly [label: string, value: string];
export const details = (...rows: readonly Row[]): Block => ({ kind: 'details', rows });
/** Nothing where there is nothing to list. */
export const list = (title: string, items: readonly string[]): readonly Block[] =>
  items.length === 0 ? [] : [{ kind: 'list', title, items }];
/** Nothing where there is no page. */
export const linkTo = (label: string, url: string | undefined): readonly Block[] =>
  url === undefined ? [] : [{ kind: 'link', label, url }];
