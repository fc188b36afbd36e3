import { skipName } from '@tichet-albastru/kernel/skip';
import { isBlank } from '../kernel/blank';
import { accept, type Aggregate, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { personal } from '../kernel/personal-text';
import { isRefusal, refuse } from '../kernel/refusal';
import {
  type DataOf,
  type FactOf,
  type FactsOf,
  factShape,
  instant,
  list,
  number,
  object,
  optional,
  personalText,
  text,
} from '../kernel/shape';

/**
 * What was acknowledged and is not in the log. Where only another record speaks of it (a letter, a row), it is not known which fact it was.
 * The same id may come again, as another fact: its hash tells which one is gone.
 */
const goneFact = { stream: text, revision: optional(number), id: optional(text), hash: optional(text) };
export type GoneFact = DataOf<typeof goneFact>;

/** How a table and the log are run, and who was erased of the directory of people: what a person decided is a fact like any other. */
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
  LogAccepted: factShape(
    '—',
    'An official decided that the service goes on with a log that lacks what it had acknowledged; told in parts.',
    {
      acceptance: text,
      part: number,
      parts: number,
      acceptedAt: instant,
      reason: personalText('office'),
      /** why the alarm stood */
      alarm: text,
      /** the line of the key that signed before */
      verifier: text,
      /** under the newest checkpoint that it signed */
      events: number,
      root: optional(text),
      /** in all parts together */
      total: number,
      /** behind this position of the log that was, others may be gone without any record */
      behind: optional(text),
      gone: list(object(goneFact)),
    },
  ),
  LossSettled: factShape('—', 'An official has looked after what is gone of this stream.', {
    stream: text,
    note: personalText('office'),
    settledAt: instant,
  }),
  StreamClosed: factShape('—', 'An official decided that the service goes on although this stream was deleted or cut on the server.', {
    stream: text,
    /** the first that cannot be read */
    revision: number,
    /** what was done to it */
    how: text,
    /** where the log says so, of what may be taken back and done again */
    since: optional(text),
    reason: personalText('office'),
    closedAt: instant,
  }),
};
export type EventSkipped = FactOf<typeof opsFactShapes, 'EventSkipped'>;
export type PersonForgotten = FactOf<typeof opsFactShapes, 'PersonForgotten'>;
export type LogAccepted = FactOf<typeof opsFactShapes, 'LogAccepted'>;
export type LossSettled = FactOf<typeof opsFactShapes, 'LossSettled'>;
export type StreamClosed = FactOf<typeof opsFactShapes, 'StreamClosed'>;
export type OpsFact = FactsOf<typeof opsFactShapes>;

/** What was decided about the log itself; no table can be called so. */
export const ofTheLog = 'log.accepted';
/** What was decided about streams that are not whole; no table can be called so either. */
export const ofDamage = 'log.damaged';

export type OpsState = {
  /** the events, by key, that a table leaves out, as `<key> <event id>` */
  readonly skipped: readonly string[];
  /** pseudonyms of the people who were erased from the directory */
  readonly forgotten: readonly string[];
  /** streams with a loss that no official has followed up yet */
  readonly lost: readonly string[];
  /** what was done to which streams, and the service goes on all the same; as `closedName` */
  readonly closed: readonly string[];
};

export const ops = {
  category: 'ops',
  initial: { skipped: [], forgotten: [], lost: [], closed: [] },
  evolve: (state: OpsState, { type, data }: OpsFact): OpsState => {
    switch (type) {
      case 'EventSkipped':
        return { ...state, skipped: [...state.skipped, skipName(data)] };
      case 'PersonForgotten':
        return { ...state, forgotten: [...state.forgotten, data.person] };
      case 'LogAccepted':
        return { ...state, lost: [...new Set([...state.lost, ...data.gone.map(({ stream }) => stream)])] };
      case 'LossSettled':
        return { ...state, lost: state.lost.filter((stream) => stream !== data.stream) };
      case 'StreamClosed':
        return { ...state, closed: [...state.closed, closedName(data)] };
    }
  },
} as const satisfies Aggregate<OpsState, OpsFact>;

type SkipEvent = {
  readonly projection: string;
  readonly key: string;
  readonly eventId: string;
  readonly reason: string;
  readonly at: Instant;
};

