import { v5 } from 'uuid';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';

const nameSpace = 'a1b7ec7a-1ba5-5720-9e3d-7c1e7a1ba570';

describe('A derived id', () => {
  it.each([[[]], [['']], [['ticket', '1']], [['ticket\u001f1']], [['Lăcătuș Andrei', 'ș', '🎫']], [['x'.repeat(10_000)]]])(
    'is the uuid of version 5 of its parts: %j',
    (parts) => {
      expect(deriveIdentifier(...parts)).toBe(v5(parts.join('\u001f'), nameSpace));
    },
  );

  it('has each of the four variants that there are', () => {
    const derived = Array.from({ length: 200 }, (_, n) => String(n));
    expect(derived.map((part) => deriveIdentifier(part))).toEqual(derived.map((part) => v5(part, nameSpace)));
  });
});
