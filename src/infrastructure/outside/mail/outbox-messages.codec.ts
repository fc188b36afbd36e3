import type { Letter } from '../../../application/kernel/ports/mailer';
import type { Crest } from './crest';

// Both ends are ours and of one build.

/** Where the letters go and who sends them. */
export type OutboxOptions = { readonly folder: string; readonly from: string; readonly crest?: Crest };
export type OutboxRequest = { readonly keep: Letter } | { readonly forget: string };
/** How many letters were deleted; or the code of what went wrong, which says nothing personal. */
export type OutboxAnswer = { readonly kind: 'done'; readonly deleted: number } | { readonly kind: 'failed'; readonly code: string };

export const outboxOptions = (message: unknown): OutboxOptions => message as OutboxOptions;
/** `undefined` for the message that ends the thread. */
export const outboxRequest = (message: unknown): OutboxRequest | undefined =>
  message === endOutbox ? undefined : (message as OutboxRequest);
export const outboxAnswer = (message: unknown): OutboxAnswer => message as OutboxAnswer;

export const endOutbox = 'end';
