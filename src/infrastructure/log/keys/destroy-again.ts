import { keyOfPerson } from '../../../application/kernel/access';
import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { secretOfStream } from './ticket-secrets';

const personForm = /"person":"(p\.[a-z0-9]{1,32})"/;

/** Which key an event says is destroyed; none for other facts. */
export const erasedKey = ({ type, stream, body }: Pick<Recorded, 'type' | 'stream' | 'body'>): string | undefined => {
  if (type === 'ConclusionsErased') return `record:${stream}`;
  if (type === 'PersonForgotten') return personForm.exec(body)?.slice(1).map(keyOfPerson)[0];
  if (type !== 'PersonalDataErased') return undefined;
  return `${stream.startsWith('request-') ? 'name' : 'contact'}:${stream}`;
};

const contact = 'contact:';

/**
 * Destroys the keys of everybody whom the log says is erased: a restored backup of the keys must not bring a person back.
 * Runs at every start, from where these keys were last seen to be in order; a log that ends before that is another one, and is read whole.
 * @returns the names whose keys it destroyed
 */
export const destroyAgain = async (store: EventStore, codec: EventCodec, keys: KeyStore): Promise<readonly string[]> => {
  const end = await store.end();
  const seen = await keys.erasedUntil();
  const names = new Set<string>();
  for await (const recorded of store.readAll({ after: seen > end ? '' : seen })) {
    const name = erasedKey(recorded);
    if (name === undefined) continue;
    // the type of an event is believed once its bytes say it as well
    codec.decode(recorded);
    names.add(name);
  }
  const gone = new Set(await keys.destroyed());
  const living = [...names].filter((name) => !gone.has(name));
  const withSecrets = living.flatMap((name) => (name.startsWith(contact) ? [name, secretOfStream(name.slice(contact.length))] : [name]));
  if (living.length > 0) await keys.destroy(withSecrets);
  if (end !== seen) await keys.noteErasedUntil(end);
  return living;
};
