import { errorCode } from '@tichet-albastru/kernel/error-code';
import { Unusable, type UnusableReason } from '../../unusable';
import { databaseFault } from './database-fault';

/** This database must not be used as it is: newer than the program, not durable, not to be had. */
export class DatabaseUnusable extends Unusable<Extract<UnusableReason, `database.${string}`>> {
  override readonly name = 'DatabaseUnusable';
}

/** Classes and codes of SQLSTATE, and of the operating system, that say what stands in the address is wrong. */
const ofTheAddress = /^(28|3D)|^(ENOTFOUND|EAI_AGAIN)$/;

/** What an error of connecting means for the operator; `undefined` for any other. The address is not repeated: it may hold a password. */
export const databaseUnusable = (error: unknown): DatabaseUnusable | undefined => {
  if (error instanceof DatabaseUnusable) return error;
  const code = errorCode(error) ?? '';
  if (ofTheAddress.test(code)) return new DatabaseUnusable('database.notLetIn', { code });
  if (code === '42501') return new DatabaseUnusable('database.mayNotCreate', { code });
  const fault = databaseFault(error);
  return fault === undefined ? undefined : new DatabaseUnusable('database.silent', { fault });
};
