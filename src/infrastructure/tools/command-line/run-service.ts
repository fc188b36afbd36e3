import { stopOnSignals, type RunningService } from '../../service/serve';
import type { Terminal } from './terminal';

/** Serves until the caller's signal, or until the operating system says stop. */
export const runUntilStopped = async (service: RunningService, { signal }: Terminal): Promise<void> => {
  if (signal === undefined) {
    stopOnSignals(service);
    // the process ends in the handler of the signal
    await new Promise<never>(() => undefined);
    return;
  }
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
  await service.stop();
};
