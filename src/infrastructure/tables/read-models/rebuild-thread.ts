import type { Projection } from '../../../application/kernel/ports/projection';
import type { Rebuilt } from '../../../application/kernel/ports/projection-store';
import { startThread } from '../../runtime/own-files';
import { stopRebuild, reportedOutcome, type RebuildOptions } from '../../log/codec/rebuild-messages.codec';

/** Rows and events are short-lived here: with room for many of them, little of what dies young is copied first. In megabytes. */
const youngGeneration = 128;

/** Fills the table in a thread of its own. `undefined` for a table that the thread's code does not know. */
export type RebuildElsewhere = (projection: Projection, signal?: AbortSignal) => Promise<Rebuilt | undefined>;

/** Rebuilds the read models of this data folder beside whoever writes them: nobody in this thread waits for it. */
export const rebuildInThread =
  (folder: string): RebuildElsewhere =>
  ({ name, version }, signal) =>
    new Promise((resolve, reject) => {
      const told: RebuildOptions = { folder, projection: name, version };
      const worker = startThread('rebuild', {
        workerData: told,
        resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
      });
      const stop = (): void => {
        worker.postMessage(stopRebuild);
      };
      let outcome: Rebuilt | undefined;
      worker.once('message', (message: unknown) => {
        outcome = reportedOutcome(message);
      });
      worker.once('error', reject);
      worker.once('exit', () => {
        signal?.removeEventListener('abort', stop);
        resolve(outcome);
      });
      if (signal?.aborted === true) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
