import type { Hash, Position } from '../ports/event-store';
import type { Build } from '../ports/projection-store';

/**
 * Which event stands at the checkpoint of a build, as it is kept: position and hash, with a space between. A version that does not keep it
 * moves the checkpoint and leaves this behind: then it is not known.
 */
export const standsAs = ({ checkpoint, hash }: Pick<Build, 'checkpoint' | 'hash'>): string | null =>
  hash === undefined ? null : `${checkpoint} ${hash}`;

export const hashAt = (checkpoint: Position, kept: unknown): Hash | undefined => {
  const [position, hash] = typeof kept === 'string' ? kept.split(' ') : [];
  return position === checkpoint ? hash : undefined;
};
