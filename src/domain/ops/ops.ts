import { isBlank } from '../kernel/blank';
import { accept, type Aggregate, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { personal } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { type FactOf, type FactsOf, factShape, instant, personalText, text } from '../kernel/shape';

/** How a table is run, and who was erased of the directory of people: what a person decided is a fact like any other. */
export const opsFactShapes = {
  EventSkipped: factShape('—', 'An official decided that a table goes on without this event for this key.', {
    projection: text,
    key: text,
    eventId: text,
    reason: personalText('office'),
    skippedAt: instant,
  }),
  PersonForgotten: factShape('GDPR 17', 'Who an official behind this pseudonym is was erased of the directory of people.', {
    person: text,
    forgottenAt: instant,
  }),
};
export type EventSkipped = FactOf<typeof opsFactShapes, 'EventSkipped'>;
export type PersonForgotten = FactOf<typeof opsFactShapes, 'PersonForgotten'>;
export type OpsFact = FactsOf<typeof opsFactShapes>;

/** One stream a table: what was decided about running it. */
export const opsStream = (projection: string): string => `ops-${projection}`;

export type OpsState = {
  /** which events of which keys a table leaves out, as `<key> <event id>` */
  readonly skipped: readonly string[];
  /** pseudonyms of whoever was erased of the directory of people */
  readonly forgotten: readonly string[];
};

export const ops = {
  category: 'ops',
  initial: { skipped: [], forgotten: [] },
  evolve: (state: OpsState, { type, data }: OpsFact): OpsState =>
    type === 'EventSkipped'
      ? { ...state, skipped: [...state.skipped, skipName(data)] }
      : { ...state, forgotten: [...state.forgotten, data.person] },
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

/** Once, however often it is asked for. */
export const forgetPerson = (
  { person, at }: { readonly person: string; readonly at: Instant },
  { forgotten }: OpsState,
): Decision<PersonForgotten> =>
  forgotten.includes(person) ? noChange() : accept({ type: 'PersonForgotten', data: { person, forgottenAt: at } });
