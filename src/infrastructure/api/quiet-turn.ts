import { setImmediate as turn } from 'node:timers/promises';

/** A turn of the loop this short, in milliseconds, found next to nothing to do. */
const quiet = 0.3;
const patience = 500;

/**
 * Comes back right after a turn of the event loop that found nothing to do, or in half a second. A listener is closed then: the connections that the
 * kernel took and we did not are reset by closing it, and a proxy must not send again what it has already written to one.
 */
export const quietTurn = async (): Promise<void> => {
  const end = performance.now() + patience;
  // the first turn may have begun before
  await turn();
  for (let began = performance.now(); ; began = performance.now()) {
    await turn();
    const now = performance.now();
    if (now - began < quiet || now > end) return;
  }
};
