import type { Ports } from '../kernel/ports/ports';
import type { Process, Todo } from '../kernel/processes/process';
import { recordingWatchProcess } from './recording-watch';
import { recordingsProcess } from './recordings';

const processes: readonly Process[] = [recordingsProcess, recordingWatchProcess];

/**
 * Somebody says that there is news of the recordings of this meeting: whoever waits for the next look looks at once. What was said is
 * not believed, the service itself is asked; a meeting that nobody waits for wakes nobody.
 */
export const wakeRecordings = async (ports: Ports, meetingId: string): Promise<void> => {
  const at = ports.clock.now();
  for (const process of processes) {
    const { rows } = await ports.readModels.select<Todo>(process.name, { where: [{ column: 'meetingId', is: meetingId }] });
    for (const row of rows.filter(({ dueAt }) => dueAt !== undefined && dueAt <= at)) {
      const effectId = process.effectId(row);
      const attempt = await ports.operations.attempts.get(effectId);
      if (attempt?.done === false) await ports.operations.attempts.reset(effectId);
    }
  }
};
