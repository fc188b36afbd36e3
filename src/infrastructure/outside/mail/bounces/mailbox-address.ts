/** Where the mailbox is, as `imaps://user:password@host:993/INBOX` says it. */
export type MailboxAddress = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is insisted on, except on this machine */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
};

/** @throws RangeError when it is no such address */
export const mailboxAddressOf = (text: string): MailboxAddress => {
  if (!URL.canParse(text)) throw new RangeError('The mailbox must be given as imaps://user:password@host/INBOX.');
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  const secure = protocol === 'imaps:';
  if ((!secure && protocol !== 'imap:') || hostname === '' || username === '') {
    throw new RangeError('The mailbox must be given as imaps://user:password@host/INBOX.');
  }
  return {
    host: hostname.replace(/^\[|\]$/gu, ''),
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
};
