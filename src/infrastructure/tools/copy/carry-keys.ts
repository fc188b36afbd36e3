import { wrappingKeyOf } from '../../log/keys/purpose-keys';
import { openBytes } from '../../log/keys/encrypting';
import type { WrappedKey, WrappedKeys } from '../../log/keys/wrapped-keys';

/** How many names the source has, and of how many the key is destroyed in the target now. */
export type CarriedKeys = { readonly kind: 'carried'; readonly names: number; readonly destroyed: number };
/** The target has another key under this name: text sealed with either would be lost. Nothing was carried. */
export type OtherKey = { readonly kind: 'other-key'; readonly name: string };

const atOnce = 500;

async function* pages(keys: WrappedKeys): AsyncGenerator<readonly WrappedKey[], void, undefined> {
  for (let last = ''; ;) {
    const page = await keys.after(last, atOnce);
    const end = page.at(-1);
    if (end === undefined) return;
    yield page;
    last = end.name;
  }
}

/**
 * Looks at the first keys: a target that was never used takes the master key that it is opened with for its own.
 * @throws KeyUnusable when they were not wrapped with this one
 */
export const assertWrappedWith = async (masterKey: Buffer, keys: WrappedKeys): Promise<void> => {
  const wrappingKey = wrappingKeyOf(masterKey);
  for (const { name, wrapped } of await keys.after('', atOnce)) if (wrapped) openBytes(wrappingKey, wrapped, name);
};

/**
 * Puts the keys of one store into another, wrapped as they are: both have the same master key. A name that is destroyed on either side
 * is destroyed in the target afterwards. Whatever was carried before is found there and left.
 * @throws KeyUnusable when a key was not wrapped with this master key; nothing was carried then
 */
export const carryKeys = async ({
  from,
  to,
  masterKey,
}: {
  readonly from: WrappedKeys;
  readonly to: WrappedKeys;
  readonly masterKey: Buffer;
}): Promise<CarriedKeys | OtherKey> => {
  const wrappingKey = wrappingKeyOf(masterKey);
  const open = ({ name, wrapped }: WrappedKey): Buffer | undefined => wrapped && openBytes(wrappingKey, wrapped, name);

  for await (const page of pages(from)) {
    const standing = new Map((await to.named(page.map(({ name }) => name))).map((key) => [key.name, open(key)]));
    for (const key of page) {
      const [ours, theirs] = [open(key), standing.get(key.name)];
      if (ours && theirs && !ours.equals(theirs)) return { kind: 'other-key', name: key.name };
    }
  }

  let names = 0;
  let destroyed = 0;
  for await (const page of pages(from)) {
    await to.take(page);
    const standing = await to.named(page.map(({ name }) => name));
    if (standing.length !== page.length) throw new Error('The target does not hold the keys that it has taken.');
    names += page.length;
    destroyed += standing.filter(({ wrapped }) => wrapped === undefined).length;
  }
  const epoch = await from.epoch();
  if (epoch !== undefined) await to.takeEpoch(epoch);
  return { kind: 'carried', names, destroyed };
};
