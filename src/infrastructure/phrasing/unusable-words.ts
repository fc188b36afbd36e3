import { Unusable } from '@tichet-albastru/event-log/unusable';
import { childOf, inBoth, inOneLine, isSentence, type Sentence } from './sentences';

type Why = Pick<Unusable, 'reason' | 'values'>;

const isSaying = (node: unknown): node is (values: object) => unknown => typeof node === 'function';
const hasReason = (error: unknown): error is Error & Why => error instanceof Error && 'reason' in error && 'values' in error;

/** What keeps a store from being opened, in every language. */
export const wordsOf = ({ reason, values }: Why): Sentence => {
  const found = reason.split('.').reduce<unknown>(childOf, inBoth.unusable);
  const words = isSaying(found) ? found({ where: inBoth.unusable.masterKey.inDatabase, ...values }) : found;
  if (typeof words === 'object' && words !== null && isSentence(words)) return words;
  throw new Error(`There is no sentence for ${reason}.`);
};

/** The same error; where a store could not be opened, its message says why in every language. */
export const inWords = (error: unknown): unknown => {
  if (hasReason(error)) error.message = inOneLine(wordsOf(error));
  return error;
};
