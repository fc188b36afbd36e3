/** The database does not answer, or cannot do now what it was asked. Nobody knows whether what was to be written is; asking again is safe. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  constructor(
    /** SQLSTATE, or the operating system's code */
    readonly code: string,
  ) {
    super(`The database cannot answer (${code}).`);
  }
}
