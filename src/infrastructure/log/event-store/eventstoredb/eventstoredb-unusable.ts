/** EventStoreDB cannot be used as the settings say, or is not there when the service starts: a sentence for whoever runs it, in Romanian and in English. */
export class EventStoreDbUnusable extends Error {
  override readonly name = 'EventStoreDbUnusable';
}
