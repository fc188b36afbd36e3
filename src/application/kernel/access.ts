import type { Ground, RequestIdentity } from '../../domain/request/facts';
import type { Actor } from '../../domain/kernel/fact';
import { isStaffId } from '../../domain/staff/staff-member';

export const roles = ['staff', 'head', 'registry', 'admin', 'auditor', 'reports', 'integrator'] as const;
export type Role = (typeof roles)[number];
export const isRole = (text: unknown): text is Role => roles.some((role) => role === text);

/** The caller. A citizen has no account: the manage token proves one ticket, the booking token one found request. */
export type Principal =
  | { readonly kind: 'citizen'; readonly ticketId: string }
  | {
      readonly kind: 'booking';
      readonly request: RequestIdentity;
      readonly ground: Ground['kind'];
      /** of the token that says so */
      readonly tokenId: string;
    }
  | Official;
export type Official = {
  readonly kind: 'official';
  readonly role: Role;
  /** who it is, as facts name them: an id of the staff directory, a pseudonym, or `service.NAME` of a program */
  readonly person: string;
  /** the same, where it is an id of the staff directory; of `staff` and `head` always */
  readonly staffId?: string;
  /** of `staff` and `head`, as the log has it now */
  readonly departmentCode?: string;
};

// no id of the staff directory has a dot, so that none of the three can be taken for another
const pseudonymForm = /^p\.[a-z0-9]{1,32}$/;
const serviceForm = /^service\.\w[\w.-]{0,63}$/;
/** The id of a person who has none in the staff directory: only the directory of people knows who it is, until the name is erased there. */
export const isPseudonym = (person: string): boolean => pseudonymForm.test(person);
/** The key of the name behind a pseudonym: once it is destroyed, the pseudonym cannot be traced to a person any more. */
export const keyOfPerson = (person: string): string => `person:${person}`;
/** A program: no human act is its own. */
export const isService = (person: string): boolean => serviceForm.test(person);
export const serviceNamed = (name: string): string => `service.${name}`;

const canBe = (role: Role, person: string): boolean => {
  if (isService(person)) return role === 'integrator' || role === 'reports';
  if (role === 'integrator') return false;
  return isStaffId(person) || (isPseudonym(person) && role !== 'staff' && role !== 'head');
};

/** The official that this person, or program, is in this role; `undefined` for who can have no such role. */
export const officialBy = (role: Role, person: string): Official | undefined => {
  if (!canBe(role, person)) return undefined;
  return { kind: 'official', role, person, ...(isStaffId(person) ? { staffId: person } : {}) };
};

/**
 * On whose behalf something is written: a principal, one of the service's own processes, a provider whose signed message the service has
 * checked, an operator at the console of the service, a caller who did not have to say who they are, or a host that has decided by its own
 * rules.
 */
export type Asker =
  | Exclude<Principal, { readonly kind: 'booking' }>
  | { readonly kind: 'booking'; readonly request: RequestIdentity }
  | { readonly kind: 'process' | 'provider'; readonly name: string }
  /** `person`: the pseudonym of the user of the system */
  | { readonly kind: 'command-line'; readonly person: string }
  | { readonly kind: 'everybody' | 'host' };

/** Who stands in the facts: a pseudonymous id, never a name. `about`: what a citizen has asked for, who has no other name. */
export const actorOf = (asker: Asker, about: string): Actor => {
  switch (asker.kind) {
    case 'official':
      return { kind: isService(asker.person) ? 'system' : asker.role === 'auditor' ? 'auditor' : 'staff', id: asker.person };
    case 'process':
    case 'provider':
      return { kind: 'system', id: asker.name };
    case 'command-line':
      return { kind: 'system', id: `${asker.kind}.${asker.person}` };
    case 'host':
      return { kind: 'system', id: asker.kind };
    case 'citizen':
    case 'booking':
    case 'everybody':
      return { kind: 'citizen', id: about };
  }
};

/**
 * Names the principal for ever: the same key of two principals is two commands, and each principal has bounds of its own. A citizen who
 * knows the three data of a request gets a token of their own for it: they neither read the answers that another holder of such a token
 * got, nor use up what that one may ask. Getting more tokens brings no advantage, for a lookup of known data is as free. A ticket's manage
 * token is one secret: every holder of it is the same principal.
 */
export const principalKey = (principal: Principal): string => {
  switch (principal.kind) {
    case 'citizen':
      return `citizen:${principal.ticketId}`;
    case 'booking':
      return `booking:${principal.request.number}:${principal.request.filedOn}:${principal.tokenId}`;
    case 'official':
      return `${principal.role}:${principal.person}`;
  }
};
