import type { Readable } from 'node:stream';
import type { VNode } from 'preact';
import type { Fault } from '../parts/fields';

/** A page to be shown. */
export type Page = {
  readonly kind: 'page';
  /** a whole `Document` */
  readonly view: VNode;
  readonly status: number;
  /** what is wrong with what was typed: said at its fields, in the summary over the form and in the title */
  readonly faults: readonly Fault[];
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
  { faults = [], frames = false, headers = {} }: Partial<Pick<Page, 'faults' | 'frames' | 'headers'>> = {},
): Page => ({ kind: 'page', view: body, status, faults, frames, headers });

/** A page with a form, and what is wrong with what was typed into it. */
export const formView = (body: VNode, faults: readonly Fault[] = [], status = faults.length === 0 ? 200 : 422): Page =>
  view(body, status, { faults });

export const seeOther = (to: string, { unfinished = false } = {}): SeeOther => ({ kind: 'see-other', to, unfinished });

export const download = (body: Download['body'], headers: Download['headers']): Download => ({ kind: 'download', headers, body });
