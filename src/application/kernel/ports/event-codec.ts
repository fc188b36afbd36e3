import type * as log from '@tichet-albastru/event-log/ports/event-codec';
import type { FactsByCategory } from '../../../domain/facts';

/** Facts of the procedure to envelopes and back. */
export type EventCodec = log.EventCodec<FactsByCategory>;
