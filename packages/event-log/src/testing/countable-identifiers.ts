import type { Identifiers } from '../ports/identifiers';
import { deriveIdentifier } from '../runtime/identifiers';

/** Ids that are the same in every run: `next` counts up in the shape of a uuid v7, `between` answers its lower end. */
export const countableIdentifiers = (): Identifiers => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      // ordered by the counter like a uuid v7 by its time, and as different in the random part, of which references are made
      return `019c0000-${count.toString(16).padStart(4, '0')}-7${deriveIdentifier('countable', String(count)).slice(15)}`;
    },
    derive: deriveIdentifier,
    between: (min) => min,
  };
};
