import { createEventCodec as createCodec } from '@tichet-albastru/event-log/codec/event-codec.codec';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import type { Catalogue } from '@tichet-albastru/event-log/ports/event-codec';
import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import { factShapes } from '../../../domain/facts';

/** The codec of the procedure's facts. @param options.catalogue a test may bring one with a history of its own */
export const createEventCodec = ({
  keys,
  catalogue = factShapes,
}: {
  readonly keys: KeyStore;
  readonly catalogue?: Catalogue;
}): EventCodec => createCodec({ keys, catalogue: catalogue as typeof factShapes });
