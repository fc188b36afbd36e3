import type { Position } from '@tichet-albastru/event-log/ports/event-store';

/** A command that was carried out, now or before: what it came to, and the position a reader may wait for. */
export type Done<T = undefined> = { readonly kind: 'done'; readonly value: T; readonly position: Position };

export const done = <T>(value: T, position: Position): Done<T> => ({ kind: 'done', value, position });
