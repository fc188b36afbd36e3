import { SaidError } from '../../../phrasing/sentences';

/** EventStoreDB cannot be used as the settings say, or is not there when the service starts. */
export class EventStoreDbUnusable extends SaidError {
  override readonly name = 'EventStoreDbUnusable';
}

const prefixForm = /^[A-Za-z0-9_]{1,40}$/;

/** What may stand before the names of our streams on a server that others use as well: 1 to 40 letters, digits or underscores. */
export const isStreamPrefix = (text: string): boolean => prefixForm.test(text);
