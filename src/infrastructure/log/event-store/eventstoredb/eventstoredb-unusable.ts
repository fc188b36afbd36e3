import { SaidError } from '../../../phrasing/sentences';

/** EventStoreDB cannot be used as the settings say, or is not there when the service starts. */
export class EventStoreDbUnusable extends SaidError {
  override readonly name = 'EventStoreDbUnusable';
}
