/** Resolves when the time is up, or at once when the signal aborts. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });

/** Tries again after each of these pauses, while what went wrong is worth it; what goes wrong the last time passes on. */
export const again = async <T>(
  attempt: () => Promise<T>,
  pauses: readonly number[],
  isWorthAnother: (error: unknown) => boolean,
): Promise<T> => {
  for (const milliseconds of pauses) {
    try {
      return await attempt();
    } catch (error) {
      if (!isWorthAnother(error)) throw error;
    }
    await pause(milliseconds);
  }
  return attempt();
};
