/** The reason of one that answers, and does not take us as its client: a setting is wrong. */
export const clientRefused = 'client-refused';

/**
 * The identity provider gave no usable answer, so no person can be identified by it now. What we asked and got stays out of the message.
 */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /**
   * @param reason a name of ours, for the log: `not-reached`, `rate-limited`, `not-json`
   * @param retryAfterSeconds when it may be asked again
   * @param code what happened to the connection, where that is the reason
   */
  constructor(
    readonly reason: string,
    readonly retryAfterSeconds: number,
    readonly code?: string,
  ) {
    super(`The identity provider cannot be asked: ${reason}.`);
  }
}
