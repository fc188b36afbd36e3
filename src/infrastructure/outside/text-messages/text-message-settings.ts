/** Where Kannel's `sendsms` is asked, as whom, and where its reports come to. */
export type TextMessageSettings = {
  /** up to and without `?`: `https://sms.primaria.example/cgi-bin/sendsms` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** as whom the message comes; left out, as the gateway says */
  readonly from?: string;
  /** at least 24 characters: of it each message has a proof of its own, which its report must bring */
  readonly reportSecret: string;
  /** where this service is for the gateway; no trailing slash */
  readonly reportUrl: string;
};
