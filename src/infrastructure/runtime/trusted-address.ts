import { isIPv6 } from 'node:net';

/** The host of `host` or `host:port` in its one form, an IPv6 address in brackets; `undefined` for what is none. */
export const hostOf = (text: string): string | undefined => {
  const url = `http://${isIPv6(text) ? `[${text}]` : text}`;
  if (/[/?#@\\\s]/.test(text) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/\.$/, '');
};

/** Whether this name or address leads to this machine and nowhere else. IPv6 with or without its brackets. */
export const isThisMachine = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostOf(host) ?? '');

/** Whether what is said there can be believed, and secrets sent there stay secret: over HTTPS, or on this machine. */
export const isTrustedAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
};
