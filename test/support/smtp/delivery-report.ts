export type Reported = {
  readonly letterId: string;
  readonly recipient: string;
  readonly action?: 'failed' | 'delayed' | 'delivered' | 'relayed';
  /** the id that was given along (RFC 3461); a server that knows nothing of it leaves it out */
  readonly envelopeId?: boolean;
  /** what comes back with the report; nothing, where the server returns nothing */
  readonly returned?: 'message/rfc822' | 'text/rfc822-headers' | 'nothing';
  readonly encoding?: 'base64' | 'quoted-printable';
  readonly boundary?: string;
};

const encoded = (text: string, encoding: Reported['encoding']): string => {
  if (encoding === 'base64')
    return (
      Buffer.from(text)
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\n');
  if (encoding === 'quoted-printable') return text.replace(/=/g, '=3D').replace(/(.{70})/g, '$1=\n');
  return text;
};

/** A report about a letter as mail servers write it (RFC 3464), on the model of Postfix. */
export const deliveryReport = ({
  letterId,
  recipient,
  action = 'failed',
  envelopeId = true,
  returned = 'message/rfc822',
  encoding,
  boundary = '9B095B5ADSN=_01D5',
}: Reported): string => {
  const status = [
    'Reporting-MTA: dns; mail.posta.example',
    ...(envelopeId ? [`Original-Envelope-Id: ${letterId}`] : []),
    'X-Postfix-Queue-ID: 4Wxyz12Abc',
    'Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0200 (EET)',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient.replace('+', '+2B')}`,
    `Action: ${action}`,
    `Status: ${action === 'failed' ? '5.1.1' : '4.4.1'}`,
    'Remote-MTA: dns; mx.posta.example',
    `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: Recipient address rejected:`,
    '    User unknown',
    '',
  ].join('\n');
  const back = ['From: Primaria <tichet@primaria.example>', `To: ${recipient}`, `Message-ID: <${letterId}@primaria.example>`, 'Subject: x'];
  return [
    'Return-Path: <>',
    'From: MAILER-DAEMON@posta.example (Mail Delivery System)',
    'To: intoarse@primaria.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you that your message could not be delivered.',
    '',
    `--${boundary}`,
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    ...(encoding === undefined ? [] : [`Content-Transfer-Encoding: ${encoding}`]),
    '',
    encoded(status, encoding),
    ...(returned === 'nothing'
      ? []
      : [`--${boundary}`, `Content-Type: ${returned}`, '', ...back, '', ...(returned === 'message/rfc822' ? ['Buna ziua'] : [])]),
    `--${boundary}--`,
    '',
  ].join('\n');
};
