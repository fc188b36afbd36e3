import type { FastifyRequest } from 'fastify';
import { isDeepStrictEqual } from 'node:util';
import type { Official, Principal } from '../../../application/kernel/access';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { hasLeft } from '../../../domain/staff/staff-member';
import { civilDateOf } from '../../../domain/time/civil-time';
import type { Stranger } from '../../outside/identity/claims-of-officials';
import type { Tokens } from '../../outside/identity/officials-tokens';
import type { AddressParts } from './subjects';

const bearer = /^Bearer ([\w.~+/=-]{1,8192})$/i;
const isSignedToken = (token: string): boolean => token.split('.').length === 3;

export const bearerTokenOf = (request: FastifyRequest): string | undefined => bearer.exec(request.headers.authorization ?? '')?.[1];

/**
 * The log says who a staff member is now; the token says only who they were when it was made. `undefined` for a person who has left, and
 * for an id that the staff directory does not have to the letter. A head who no longer heads a department has the role `staff`.
 */
export const asTheLogHasIt = async (ports: Ports, official: Official): Promise<Official | undefined> => {
  if (official.staffId === undefined) return official;
  const staff = await currentStaff(ports, official.staffId);
  if (staff.status === 'unknown' || hasLeft(staff, civilDateOf(ports.clock.now()))) return undefined;
  if (official.role !== 'staff' && official.role !== 'head') return official;
  const role = official.role === 'head' && staff.role !== 'executive' ? 'head' : 'staff';
  return { ...official, role, departmentCode: staff.departmentCode };
};

/** Who a token stands for; `undefined` when it stands for no one. A manage token opens its own ticket only. */
export const principalOf = async (
  ports: Ports,
  tokens: Pick<Tokens, 'read'>,
  token: string,
  path: AddressParts,
  query: AddressParts,
): Promise<Principal | Stranger | undefined> => {
  if (isSignedToken(token)) {
    const principal = await tokens.read(token);
    return principal?.kind === 'official' ? asTheLogHasIt(ports, principal) : principal;
  }
  const ticketId = path['id'] ?? query['ticketId'];
  return ticketId !== undefined && (await ports.personalData.isManageToken(ticketId, token)) ? { kind: 'citizen', ticketId } : undefined;
};

/** Who asked, and how it is found out who that is by now. */
export type KnownPrincipal = { readonly principal: Principal; readonly now: () => Promise<Principal | Stranger | undefined> };
const asked = new WeakMap<FastifyRequest, KnownPrincipal>();

export const rememberPrincipal = (request: FastifyRequest, by: KnownPrincipal): void => {
  asked.set(request, by);
};
/** Who asks, once a guard knows it, also where they are not let in; `undefined` on routes for all. */
export const principalOfRequest = (request: FastifyRequest): Principal | undefined => asked.get(request)?.principal;
/** Whether the caller of an open request is still the same: not once they signed out, left, or lost the token, role or department. */
export const isStillTheirs = async (request: FastifyRequest): Promise<boolean> => {
  const by = asked.get(request);
  return by !== undefined && isDeepStrictEqual(await by.now(), by.principal);
};
