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
