import { createHmac, randomBytes } from 'node:crypto';
import { keyOfPerson } from '../../../application/kernel/access';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { Instant } from '../../../domain/kernel/fact';
import { openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { type KeyStore, KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';

/** How a person is known: what the identity provider calls them, the name that `tichet token` was given, or the user of the system. */
type KnownAs =
  | { readonly by: 'provider'; readonly issuer: string; readonly subject: string }
  | { readonly by: 'token' | 'system'; readonly name: string };

/** The person behind a pseudonym; no name is left where only its key was erased. */
type ListedPerson = { readonly person: string; readonly name?: string; readonly since: Instant };

/** The directory of people: what the log says of them is a pseudonym, and only here stands whose. */
export type People = {
  /** Their pseudonym, given at the first time and kept. @param name what they are called, encrypted with a key of its own */
  pseudonymOf(known: KnownAs, name?: string): Promise<string>;
  list(): Promise<readonly ListedPerson[]>;
};

/** Kept with the keys of the people, as they are: a rotation of the master key changes no pseudonym. */
const directoryKey = 'people:directory';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';
export const randomPseudonym = (): string => `p.${Array.from(randomBytes(16), (byte) => letters.charAt(byte % letters.length)).join('')}`;

const partsOf = (known: KnownAs): readonly string[] =>
  known.by === 'provider' ? [known.by, known.issuer, known.subject] : [known.by, known.name];

export const peopleIn = ({
  operations: { people },
  keys,
  clock,
}: {
  readonly operations: Pick<Operations, 'people'>;
  readonly keys: KeyStore;
  readonly clock: Clock;
}): People => {
  const keyNamed = async (name: string): Promise<Buffer> => {
    const [key] = await keys.obtain([name]);
    if (key === undefined) throw new KeyUnusable('The key of the directory of people was destroyed.');
    return key;
  };
  const nameIn = async (person: string, sealed: string, tag: string): Promise<string | undefined> => {
    const key = await keys.find(keyOfPerson(person));
    return key && openIfFitting(key, Buffer.from(sealed, 'base64'), tag)?.toString();
  };
  return {
    pseudonymOf: async (known, name = '') => {
      const tag = createHmac('sha256', await keyNamed(directoryKey))
        .update(JSON.stringify(partsOf(known)))
        .digest('base64url');
      const found = await people.get(tag);
      if (found !== undefined) return found.person;
      const person = randomPseudonym();
      const sealed = sealText(await keyNamed(keyOfPerson(person)), name, tag).toString('base64');
      // of two that come at once one counts for both
      return (await people.add({ tag, person, sealed, at: clock.now() })).person;
    },
    list: async () =>
      Promise.all(
        (await people.list()).map(async ({ tag, person, sealed, at }) => {
          const name = await nameIn(person, sealed, tag);
          return { person, ...(name === undefined || name === '' ? {} : { name }), since: at };
        }),
      ),
  };
};

/** Takes away whose name was erased: what a crash has left, or older data that were put back. */
export const dropForgotten = async (
  { operations: { people } }: { readonly operations: Pick<Operations, 'people'> },
  keys: Pick<KeyStore, 'destroyed'>,
): Promise<void> => {
  const gone = new Set(await keys.destroyed());
  for (const { person } of await people.list()) if (gone.has(keyOfPerson(person))) await people.remove(person);
};
