import type { EventCodec } from '../../application/ports/event-codec';
import type { EventStore } from '../../application/ports/event-store';
import type { KeyStore } from './key-store';

/**
 * Destroys the keys of everybody whom the log says is erased: a restored backup of the keys must not bring a person back.
 * Runs at every start. @returns how many people the log names
 */
export const destroyAgain = async (store: EventStore, codec: EventCodec, keys: KeyStore): Promise<number> => {
  const names: string[] = [];
  for await (const recorded of store.readAll()) {
    if (recorded.type !== 'PersonalDataErased') continue;
    const { category, stream } = codec.decode(recorded);
    names.push(`${category === 'request' ? 'name' : 'contact'}:${stream}`);
  }
  const gone = new Set(await keys.destroyed());
  const living = names.filter((name) => !gone.has(name));
  if (living.length > 0) await keys.destroy(living);
  return new Set(names).size;
};
