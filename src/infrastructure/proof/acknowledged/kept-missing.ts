import { fieldsOf, isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import type { Missing, RememberedEvent } from './missing';
import { eventMarks, eventShape } from './notes-file';

/** What is kept under `missingKey` of all processes; empty where nothing is. */
export const keptMissing = (text: string | undefined): Missing => {
  const kept = parsedJson(text);
  if (!isJsonObject(kept)) return { events: [] };
  const list: readonly unknown[] = Array.isArray(kept['events']) ? kept['events'] : [];
  const events = list
    .map((event) => fieldsOf(event, eventShape, eventMarks))
    .filter((event): event is RememberedEvent => event !== undefined);
  const behind = fieldsOf(kept, { behind: 'text' })?.behind;
  return { events, ...(behind !== undefined && { behind }) };
};

/** @returns the same text where everything is kept already */
export const withMissing = (text: string | undefined, missing: Missing): string => {
  const kept = keptMissing(text);
  const known = new Set(kept.events.map(({ hash }) => hash));
  const more = missing.events.filter(({ hash }) => !known.has(hash));
  const behind = [kept.behind, missing.behind].filter((one) => one !== undefined).sort()[0];
  if (text !== undefined && more.length === 0 && behind === kept.behind) return text;
  return JSON.stringify({ events: [...kept.events, ...more], ...(behind !== undefined && { behind }) });
};
