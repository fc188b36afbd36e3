import type { RequestIdentity } from '../../../domain/request/facts';

/** Of no person: a number and a date. */
export const requestPath = ({ number, filedOn }: RequestIdentity): string =>
  `/registratura/cereri/${encodeURIComponent(number)}/${filedOn}`;
