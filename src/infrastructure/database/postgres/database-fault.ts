import { errorCode } from '../../runtime/error-code';

/**
 * Classes and codes of SQLSTATE that pass with their cause: connection, resources, the operator's intervention, the system, transactions
 * in each other's way, a lock that was not to be had, a server that only reads (a standby).
 */
const ofTheServer = /^(08|53|57|58|40)|^(55P03|25006|25P03)$/;
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

/** This database must not be used as it is: newer than the program, not durable, not to be had. The message is a sentence for the administrator, in Romanian and in English. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** Classes and codes of SQLSTATE, and of the operating system, that say what stands in the address is wrong. */
const ofTheAddress = /^(28|3D)|^(ENOTFOUND|EAI_AGAIN)$/;

/** What an error of connecting means for whoever starts the service; `undefined` for any other error. The address is not repeated: it may hold a password. */
export const databaseUnusable = (error: unknown): DatabaseUnusable | undefined => {
  const code = errorCode(error) ?? '';
  if (ofTheAddress.test(code))
    return new DatabaseUnusable(
      `Baza de date PostgreSQL nu ne primește (${code}); verificați utilizatorul, parola, gazda și numele bazei în TICHET_POSTGRES_URL. / ` +
        `The PostgreSQL database does not let us in (${code}); look at user, password, host and database in TICHET_POSTGRES_URL.`,
    );
  if (code === '42501')
    return new DatabaseUnusable(
      `Utilizatorul din TICHET_POSTGRES_URL nu are dreptul să creeze schema (${code}): GRANT CREATE ON DATABASE … / ` +
        `The user in TICHET_POSTGRES_URL may not make the schema (${code}): GRANT CREATE ON DATABASE …`,
    );
  const fault = databaseFault(error);
  if (fault === undefined) return undefined;
  return new DatabaseUnusable(
    `Baza de date PostgreSQL nu răspunde (${fault}); porniți-o sau verificați TICHET_POSTGRES_URL. / ` +
      `The PostgreSQL database does not answer (${fault}); start it or look at TICHET_POSTGRES_URL.`,
  );
};
