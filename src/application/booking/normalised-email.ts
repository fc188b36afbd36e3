/**
 * The address under which e-mails are compared and counted: never shown, never kept. A domain has many spellings (full width, other dots,
 * punycode) and is one, where letters go.
 */
export const normalisedEmail = (email: string): string => {
  const [domain = '', ...before] = email.trim().normalize('NFC').toLowerCase().split('@').toReversed();
  const url = `http://${domain}/`;
  const host = URL.canParse(url) ? new URL(url).hostname : domain;
  return [...before.toReversed(), host.replace(/\.$/, '')].join('@');
};
