/** The identity provider gave no answer that can be used, so nobody can be known by it now. What we asked and got stays out of the message. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /**
   * @param reason a name of ours, for the log: `not-reached`, `rate-limited`, `not-json`
   * @param retryAfterSeconds when it may be asked again
   */
  constructor(
    readonly reason: string,
    readonly retryAfterSeconds: number,
  ) {
    super(`The identity provider cannot be asked: ${reason}.`);
  }
}
