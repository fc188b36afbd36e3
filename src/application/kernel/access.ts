import type { RequestIdentity } from '../../domain/request/facts';
import type { Actor } from '../../domain/kernel/fact';

export const roles = ['staff', 'head', 'registry', 'admin', 'auditor', 'reports', 'integrator'] as const;
export type Role = (typeof roles)[number];
export const isRole = (text: unknown): text is Role => roles.some((role) => role === text);

/** Whoever asks. A citizen has no account: the manage token proves one ticket, the booking token one found request. */
export type Principal =
  | { readonly kind: 'citizen'; readonly ticketId: string }
  | { readonly kind: 'booking'; readonly request: RequestIdentity; readonly ground: 'in-operation' | 'clarification' }
  | Official;
export type Official = {
  readonly kind: 'official';
  readonly role: Role;
  /** of `staff` and `head` always; of the others when the token names a person */
  readonly staffId?: string;
  /** of `staff` and `head`, as the log has it now */
  readonly departmentCode?: string;
};

/**
 * On whose behalf something is written: a principal, the machine's own work, a service that signs what it tells us, whoever is at the
 * console of the service, nobody who had to say who they are, or a program that embeds the service and has decided by its own rules.
 */
export type Asker =
  | Exclude<Principal, { readonly kind: 'booking' }>
  | { readonly kind: 'booking'; readonly request: RequestIdentity }
  | { readonly kind: 'process' | 'provider'; readonly name: string }
  | { readonly kind: 'command-line' | 'everybody' | 'host' };

/** Who stands in the facts: a pseudonymous id, never a name. `about`: what a citizen has asked for, who has no other name. */
export const actorOf = (asker: Asker, about: string): Actor => {
  switch (asker.kind) {
    case 'official':
      return { kind: asker.role === 'auditor' ? 'auditor' : 'staff', id: asker.staffId ?? asker.role };
    case 'process':
    case 'provider':
      return { kind: 'system', id: asker.name };
    case 'command-line':
    case 'host':
      return { kind: 'system', id: asker.kind };
    case 'citizen':
    case 'booking':
    case 'everybody':
      return { kind: 'citizen', id: about };
  }
};

/** Names the principal for ever: the same key of two principals is two commands. */
export const principalKey = (principal: Principal): string => {
  switch (principal.kind) {
    case 'citizen':
      return `citizen:${principal.ticketId}`;
    case 'booking':
      return `booking:${principal.request.number}:${principal.request.filedOn}`;
    case 'official':
      return `${principal.role}:${principal.staffId ?? ''}`;
  }
};
