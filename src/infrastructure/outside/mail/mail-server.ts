import { isThisMachine } from '../../runtime/trusted-address';

const clearWhen = { requireTLS: 'false', secure: 'false', ignoreTLS: 'true', opportunisticTLS: 'true' } as const;

const noCertificate = /^(?:false|0|no|off)$/i;

/**
 * Whether the address of a mail server asks for letters in clear, or to a server whose certificate is not checked, as far as the connection
 * would obey it.
 */
export const asksForLess = ({ searchParams }: URL): boolean =>
  noCertificate.test(searchParams.get('tls.rejectUnauthorized') ?? '') ||
  Object.entries(clearWhen).some(([name, value]) => searchParams.get(name)?.toLowerCase() === value);

/** The same address, insisting on TLS: STARTTLS where the connection begins without it. On this machine there is no listener in between. */
export const insistingOnTls = (url: string): string => {
  const address = new URL(url);
  if (isThisMachine(address.hostname)) return url;
  for (const name of Object.keys(clearWhen)) address.searchParams.delete(name);
  if (address.protocol === 'smtp:') address.searchParams.set('requireTLS', 'true');
  return address.href;
};
