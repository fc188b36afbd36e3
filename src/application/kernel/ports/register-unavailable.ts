/**
 * The document system cannot say, or not now: it is not there, too slow, asked too often, or it answers what nobody can read.
 * Nothing personal is in it.
 */
export class RegisterUnavailable extends Error {
  override readonly name = 'RegisterUnavailable';
  /** @param reason a name of ours: `no-answer`, `rate-limited`, `unauthenticated` */
  constructor(
    readonly operation: string,
    readonly reason: string,
    /** it asked to be left alone for so long */
    readonly retryAfterSeconds?: number,
  ) {
    super(`The document register has not answered to ${operation}: ${reason}.`);
  }
}
