import fc from 'fast-check';
import { mimeTree, toMime } from '../../../../src/infrastructure/outside/mail/mime';
import { senderFrom } from '../../../../src/infrastructure/outside/mail/sender';
import { crest, withCrest } from './crest';
import { compose, from, kinds } from './letter-requests';

const sender = senderFrom(from);

describe('a letter in MIME', () => {
  it.each(kinds)('%s: what is written at once is to the byte what the library streams', async (kind) => {
    for (const locale of ['ro', 'en'] as const) {
      const letter = compose(kind, locale);
      expect(toMime(letter, sender).toString()).toBe((await mimeTree(letter, sender).build()).toString());
    }
  });

  it('with a crest as well', async () => {
    for (const kind of ['invitation', 'resolution'] as const) {
      const letter = withCrest(kind, 'ro');
      expect(toMime(letter, sender, crest).toString()).toBe((await mimeTree(letter, sender, crest).build()).toString());
    }
  });

  it('property: whatever is in it', async () => {
    const text = fc
      .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r', '\n', '\r\n', ' \n', '=', 'ș'.repeat(90), 'a'.repeat(200))))
      .map((all) => all.join(''));
    const usual = compose('invitation');
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (subject, plain, html, content) => {
        const letter = { ...usual, subject, text: plain, html, calendar: { method: 'REQUEST', content } } as const;
        expect(toMime(letter, sender).toString()).toBe((await mimeTree(letter, sender).build()).toString());
      }),
    );
  });
});
