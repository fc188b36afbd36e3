import type { Instant } from '../../../domain/kernel/fact';

/**
 * A system outside cannot be asked again before this: it said so itself, or what it did with the last call can only be seen then.
 * An effect that throws it is tried again then, and not earlier.
 */
export class AskedToWait extends Error {
  override readonly name = 'AskedToWait';
  constructor(readonly notBefore: Instant) {
    super('A system outside is to be asked again later.');
  }
}
