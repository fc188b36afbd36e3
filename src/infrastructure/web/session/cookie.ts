import type { Ports } from '../../../application/kernel/ports/ports';

/**
 * How every cookie of ours is given: for the whole site and for no script, over HTTPS only where the site is. The way back from the
 * identity provider is a link from another site: `strict` would leave the cookie at home.
 */
export const cookieAttributes = ({ cityHall }: Ports) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: cityHall.publicUrl.startsWith('https:') }) as const;

/** Over HTTPS a cookie is bound to this host and to HTTPS by its name. */
export const cookieName = (ports: Ports, name: string): string => (cookieAttributes(ports).secure ? `__Host-${name}` : name);
