import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';

/** How many facts there are, beside those that say who was shown what: a page that shows a person is one of them. */
export const factsBesideReadings = async (store: EventStore): Promise<number> => {
  let facts = 0;
  for await (const { type } of store.readAll()) if (type !== 'PersonalDataRead') facts += 1;
  return facts;
};
