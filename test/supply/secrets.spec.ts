import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';

/** Forms that nothing but a secret has, as those who issue them tell. */
const forms = {
  'private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[A-Za-z0-9+/=\s\\n]{40,}/g,
  'issued token':
    /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[oprsu]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|[rs]k_(?:live|test)_\w{16,}|AIza[\w-]{35}|npm_\w{36}|SG\.[\w-]{16,}\.[\w-]{16,}|AGE-SECRET-KEY-1\w{50,})/g,
  'signed token': /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g,
  'webhook secret': /\bwhsec_[\w+/=-]{24,}/g,
} as const;
/** Forms that examples have as well: only what looks like chance counts. */
const assigned = {
  assignment:
    /\b\w*(?:secret|token|passw(?:or)?d|parola|api_?key|private_?key|credential)\w*['"]?\s*[:=]\s*['"`]?(?<value>[\w+/=-]{20,})/gi,
  'password in an address': /\b[a-z][a-z0-9+]*:\/\/[^\s:@/'"`]+:(?<value>[^\s:@/'"`]{10,})@/g,
} as const;

/** Bits a character. */
const entropyOf = (text: string): number => {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
};
const looksRandom = (value: string): boolean => {
  if (/^[0-9a-f]{32,}$/i.test(value)) return entropyOf(value) > 3;
  return /\d/.test(value) && /[a-z]/i.test(value) && entropyOf(value) > (value.length < 20 ? 3.2 : 3.7);
};

type Found = { readonly path: string; readonly form: string; readonly hash: string };
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const secretsIn = (path: string, text: string): readonly Found[] => [
  ...Object.entries(forms).flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)].map(([found]) => ({ path, form, hash: hashOf(found) })),
  ),
  ...Object.entries(assigned).flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)]
      .map(({ groups }) => groups?.['value'] ?? '')
      .filter(looksRandom)
      .map((value) => ({ path, form, hash: hashOf(value) })),
  ),
];

/** The tests' own, by the SHA-256 of exactly what was found: another one in the same file is found all the same. */
const allowed: Readonly<Record<string, string>> = {
  // a token without a signature, which no page may repeat
  e3cada7c6ef7dff11bc12d234500b459db2cfdc27169023a798d2dedf297086b: 'test/infrastructure/web/safety/giveaways.spec.ts',
  // the example of the Standard Webhooks specification
  '96ad2ccd81462a766178ae09a71df55f548a3f66da11606f9cdf40b391e22dd0': 'test/http/each-port.spec.ts',
};

// every file that is, or is about to be, in the repository; what is no text is not read
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const texts = files.map((path) => ({ path, bytes: readFileSync(join(root, path)) })).filter(({ bytes }) => !bytes.includes(0));
const found = texts.flatMap(({ path, bytes }) => secretsIn(path, bytes.toString('utf8')));

describe('no secret is in the repository', () => {
  it('nothing has the form of one, but what the tests made up', () => {
    expect(texts.length).toBeGreaterThan(1000);
    expect(found.filter(({ hash, path }) => allowed[hash] !== path)).toEqual([]);
  });

  it('nothing is allowed that is not there any more', () => {
    const hashes = new Set(found.map(({ hash }) => hash));
    expect(Object.keys(allowed).filter((hash) => !hashes.has(hash))).toEqual([]);
  });

  // made here, so that this file does not hold what it looks for
  const chance = (bytes: number, as: BufferEncoding = 'base64url'): string => randomBytes(bytes).toString(as);
  const letters = (length: number): string => Array.from({ length }, (_, index) => String.fromCharCode(65 + ((index * 7) % 26))).join('');
  const joined = (...parts: readonly string[]): string => parts.join('');
  it.each([
    ['private key', joined('-----BEGIN EC PRIV', `ATE KEY-----\n${chance(60, 'base64')}\n`)],
    ['private key', joined('{"key":"-----BEGIN PRIV', `ATE KEY-----\\n${chance(60, 'base64')}"}`)],
    ['issued token', joined('AKIA', letters(16))],
    ['issued token', joined('token: ghp', '_', letters(36))],
    ['issued token', joined('//registry.example/:_authToken=npm', '_', letters(36))],
    ['signed token', joined('Bearer ey', 'JhbGciOiJIUzI1NiJ9.ey', `JzdWIiOiIxIn0x.${chance(32)}`)],
    ['webhook secret', joined('whsec', '_', chance(24, 'base64'))],
    ['assignment', `const apiKey = '${chance(24)}1a';`],
    ['assignment', `TICHET_SMTP_PASSWORD=${chance(20, 'hex')}`],
    ['password in an address', joined('smtps://tichet:k7Rw', 'Zq92mXpT4v@mail.example')],
  ])('a planted one is found: %s %#', (form, text) => {
    expect(secretsIn('planted', text).map((one) => one.form)).toContain(form);
  });

  it('what is allowed in one file is found in another, and so is another one in its place', () => {
    const [hash = '', path = ''] = Object.entries(allowed).find(([, one]) => one === 'test/http/each-port.spec.ts') ?? [];
    const known = /\bwhsec_[\w+/=-]{24,}/.exec(readFileSync(join(root, path), 'utf8'))?.[0] ?? '';
    expect(secretsIn('elsewhere', known)).toEqual([{ path: 'elsewhere', form: 'webhook secret', hash }]);
    expect(secretsIn(path, `${known}A`).every((one) => allowed[one.hash] === undefined)).toBe(true);
  });

  it('examples pass', () => {
    const examples =
      'postgres://user:password@host:5432/database token: "a-token-of-the-test-itself" password = correct-horse-battery-staple';
    expect(secretsIn('docs', examples)).toEqual([]);
  });
});
