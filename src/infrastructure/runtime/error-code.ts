/** The code of an operating system's or SQLite's error (`ENOENT`, `SQLITE_BUSY`); says nothing personal, unlike its message. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
