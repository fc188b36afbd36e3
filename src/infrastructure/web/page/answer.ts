import type { Readable } from 'node:stream';
import type { VNode } from 'preact';

/** A page to be shown. */
export type Page = {
  readonly kind: 'page';
  /** a whole `Document` */
  readonly view: VNode;
  readonly status: number;
  /** whether the page shows another page of ours in a frame */
  readonly frames: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

/** The way to another page. After a form: what it asked for was done, unless `unfinished`. */
export type SeeOther = { readonly kind: 'see-other'; readonly to: string; readonly unfinished: boolean };

/** Something to be kept or opened by another program. */
export type Download = {
  readonly kind: 'download';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable;
};

/** What a handler of pages answers: a value. How it is rendered, compressed and sent is known in one place. */
export type Answer = Page | SeeOther | Download | { readonly kind: 'nothing' };

export const view = (
  body: VNode,
  status = 200,
  { frames = false, headers = {} }: Partial<Pick<Page, 'frames' | 'headers'>> = {},
): Page => ({
  kind: 'page',
  view: body,
  status,
  frames,
  headers,
});

export const seeOther = (to: string, { unfinished = false } = {}): SeeOther => ({ kind: 'see-other', to, unfinished });

export const download = (body: Download['body'], headers: Download['headers']): Download => ({ kind: 'download', headers, body });
