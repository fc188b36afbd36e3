import { SaidError, type Sentence, type Sentences } from '../../../phrasing/sentences';

/** Why EventStoreDB cannot be asked; each has a sentence of its own. */
export type EventStoreDbCause = keyof Sentences['unusable']['eventStoreDb']['cause'];

/** EventStoreDB cannot be used as the settings say, or is not there when the service starts. */
export class EventStoreDbUnusable extends SaidError {
  override readonly name = 'EventStoreDbUnusable';
  /** @param because what kept the server from answering, and the code that says so; left out where the address itself is wrong */
  constructor(
    words: Sentence,
    readonly because?: { readonly cause: EventStoreDbCause; readonly code: string },
  ) {
    super(words);
  }
}

const prefixForm = /^[A-Za-z0-9_]{1,40}$/;

/** What may stand before the names of our streams on a server that others use as well: 1 to 40 letters, digits or underscores. */
export const isStreamPrefix = (text: string): boolean => prefixForm.test(text);
