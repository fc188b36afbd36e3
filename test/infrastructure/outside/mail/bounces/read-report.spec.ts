import { letterIdOfMessageId, readReport } from '../../../../../src/infrastructure/outside/mail/bounces/read-report';
import { deliveryReport, type Reported } from '../../../../support/smtp/delivery-report';

const letterId = '0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11';
const recipient = 'ana+tichet@posta.example';
const read = (reported: Partial<Reported> = {}) => readReport(Buffer.from(deliveryReport({ letterId, recipient, ...reported })));

describe('C18: a report about a letter (RFC 3464)', () => {
  it.each<[string, Partial<Reported>]>([
    ['with the envelope id that we gave along', {}],
    ['of a server that knows no envelope ids, by the Message-ID of what came back', { envelopeId: false }],
    ['with nothing but the headers of the letter', { envelopeId: false, returned: 'text/rfc822-headers' }],
    ['that returns nothing', { returned: 'nothing' }],
    ['in base64', { encoding: 'base64' }],
    ['in quoted-printable', { encoding: 'quoted-printable' }],
    ['with a boundary in bare words', { boundary: 'abc123' }],
  ])('%s', (_, reported) => {
    expect(read(reported)).toEqual({ letterId, recipients: [{ action: 'failed', addresses: [recipient, recipient], status: '5.1.1' }] });
  });

  it.each([
    ['as Postfix writes it in a message/global-delivery-status', 'utf-8; țîrlea@vechi.example'],
    ['where only plain letters pass (RFC 6533)', String.raw`utf-8; \x{21B}\x{EE}rlea@vechi.example`],
    ['as our own server gave it along (RFC 3461)', 'rfc822; +C8+9B+C3+AErlea@vechi.example'],
  ])('about an address with letters of ours, %s', (_, field) => {
    const report = deliveryReport({ letterId, recipient })
      .replace('message/delivery-status', 'message/global-delivery-status')
      .replace(`rfc822; ${recipient}`, field);
    expect(readReport(Buffer.from(report))?.recipients[0]?.addresses.at(-1)).toBe('țîrlea@vechi.example');
  });

  it('tells a delay from a failure, and from a delivery', () => {
    const actions = (['failed', 'delayed', 'delivered', 'relayed'] as const).map((action) => read({ action })?.recipients[0]?.action);
    expect(actions).toEqual(['failed', 'delayed', 'other', 'other']);
  });

  it('reads a report with lines ended by a bare line feed, and one that was cut off', () => {
    const text = deliveryReport({ letterId, recipient });
    expect(readReport(Buffer.from(text.replace(/\r\n/g, '\n')))?.letterId).toBe(letterId);
    expect(readReport(Buffer.from(text.slice(0, text.indexOf('Buna ziua'))))?.recipients).toHaveLength(1);
  });

  it.each([
    ['a letter of a person', 'From: ana@posta.example\r\nSubject: Re: Tichet\r\n\r\nMultumesc!'],
    [
      'an automatic answer',
      'Auto-Submitted: auto-replied\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nSunt plecata.\r\n--x--',
    ],
    ['a report that names no letter', deliveryReport({ letterId: 'unul', recipient })],
    ['nothing', ''],
    ['bytes', '\u0000\u00ff\r\n\r\n--'],
    [
      'boundaries within boundaries',
      `Content-Type: multipart/a; boundary=x\r\n\r\n${'--x\r\nContent-Type: multipart/a; boundary=x\r\n\r\n'.repeat(2000)}`,
    ],
    ['a boundary that does not end', `Content-Type: multipart/report; boundary="${'a'.repeat(5000)}\r\n\r\n`],
  ])('leaves alone %s', (_, source) => {
    expect(readReport(Buffer.from(source, 'latin1'))).toBeUndefined();
  });

  it('knows a letter by its Message-ID, whichever the domain', () => {
    expect(letterIdOfMessageId(`<${letterId}@primaria.example>`)).toBe(letterId);
    expect(letterIdOfMessageId(`${letterId.toUpperCase()}@elsewhere.example`)).toBe(letterId);
    for (const other of [undefined, '', letterId, '<x@primaria.example>', `<${letterId}@a@b>`, `<${letterId}>`]) {
      expect(letterIdOfMessageId(other)).toBeUndefined();
    }
  });
});
