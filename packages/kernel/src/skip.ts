import type { Fact } from './fact';

/** The stream of what was decided about running a table. */
export const opsStream = (table: string): string => `ops-${table}`;

/** That a table goes on without one event for one of its keys. */
export type Skip = { readonly key: string; readonly eventId: string };
export const skipName = ({ key, eventId }: Skip): string => `${key} ${eventId}`;

/** The type of the fact that says so; its data name table (`projection`), key and event. */
export const skippedType = 'EventSkipped';
type Said = { readonly projection?: unknown; readonly key?: unknown; readonly eventId?: unknown };

/** What this fact leaves out of this table. */
export const skipOf = (fact: Fact, table: string): Skip | undefined => {
  if (fact.type !== skippedType) return undefined;
  const { projection, key, eventId }: Said = fact.data;
  return projection === table && typeof key === 'string' && typeof eventId === 'string' ? { key, eventId } : undefined;
};
