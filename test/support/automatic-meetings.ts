import type { AutomaticMeetings } from '../../src/application/kernel/ports/video-meetings';

/** A video service that makes no meeting, has no recording, and deletes none. */
export const emptyVideo: AutomaticMeetings = {
  kind: 'automatic',
  create: () => Promise.resolve(undefined),
  move: () => Promise.resolve('gone'),
  cancel: () => Promise.resolve('removed'),
  recordings: () => Promise.resolve([]),
  recordingStands: () => Promise.resolve('there'),
};
