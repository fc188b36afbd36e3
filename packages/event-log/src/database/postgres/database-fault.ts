import { errorCode } from '@tichet-albastru/kernel/error-code';

/**
 * Classes and codes of SQLSTATE that pass with their cause: connection, resources, the operator's intervention, the system, transactions
 * in each other's way, a lock that was not to be had, a server that only reads (a standby).
 */
const ofTheServer = /^(08|53|57|58|40)|^(55P03|25006|25P03)$/;
/** Of a server that only reads. */
export const readOnlyServer = '25006';
/** `ECONNREFUSED`, `EPIPE`: what the operating system says of a connection. */
const ofTheSystem = /^E[A-Z_]+$/;
/** The client says without a code that it was cut off, or that no answer came in time. */
const ofTheClient = /connection|timeout|not queryable/i;

/** The code of an error that goes away when the database is back; `undefined` for any other error, which is a bug. */
export const databaseFault = (error: unknown): string | undefined => {
  const code = errorCode(error);
  if (code === undefined) return error instanceof Error && ofTheClient.test(error.message) ? 'cut-off' : undefined;
  return ofTheServer.test(code) || ofTheSystem.test(code) ? code : undefined;
};

/** The database does not answer, or cannot do now what it was asked. Whether the write stands is unknown; asking again is safe. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  constructor(
    /** SQLSTATE, or the operating system's code */
    readonly code: string,
  ) {
    super(`The database cannot answer (${code}).`);
  }
}
