import { EventLogCorrupt, type Recorded } from '../../../application/kernel/ports/event-store';
import type { Kept } from './kept';

/** The streams of a log as far as it can be read: what is wrong with it is another check's to say. @returns whether it was read to its end */
export const eachReadable = async (kept: Kept | undefined, look: (stream: readonly Recorded[]) => void): Promise<boolean> => {
  try {
    for await (const stream of kept?.streams() ?? []) look(stream);
    return true;
  } catch (error) {
    if (error instanceof EventLogCorrupt) return false;
    throw error;
  }
};
