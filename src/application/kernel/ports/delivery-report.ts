/** What became of the letter on its way to one address. */
export type ReportedRecipient = {
  /** RFC 3464: only `failed` is the end of it */
  readonly action: 'failed' | 'delayed' | 'other';
  /** the address as it was given, and as it was at the end of all forwarding; personal */
  readonly addresses: readonly string[];
};

/** A mail server's report about one of our letters (RFC 3464), or a provider's. Anybody can write one: it proves nothing by itself. */
export type DeliveryReport = {
  /** of the letter that it claims to be about */
  readonly letterId: string;
  readonly recipients: readonly ReportedRecipient[];
};
