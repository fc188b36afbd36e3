/** A text message ready to be sent. The number is personal: never logged. */
export type TextMessage = {
  /** stable: the same message tried again has the same id */
  readonly messageId: string;
  /** as networks of other countries dial it: `+40740123456` */
  readonly to: string;
  readonly text: string;
};

/** `accepted`: it is the gateway's now; whether it arrives is said by a report. `refused`: this message will never be taken. */
export type TextDelivery = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly reason: string };

export type TextMessages = {
  /** @throws when the gateway cannot be reached or says "later": worth another attempt */
  send(message: TextMessage): Promise<TextDelivery>;
  /** Whether a report about this message comes from the gateway that was given the message: only that gateway knows this proof. */
  isReport(messageId: string, proof: string): boolean;
};

/** What a network says of a message in the end. */
export type TextReport = 'delivered' | 'undelivered';
