import { opsStream, skippedType } from '@tichet-albastru/kernel/skip';
import type { AnyEvent, EventCodec } from '../ports/event-codec';
import { EventLogCorrupt, type Recorded } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import type { ReadEvent } from './projector-ports';

/** @throws EventLogCorrupt that says where the event stands */
const decodeThere = (codec: Pick<EventCodec, 'decode'>, recorded: Recorded): AnyEvent => {
  try {
    return codec.decode(recorded);
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    throw new EventLogCorrupt(`Position ${recorded.position}: ${error.message}`);
  }
};

class LazyEvent implements ReadEvent {
  private decoded: AnyEvent | undefined;
  constructor(
    private readonly codec: Pick<EventCodec, 'decode'>,
    readonly recorded: Recorded,
  ) {}

  get event(): AnyEvent {
    return (this.decoded ??= decodeThere(this.codec, this.recorded));
  }
}

class EventOnce implements ReadEvent {
  constructor(
    private readonly codec: Pick<EventCodec, 'decode'>,
    readonly recorded: Recorded,
  ) {}

  get event(): AnyEvent {
    return decodeThere(this.codec, this.recorded);
  }
}

export const readEvent = (codec: Pick<EventCodec, 'decode'>, recorded: Recorded): ReadEvent => new LazyEvent(codec, recorded);
/** For one reader, who looks once: what was decoded is not kept. */
export const readEventOnce = (codec: Pick<EventCodec, 'decode'>, recorded: Recorded): ReadEvent => new EventOnce(codec, recorded);

const isDecision = ({ type, stream }: Recorded): boolean => type === skippedType && stream.startsWith(opsStream(''));

/** Decisions about running tables among these events. */
export const decisionsIn = (batch: readonly ReadEvent[]): readonly ReadEvent[] => batch.filter(({ recorded }) => isDecision(recorded));

type Looker = (recorded: Recorded) => boolean;

const makeLooker = ({ looksAt }: Projection): Looker => {
  if (looksAt === undefined) return () => true;
  const looked = new Map(Object.entries(looksAt).map(([category, types]) => [category, types === 'all' ? types : new Set(types)]));
  return (recorded) => {
    if (isDecision(recorded)) return true;
    const types = looked.get(recorded.stream.slice(0, recorded.stream.indexOf('-')));
    return types !== undefined && (types === 'all' || types.has(recorded.type));
  };
};

const lookers = new WeakMap<Projection, Looker>();

/** Does the projection look at this event? Told by its stream's category and its type, before it is decoded. */
export const lookerOf = (projection: Projection): Looker => {
  const looker = lookers.get(projection) ?? makeLooker(projection);
  lookers.set(projection, looker);
  return looker;
};
