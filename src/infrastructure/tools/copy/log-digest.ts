import { createHash } from 'node:crypto';
import type { Recorded } from '../../../application/kernel/ports/event-store';

export type LogDigest = { add(event: Recorded): void; readonly hex: () => string };

/**
 * SHA-256 over a whole log, whatever store it is in: for each event, in order, a line of JSON `["id","stream",revision,"hash"]`.
 * The hash of an event covers its body; positions are the store's own and do not enter.
 */
export const createLogDigest = (): LogDigest => {
  const sum = createHash('sha256');
  return {
    add: ({ id, stream, revision, hash }) => {
      sum.update(`${JSON.stringify([id, stream, revision, hash])}\n`);
    },
    hex: () => sum.copy().digest('hex'),
  };
};
