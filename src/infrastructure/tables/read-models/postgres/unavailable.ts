import { databaseFault } from '../../../database/postgres/database-fault';
import { DatabaseUnavailable } from '../../../database/postgres/database-unavailable';
import { errorCode } from '../../../runtime/error-code';

/** @throws DatabaseUnavailable instead of what passes with its cause */
export const availableOnly = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const fault = databaseFault(error);
    if (fault === undefined) throw error;
    throw new DatabaseUnavailable(fault);
  }
};

/** The table is not there: its build was replaced or dropped. */
export const tableIsGone = (error: unknown): boolean => errorCode(error) === '42P01';

/** A lock was not to be had in the time that was given for it. */
export const lockIsTaken = (error: unknown): boolean => errorCode(error) === '55P03';
