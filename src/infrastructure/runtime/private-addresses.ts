import { isIP } from 'node:net';
import { parse, parseCIDR, type IPv4, type IPv6 } from 'ipaddr.js';

const bare = (address: string): IPv4 | IPv6 => {
  const parsed = parse(address);
  return 'isIPv4MappedAddress' in parsed && parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed;
};

/** `10.0.0.0/8`, or one address. */
const holds = (network: string, address: IPv4 | IPv6): boolean => {
  const [base, bits] = network.includes('/') ? parseCIDR(network) : ([parse(network), undefined] as const);
  if (base.kind() !== address.kind()) return false;
  return address.match(base, bits ?? (base.kind() === 'ipv4' ? 32 : 128));
};

/** Whether this address is one of these, or in one of these networks. */
export const isWithin = (address: string, networks: readonly string[]): boolean => {
  const parsed = bare(address);
  return networks.some((network) => holds(network, parsed));
};

/** Whether a stranger's name may lead us to this address: one of the open internet, or one of those that were permitted by name. */
export const mayBeReached = (address: string, permitted: readonly string[]): boolean => {
  return bare(address).range() === 'unicast' || isWithin(address, permitted);
};

/** The host of a URL when it is written as an address, without the brackets of IPv6. */
export const literalAddressOf = (url: string): string | undefined => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
};
