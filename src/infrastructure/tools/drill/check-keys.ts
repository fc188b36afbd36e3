import type { EventStore } from '../../../application/kernel/ports/event-store';
import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import type { SealedText } from '../../../domain/kernel/personal-text';
import { type KeyStore, KeyUnusable } from '../../log/keys/key-store';
import { openBytes } from '../../log/keys/sealing';
import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';

/** Every so many-th sealed value is opened, from the first on. */
const sampledEvery = 10;
const eventsAtOnce = 500;

const isSealed = (value: object): value is SealedText =>
  'sealed' in value &&
  typeof value.sealed === 'string' &&
  'key' in value &&
  typeof value.key === 'string' &&
  'bound' in value &&
  typeof value.bound === 'string';

/** Sealed texts anywhere in a fact. */
const sealedIn = (value: unknown): readonly SealedText[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isSealed(value) ? [value] : Object.values(value).flatMap(sealedIn);
};

export type KeysChecked = { readonly faults: readonly DrillFault[]; /** sealed values that were opened */ readonly opened: number };

type Opened = { readonly store: EventStore; readonly codec: EventCodec; readonly keys: KeyStore; readonly events: number };

/** Every sealed value has its key, or the mark of a destroyed one; a sample of them is opened, and looked at by nobody. */
export const checkKeys = async ({ store, codec, keys, events }: Opened, turn: DrillTurn): Promise<KeysChecked> => {
  const gone = new Set(await keys.destroyed());
  const known = new Map<string, Buffer | undefined>();
  const missing = new Set<string>();
  const unusable = new Set<string>();
  let [read, seen, opened] = [0, 0, 0];
  const keyOf = async (name: string): Promise<Buffer | undefined> => {
    if (!known.has(name)) known.set(name, await keys.find(name));
    return known.get(name);
  };
  const look = async ({ key: name, sealed, bound }: SealedText): Promise<void> => {
    if (gone.has(name)) return;
    try {
      const key = await keyOf(name);
      if (key === undefined) missing.add(name);
      else if ((seen += 1) % sampledEvery === 1) {
        openBytes(key, Buffer.from(sealed, 'base64'), bound);
        opened += 1;
      }
    } catch (error) {
      if (!(error instanceof KeyUnusable)) throw error;
      unusable.add(name);
    }
  };
  try {
    for await (const recorded of store.readAll()) {
      for (const text of sealedIn(codec.decode(recorded).fact)) await look(text);
      if ((read += 1) % eventsAtOnce !== 0) continue;
      turn.tell('keys', read, events);
      await breathe(turn);
    }
  } catch (error) {
    // what is wrong with the log was said before
    if (!(error instanceof EventLogCorrupt)) throw error;
  }
  const faults: DrillFault[] = [];
  const [firstMissing, firstUnusable] = [[...missing][0], [...unusable][0]];
  if (firstMissing !== undefined)
    faults.push(
      drillFault(
        'keys',
        `Lipsesc ${missing.size} chei ale unor persoane care nu au fost șterse.`,
        `${missing.size} keys of people who were not erased are missing.`,
        firstMissing,
      ),
    );
  if (firstUnusable !== undefined)
    faults.push(
      drillFault(
        'keys',
        `${unusable.size} chei nu deschid ce au sigilat.`,
        `${unusable.size} keys do not open what they sealed.`,
        firstUnusable,
      ),
    );
  return { faults, opened };
};
