import ipaddr from 'ipaddr.js';
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** Every address of a name, as the system resolves it. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

/** Anything but an address of the open internet: loopback, private, link-local, shared, multicast, and IPv6 forms that hide an IPv4. */
export const isPublicAddress = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** The host of a URL when it is written as an address, without the brackets of IPv6. */
export const literalAddressOf = (url: string): string | undefined => {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
};

class AddressNotPublic extends Error {
  readonly code = 'ADDRESS_NOT_PUBLIC';
}

/**
 * Resolves a name for one connection and gives only addresses of the open internet. The socket connects to what was looked at here and
 * asks no second time, so a name that changes its address in between (DNS rebinding) leads nowhere else.
 */
export const publicLookup =
  (resolve: Resolve = systemResolve): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const allowed = addresses.filter(({ address }) => isPublicAddress(address));
        const [first] = allowed;
        if (first === undefined) callback(new AddressNotPublic('The name leads to no public address.'), '', 0);
        else if (options.all === true) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new AddressNotPublic('The name cannot be resolved.'), '', 0);
      },
    );
  };
