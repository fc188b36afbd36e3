import type { Role } from '../../src/application/kernel/access';

/** Who acts in this role, in tests that say no more: one person for each, and a program where only those may. */
export const personFor = (role: Role, staffId?: string): string => (role === 'integrator' ? 'service.test' : (staffId ?? `p.${role}`));
