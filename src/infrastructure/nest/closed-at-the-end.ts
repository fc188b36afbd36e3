/** Nest closes it with the application, once. */
export const closedAtTheEnd = <T extends object>(
  value: T,
  close: () => void | Promise<void>,
): T & { onApplicationShutdown(): Promise<void> } => {
  let closed: Promise<void> | undefined;
  return {
    ...value,
    onApplicationShutdown: () => {
      closed ??= Promise.resolve().then(close);
      return closed;
    },
  };
};
