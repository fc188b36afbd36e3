/** What became of the letter on its way to one address. */
export type ReportedRecipient = {
  /** RFC 3464: only `failed` is the end of it */
  readonly action: 'failed' | 'delayed' | 'other';
  /** the address as it was given, and as it was at the end of all forwarding; personal */
  readonly addresses: readonly string[];
  /** why, in the numbers of RFC 3463: `5.1.1` for a mailbox that is not there */
  readonly status?: string;
};

/** A mail server's report about one of our letters (RFC 3464), or a provider's. Any sender can forge one: it proves nothing by itself. */
export type DeliveryReport = {
  /** of the letter that it claims to be about */
  readonly letterId: string;
  readonly recipients: readonly ReportedRecipient[];
};

/** What to do with a message: `done` is never looked at again, `left` stays as it is for the person who reads the mailbox. */
export type MessageVerdict = 'done' | 'left';

/** What is told of a message: the report that it is, or nothing when it is none. `again`: it was looked at before, and left. */
export type MessageRead = { readonly report: DeliveryReport | undefined; readonly again: boolean };

/** The mailbox could not be read. `reason` and `code` say why, and never the server's words: they may name a person. */
export class MailboxUnavailable extends Error {
  override readonly name = 'MailboxUnavailable';
  constructor(
    message: string,
    readonly reason: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** The mailbox to which letters come back. Nothing is deleted there. */
export type BounceMailbox = {
  /**
   * Goes through the messages that are not done, oldest first. A message is marked only after `judge` has said that it is done, so that
   * an end in between has it judged once more.
   * @throws when the mailbox cannot be reached or read, or a message cannot be marked; what was judged stays judged
   */
  read(judge: (message: MessageRead) => Promise<MessageVerdict>, signal: AbortSignal): Promise<void>;
};
