/** Lets subscribers sleep until something was appended, a while has passed, or they are told to stop. */
export type WakeUp = {
  wake(): void;
  /** @param since what `turn()` said before the reader looked for the last time: nothing is missed in between */
  sleep(signal: AbortSignal, since: number, milliseconds?: number): Promise<void>;
  turn(): number;
  whenWoken(tell: () => void): void;
};

export const createWakeUp = (): WakeUp => {
  const sleepers = new Set<() => void>();
  const told: (() => void)[] = [];
  let turn = 0;
  return {
    wake: () => {
      turn += 1;
      for (const rouse of [...sleepers]) rouse();
      for (const tell of told) tell();
    },
    turn: () => turn,
    whenWoken: (tell) => {
      told.push(tell);
    },
    sleep: (signal, since, milliseconds) =>
      new Promise((resolve) => {
        if (signal.aborted || since !== turn) {
          resolve();
          return;
        }
        const rouse = (): void => {
          sleepers.delete(rouse);
          signal.removeEventListener('abort', rouse);
          clearTimeout(timer);
          resolve();
        };
        const timer = milliseconds === undefined ? undefined : setTimeout(rouse, milliseconds);
        signal.addEventListener('abort', rouse);
        sleepers.add(rouse);
      }),
  };
};
