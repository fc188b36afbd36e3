/** `D1` to `D4` of the Order, `1` to `8` of its Annex. */
export const orderIds = ['D1', 'D2', 'D3', 'D4'] as const;
export const annexIds = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;
export type ArticleId = (typeof orderIds)[number] | (typeof annexIds)[number];

/** `label` as the act writes it. Of an article with letters, each is a text of its own and begins with it: `a) …`. */
export type ArticleText = { readonly label: string; readonly texts: readonly string[] };

/** The act as it stands, part by part. */
export type Act = {
  readonly title: string;
  /** by whoever cleaned the scanned source; no part of the act */
  readonly editorial: readonly string[];
  readonly head: readonly string[];
  readonly order: { readonly title: string; readonly about: string; readonly preamble: readonly string[]; readonly orders: string };
  readonly signature: readonly string[];
  readonly annex: { readonly title: string; readonly about: string };
  readonly articles: Readonly<Record<ArticleId, ArticleText>>;
};
