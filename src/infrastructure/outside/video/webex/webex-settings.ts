/** How Webex is reached (TICHET_VIDEO=webex). Secrets come from files: an environment is shown in too many places. */
export type WebexSettings = {
  /** with the part of the path that all operations have, without a slash at its end */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** absolute; read again whenever Webex wants a token, so that another one needs no restart */
  readonly refreshTokenFile: string;
  /** `@domain` or an address; left out, the address in the staff directory */
  readonly hostEmail?: string;
  readonly autoRecord: boolean;
  /** left out, no webhook is believed */
  readonly webhookSecret?: string;
};