/** A table goes on without an event that it cannot take; never without a reason. */
export const skipEvent = (command: SkipEvent, state: OpsState): Decision<EventSkipped> => {
  if (state.skipped.includes(skipName(command))) return noChange();
  if (isBlank(command.reason)) return refuse('invalid', { field: 'reason' });
  const { projection, key, eventId } = command;
  return accept({
    type: 'EventSkipped',
    data: { projection, key, eventId, reason: personal('office', command.reason.trim()), skippedAt: command.at },
  });
};

/** The same of several, a fact each: all of them, or none where one is refused. */
export const skipEvents = (commands: readonly SkipEvent[], state: OpsState): Decision<EventSkipped> => {
  const facts: EventSkipped[] = [];
  // a new table may wait for the same event of the same key as the one that is read
  for (const command of new Map(commands.map((one) => [skipName(one), one])).values()) {
    const decision = skipEvent(command, state);
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
  }
  return accept(...facts);
};

/** Once, however often it is asked for. */
export const forgetPerson = (
  { person, at }: { readonly person: string; readonly at: Instant },
  { forgotten }: OpsState,
): Decision<PersonForgotten> =>
  forgotten.includes(person) ? noChange() : accept({ type: 'PersonForgotten', data: { person, forgottenAt: at } });

/** So many characters of JSON of one part: the fact stays well below what a store takes at once. */
const longestPart = 250_000;

/** The list in the parts in which it is told, in its order. One part where nothing is known to be gone. */
const partsOf = (gone: readonly GoneFact[]): readonly (readonly GoneFact[])[] => {
  const parts: GoneFact[][] = [[]];
  let length = 0;
  for (const fact of gone) {
    length += JSON.stringify(fact).length;
    if (length > longestPart) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(fact);
  }
  return parts;
};

export type AcceptLog = Omit<LogAccepted['data'], 'part' | 'parts' | 'acceptedAt' | 'reason' | 'total'> & {
  readonly reason: string;
  readonly at: Instant;
};

/** The service goes on with the log as it is; never without a reason. One fact a part, each to be appended by itself. */
export const acceptLog = ({ reason, at, gone, ...accepted }: AcceptLog): readonly Decision<LogAccepted>[] => {
  if (isBlank(reason)) return [refuse('invalid', { field: 'reason' })];
  return partsOf(gone).map((part, place, { length }) =>
    accept({
      type: 'LogAccepted',
      data: {
        ...accepted,
        part: place + 1,
        parts: length,
        acceptedAt: at,
        reason: personal('office', reason.trim()),
        total: gone.length,
        gone: part,
      },
    }),
  );
};

/** An official has spoken with the people concerned, and notes the result. */
export const settleLoss = (
  { stream, note, at }: { readonly stream: string; readonly note: string; readonly at: Instant },
  { lost }: OpsState,
): Decision<LossSettled> => {
  if (isBlank(note)) return refuse('invalid', { field: 'note' });
  if (!lost.includes(stream)) return refuse('not-found');
  return accept({ type: 'LossSettled', data: { stream, note: personal('office', note.trim()), settledAt: at } });
};

type Deed = Pick<StreamClosed['data'], 'stream' | 'revision' | 'how' | 'since'>;

/** Something else that is done to the same stream, or the same once more, is to be decided anew. */
export const closedName = ({ stream, revision, how, since }: Deed): string =>
  [stream, how, revision, ...(since === undefined ? [] : [since])].join(' ');

/** Under which it may have been closed. Earlier it was not kept where the log says so: such a closing holds however often it is done. */
export const namesOfClosing = (deed: Deed): readonly string[] => {
  const { since: _, ...undated } = deed;
  return [closedName(deed), closedName(undated)];
};

/** All others go on without a stream that is not whole; never without a reason. */
export const closeStream = (
  { reason, at, ...damage }: Omit<StreamClosed['data'], 'reason' | 'closedAt'> & { readonly reason: string; readonly at: Instant },
  { closed }: OpsState,
): Decision<StreamClosed> => {
  if (isBlank(reason)) return refuse('invalid', { field: 'reason' });
  if (namesOfClosing(damage).some((name) => closed.includes(name))) return noChange();
  return accept({ type: 'StreamClosed', data: { ...damage, reason: personal('office', reason.trim()), closedAt: at } });
};
