import { simpleParser } from 'mailparser';
import fc from 'fast-check';
import { cleanLine, cleanLines, insideSentence } from '../../../../src/infrastructure/outside/mail/clean-text';
import { toMime } from '../../../../src/infrastructure/outside/mail/mime';
import { isEmailAddress } from '../../../../src/domain/kernel/email-address';
import { senderFrom } from '../../../../src/infrastructure/outside/mail/sender';
import { compose, correspondence, from, head, requestOf } from './letter-requests';

const named = (name: string) => correspondence.compose({ ...requestOf('invitation', 'ro'), name });
const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const breaking = fc.string({
  unit: fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    ':',
    'Bcc',
    ' ',
    'a@b.example',
    '\u2028',
    '\0',
    '\u202E',
    '\t',
    ',',
    '<',
    '>',
    '"',
    '=?utf-8?Q?=0D=0A?=',
  ),
  maxLength: 12,
});

describe('hostile text in letters', () => {
  it('markup is shown, never obeyed', () => {
    const { html, text } = named('<img src=x onerror=alert(1)> & "Co\' SRL');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&#39; SRL');
    expect(html).not.toContain('<img');
    expect(text).toContain('<img src=x onerror=alert(1)> & "Co\' SRL');
  });

  it('right-to-left names are set apart, and marks that turn the text are taken out', () => {
    expect(named('דוד כהן').text).toContain('Bună ziua, \u2068דוד כהן\u2069,');
    const turned = named('Ana\u202Egpj.exe\u2066 Pop\u200F');
    expect(turned.text).toContain('Bună ziua, Anagpj.exe Pop,');
    expect(turned.html).not.toMatch(/[\u202A-\u202E\u2066\u200F]/u);
  });

  it('emoji stay whole, and half a character is dropped', () => {
    expect(named('Ana 👩‍👧 Pop').text).toContain('Bună ziua, Ana 👩‍👧 Pop,');
    expect(named('Ana\uD83D Pop').text).toContain('Bună ziua, Ana Pop,');
  });

  it('a name of 10,000 characters becomes 120', () => {
    const { text, html, calendar } = named('Ș'.repeat(10_000));
    expect(text).toContain(`Bună ziua, ${'Ș'.repeat(119)}…,`);
    expect(html).not.toContain('Ș'.repeat(120));
    expect(calendar?.content.length).toBeLessThan(4_000);
  });

  it('a name of nothing but invisible characters greets nobody by name', () => {
    expect(named('\u202E\u0000\u200B').text).toContain('\n\nBună ziua,\n');
  });

  it('property: cleaned text has no control, and a cleaned line no line break', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, breaking), (text) => {
        expect(cleanLines(text).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        expect(cleanLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
        expect(Array.from(insideSentence(text)).length).toBeLessThanOrEqual(122);
      }),
    );
  });

  it('property: no subject, name or text adds a header or a recipient', async () => {
    const letter = compose('invitation');
    const usual = Array.from((await simpleParser(toMime(letter, senderFrom(from)))).headers.keys()).sort();
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText, breaking), fc.oneof(anyText, breaking), async (subject, name) => {
        const hostile = correspondence.compose({ ...requestOf('invitation', 'ro'), name, reference: subject });
        const mail = await simpleParser(toMime({ ...hostile, subject }, senderFrom(from)));
        const headers = Array.from(mail.headers.keys()).sort();
        expect(headers.filter((header) => header !== 'subject')).toEqual(usual.filter((header) => header !== 'subject'));
        expect(mail.bcc).toBeUndefined();
        expect(mail.to).toMatchObject({ value: [{ address: head.to }] });
      }),
      { numRuns: 60 },
    );
  });

  it('property: what passes for a mailbox is one recipient and no header', async () => {
    const letter = compose('code');
    const nearly = fc.tuple(breaking, breaking).map(([left, right]) => `a${left}@posta.example${right}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyText, nearly, fc.emailAddress()), async (to) => {
        if (!isEmailAddress(to)) return;
        const mail = await simpleParser(toMime({ ...letter, to }, senderFrom(from)));
        expect(mail.bcc).toBeUndefined();
        expect(Array.isArray(mail.to) ? [] : mail.to?.value).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
    for (const wrong of [
      'a@b.example, c@d.example',
      'a@b.example\r\nBcc: c@d.example',
      '<a@b.example>',
      'a b@c.example',
      'a@b@c.example',
      '',
    ]) {
      expect(isEmailAddress(wrong)).toBe(false);
    }
    expect(isEmailAddress("ștefan.o'brien+tichet@poștă.example".replace("'", ''))).toBe(true);
  });

  it('an id that is not plain is never put into a header or a file name', () => {
    expect(() => toMime({ ...compose('code'), letterId: '../../etc/passwd' }, senderFrom(from))).toThrow(RangeError);
    expect(() => toMime({ ...compose('code'), ticketId: 'a\r\nBcc: x@y.example' }, senderFrom(from))).toThrow(RangeError);
  });
});
