import { accept, nothing, type Aggregate, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { personal } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { EventSkipped, OpsFact } from './facts';

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
  if (state.skipped.includes(skipName(command))) return nothing();
  if (command.reason.trim() === '') return refuse('invalid', { field: 'reason' });
  const { projection, key, eventId } = command;
  return accept({
    type: 'EventSkipped',
    data: { projection, key, eventId, reason: personal('office', command.reason.trim()), skippedAt: command.at },
  });
};
