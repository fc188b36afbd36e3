/** The code of an operating system's or SQLite's error (`ENOENT`, `SQLITE_BUSY`); says nothing personal, unlike its message. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What comes of the work, or `instead` where it ends with an error of this class. */
export const unlessThrown = async <T, U>(
  kind: abstract new (...parts: never[]) => Error,
  instead: U,
  work: () => Promise<T>,
): Promise<T | U> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof kind) return instead;
    throw error;
  }
};
