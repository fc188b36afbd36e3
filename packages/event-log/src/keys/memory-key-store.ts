import { randomBytes } from 'node:crypto';
import type { KeyStore } from './key-store';

/** Keys that live as long as the process. `makeKey` is a test's way to sealed values that are the same each time. */
export const createMemoryKeyStore = (makeKey: (name: string) => Buffer = () => randomBytes(32)): KeyStore => {
  const keys = new Map<string, Buffer>();
  const gone = new Set<string>();
  let erasedUntil = '';
  const obtainOne = (name: string): Buffer | undefined => {
    if (gone.has(name)) return undefined;
    const known = keys.get(name);
    if (known) return known;
    const made = makeKey(name);
    keys.set(name, made);
    return made;
  };
  return {
    obtain: (names) => Promise.resolve(names.map(obtainOne)),
    find: (name) => Promise.resolve(keys.get(name)),
    destroy: (names) => {
      for (const name of names) {
        keys.delete(name);
        gone.add(name);
      }
      return Promise.resolve();
    },
    destroyed: () => Promise.resolve([...gone].sort()),
    erasedUntil: () => Promise.resolve(erasedUntil),
    noteErasedUntil: (position) => {
      erasedUntil = position;
      return Promise.resolve();
    },
  };
};
