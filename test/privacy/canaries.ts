/** Every word of these canaries begins with this, whatever its case; every phone number with those digits. */
const marker = 'zqxcanary';
const digits = '0799977007';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Canaries that are the same in every run, each different from all others. */
export const createCanaries = (seed: number) => {
  let state = seed;
  const chance = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % below;
  };
  const all: string[] = [];
  const word = (): string => Array.from({ length: 8 }, () => letters[chance(26)] ?? 'a').join('');
  const kept = (canary: string): string => {
    all.push(canary);
    return canary;
  };
  return {
    all: all as readonly string[],
    /** one word of a name, with Romanian letters at its end */
    name: () => kept(`Zqxcanary${word()}${['', 'șț', 'ăâî'][chance(3)] ?? ''}`),
    email: () => kept(`ZqxCanary${word()}@Exemplu.ro`),
    phone: () => kept(`${digits}${String(100 + all.length)}`),
    text: () => kept(`ZQXCANARY${word().toUpperCase()}, ${word()}; „${word()}” & ß`),
    link: () => kept(`https://primaria.webex.com/zqxcanary${word()}`),
  };
};

/** The characters of base64 that say nothing but this text, at each of the three places where it may begin. */
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'\0'.repeat(before)}${text}`, 'latin1')
      .toString('base64')
      .replaceAll('=', '');
    return encoded.slice(Math.ceil((before * 8) / 6), -1);
  });
const spread = (text: string): string => text.split('').join('\0');
const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

const variants = [marker, 'Zqxcanary', 'ZqxCanary', marker.toUpperCase(), digits];
const folded = [...[marker, digits].flatMap((text) => [text, spread(text)]), ...variants.flatMap((text) => [hex(text), hex(spread(text))])];
const exact = variants.flatMap((text) => [...inBase64(text), ...inBase64(spread(text))]);

/** Where a canary stands in these bytes, in whatever case: as UTF-8, UTF-16, base64, hexadecimal, or escaped for an address. */
export const canaryIn = (bytes: Uint8Array | string): string | undefined => {
  const text = (typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes)).toString('latin1');
  const lower = text.toLowerCase();
  for (const [where, needles] of [
    [lower, folded],
    [text, exact],
  ] as const) {
    for (const needle of needles) {
      const index = where.indexOf(needle);
      if (index >= 0) return text.slice(Math.max(0, index - 80), index + 60);
    }
  }
  return undefined;
};
