/**
 * A system outside has not given a whole answer. Its address and what was sent stay out of the message: they may be personal, or secret.
 */
export class Unreachable extends Error {
  override readonly name = 'PeerSilent';
  /**
   * @param code what happened to the connection: `ECONNREFUSED`, `UND_ERR_HEADERS_TIMEOUT`
   * @param mayHaveHappened false: it has certainly not seen the request; true: it may have done what was asked
   */
  constructor(
    readonly peer: string,
    readonly operation: string,
    readonly code: string,
    readonly mayHaveHappened: boolean,
  ) {
    super(`${peer} has not answered to ${operation}: ${code}.`);
  }
}

/** What was asked for, or what stands for it where no answer came; any other error passes on. */
export const unlessUnreachable = async <T, U>(asked: Promise<T>, otherwise: (error: Unreachable) => U): Promise<T | U> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unreachable) return otherwise(error);
    throw error;
  }
};
