import type { FastifyRequest } from 'fastify';
import { hostOf, isThisMachine } from '../../runtime/trusted-address';

/** They hold nothing personal. Machines that know this one by another name ask them. */
const underAnyHost = /^\/(?:health(?:\/.*)?|metrics)$/;

/**
 * Whether this service answers under the host that a request names: its own (`hosts`) or this machine’s. A page of a stranger whose name
 * was led to our address (DNS rebinding) names the stranger’s host: it is told nothing.
 */
export const answersUnder = (hosts: readonly string[]): ((request: FastifyRequest) => boolean) => {
  const own = new Set(hosts.map((host) => hostOf(host)));
  return ({ headers, routeOptions }) => {
    if (underAnyHost.test(routeOptions.url ?? '')) return true;
    const host = hostOf(headers.host ?? '');
    return host !== undefined && (own.has(host) || isThisMachine(host));
  };
};
