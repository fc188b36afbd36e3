import { inBoth } from '../../phrasing/sentences';
import type { FastifyRequest } from 'fastify';
import type { Official, Principal } from '../../../application/kernel/access';
import { type Action, departmentBound } from '../../../application/kernel/rights';
import { type CommandContext, commandOf } from '../../../application/kernel/execute';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { AskedThrough } from '../../../domain/ticket/facts';
import type { Whose } from '../../../application/staff/whose';
import { HttpProblem } from '../problem/problem';
import { invalidField } from '../problem/invalid';
import { principalOfRequest } from './principals';

const unauthenticated = (): HttpProblem => new HttpProblem({ code: 'unauthenticated' }, { 'WWW-Authenticate': 'Bearer' });

/** The booking token of this request. @throws HttpProblem `unauthenticated` */
export const bookingOf = (request: FastifyRequest): Extract<Principal, { readonly kind: 'booking' }> => {
  const principal = principalOfRequest(request);
  if (principal?.kind === 'booking') return principal;
  throw unauthenticated();
};

export const officialOf = (request: FastifyRequest): Official => {
  const principal = principalOfRequest(request);
  if (principal?.kind === 'official') return principal;
  throw unauthenticated();
};

/** What an official asks for now, once, and not under a key of theirs. @throws HttpProblem `unauthenticated` */
export const contextOf = (request: FastifyRequest, { identifiers, clock }: Pick<Ports, 'identifiers' | 'clock'>): CommandContext =>
  commandOf(officialOf(request), identifiers.next(), clock.now());

/** The staff member behind this request, for what is one's own. @throws HttpProblem `forbidden` */
export const staffIdOf = (request: FastifyRequest): string => {
  const { staffId } = officialOf(request);
  if (staffId === undefined) throw new HttpProblem({ code: 'forbidden' });
  return staffId;
};

export const viewerOf = (request: FastifyRequest): 'citizen' | 'clerk' | 'staff' => {
  const principal = principalOfRequest(request);
  if (principal?.kind !== 'official') return 'citizen';
  return principal.role === 'registry' ? 'clerk' : 'staff';
};

/** What a clerk did for a citizen. @throws HttpProblem `invalid` where it is not said how the citizen asked */
export const throughClerk = (request: FastifyRequest, channel: AskedThrough['channel'] | undefined): AskedThrough => {
  if (channel === undefined) throw invalidField('channel', inBoth.problems.field.sentences.required);
  return { channel, clerk: officialOf(request).person };
};

/** Whose rows a list shows: a named person's, else a head's whole department, else one's own. */
export const whoseOf = (request: FastifyRequest, staffId: string | undefined): Whose => {
  if (staffId !== undefined) return { staffId };
  const { role, departmentCode } = officialOf(request);
  return role === 'head' && departmentCode !== undefined ? { departmentCode } : { staffId: staffIdOf(request) };
};

/**
 * The department that a list is about: the one that was asked for. An official who sees one department alone never gets another.
 * @throws HttpProblem `forbidden`
 */
export const departmentIn = (request: FastifyRequest, action: Action, asked: string | undefined): string | undefined => {
  const bound = departmentBound(officialOf(request), action);
  if (bound === undefined) return asked;
  if (bound.departmentCode === undefined || (asked !== undefined && asked !== bound.departmentCode))
    throw new HttpProblem({ code: 'forbidden' });
  return bound.departmentCode;
};

const saidByStaff = ['citizenAgreed', 'agreedBy', 'agreedAt', 'staffId', 'reasonText'] as const;
type SaidByStaff = Readonly<Partial<Record<(typeof saidByStaff)[number], string | boolean>>> & {
  readonly channel?: AskedThrough['channel'];
};
type Side = { readonly by: 'citizen' | 'staff'; readonly askedThrough?: AskedThrough };

/** Who changes the ticket. What only a civil servant may say is no field of a citizen's. @throws HttpProblem `invalid` */
export const sideOf = (request: FastifyRequest, body: SaidByStaff): Side => {
  const viewer = viewerOf(request);
  const by = viewer === 'staff' ? 'staff' : 'citizen';
  const { channel } = body;
  if (viewer !== 'clerk' && channel !== undefined) throw invalidField('channel', inBoth.api.invalid.clerks);
  const field = saidByStaff.find((name) => body[name] !== undefined);
  if (by === 'citizen' && field !== undefined) throw invalidField(field, inBoth.api.invalid.officials);
  return viewer === 'clerk' ? { by, askedThrough: throughClerk(request, channel) } : { by };
};
