import { isBlank } from '../kernel/blank';
import { accept, type Aggregate, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { personal } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { type FactOf, type FactsOf, factShape, instant, personalText, text } from '../kernel/shape';

/** How a table is run: what an official decided is a fact like any other, so that a rebuild leaves the event out as well. */
export const opsFactShapes = {
  EventSkipped: factShape('—', 'An official decided that a table goes on without this event for this key.', {
    projection: text,
    key: text,
    eventId: text,
    reason: personalText('office'),
    skippedAt: instant,
  }),
};
export type EventSkipped = FactOf<typeof opsFactShapes, 'EventSkipped'>;
export type OpsFact = FactsOf<typeof opsFactShapes>;

/** One stream a table: what was decided about running it. */
export const opsStream = (projection: string): string => `ops-${projection}`;

/** Which events of which keys a table leaves out, as `<key> <event id>`. */
export type OpsState = { readonly skipped: readonly string[] };

export const ops = {
  category: 'ops',
  initial: { skipped: [] },
  evolve: (state: OpsState, { data }: OpsFact): OpsState => ({ skipped: [...state.skipped, skipName(data)] }),
} as const satisfies Aggregate<OpsState, OpsFact>;

export const skipName = ({ key, eventId }: { readonly key: string; readonly eventId: string }): string => `${key} ${eventId}`;

/** A table goes on without an event that it cannot take; never without a reason. */
export const skipEvent = (
  command: { readonly projection: string; readonly key: string; readonly eventId: string; readonly reason: string; readonly at: Instant },
  state: OpsState,
): Decision<EventSkipped> => {
  if (state.skipped.includes(skipName(command))) return noChange();
  if (isBlank(command.reason)) return refuse('invalid', { field: 'reason' });
  const { projection, key, eventId } = command;
  return accept({
    type: 'EventSkipped',
    data: { projection, key, eventId, reason: personal('office', command.reason.trim()), skippedAt: command.at },
  });
};
