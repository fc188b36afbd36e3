import type { RequestIdentity } from '../../domain/request/facts';
import type { Actor } from '../../domain/kernel/fact';
import { isStaffId } from '../../domain/staff/staff-member';

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
/** Whoever has no id of the staff directory: only the directory of people knows who it is, until it is erased there. */
export const isPseudonym = (person: string): boolean => pseudonymForm.test(person);
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

export const actions = [
  'slots.read',
  'ticket.request',
  'ticket.verify',
  'ticket.read',
  'ticket.change',
  'ticket.handle',
  'ticket.reassign',
  'ticket.forget',
  'calendar.read',
  'staff.schedule',
  'staff.administer',
  'request.register',
  'request.admit-late',
  'day.declare',
  'parked.settle',
  'webhooks.settle',
  'eligibility.read',
  'audit.read',
  'events.read',
  'reports.read',
] as const;
/** Everything that needs permission. What is not granted below is denied. */
export type Action = (typeof actions)[number];

/** What the action is about, as the log has it. `none`: nothing in particular, or whatever is one's own. */
export type Subject =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly staffId: string; readonly departmentCode: string }
  | { readonly kind: 'staff'; readonly staffId: string; readonly departmentCode: string }
  | { readonly kind: 'request'; readonly departmentCode: string | undefined };

/** `own`: what is the person's own; `department`: also what is another's of the same department. */
type Reach = 'own' | 'department' | 'any';
type Grants = Partial<Record<Role | 'citizen' | 'booking', Reach>>;

const ownStaffAndHead: Grants = { staff: 'own', head: 'department' };

const grants: Record<Action, Grants> = {
  'slots.read': { ...ownStaffAndHead, booking: 'own', citizen: 'own' },
  'ticket.request': { booking: 'own' },
  'ticket.verify': { citizen: 'own' },
  'ticket.read': { ...ownStaffAndHead, citizen: 'own' },
  'ticket.change': { ...ownStaffAndHead, citizen: 'own' },
  'ticket.handle': ownStaffAndHead,
  'ticket.reassign': { head: 'department' },
  'ticket.forget': { admin: 'any' },
  'calendar.read': ownStaffAndHead,
  'staff.schedule': ownStaffAndHead,
  'staff.administer': { admin: 'any' },
  'request.register': { registry: 'any', admin: 'any' },
  'request.admit-late': { head: 'department' },
  'day.declare': { admin: 'any' },
  'parked.settle': { admin: 'any' },
  'webhooks.settle': { admin: 'any' },
  'eligibility.read': { staff: 'any', head: 'any', auditor: 'any', registry: 'any' },
  'audit.read': { auditor: 'any' },
  'events.read': { auditor: 'any', integrator: 'any' },
  'reports.read': { reports: 'any' },
};

const nameOf = (principal: Principal): keyof Grants => (principal.kind === 'official' ? principal.role : principal.kind);

const isOwn = (principal: Principal, subject: Subject): boolean => {
  if (subject.kind === 'none') return true;
  if (principal.kind === 'citizen') return subject.kind === 'ticket' && subject.ticketId === principal.ticketId;
  if (principal.kind === 'booking') return false;
  return subject.kind !== 'request' && principal.staffId === subject.staffId;
};
const isOfDepartment = (principal: Principal, subject: Subject): boolean =>
  principal.kind === 'official' &&
  principal.departmentCode !== undefined &&
  subject.kind !== 'none' &&
  principal.departmentCode === subject.departmentCode;

/** Whether this principal may do this. Deny by default: a yes always stands in the table above. */
export const may = (principal: Principal, action: Action, subject: Subject): boolean => {
  const reach = grants[action][nameOf(principal)];
  if (reach === undefined) return false;
  if (reach === 'any') return true;
  return isOwn(principal, subject) || (reach === 'department' && isOfDepartment(principal, subject));
};

/** Whether the role may do this to anything at all; asked before anything is looked up. */
export const mayEver = (principal: Principal, action: Action): boolean => grants[action][nameOf(principal)] !== undefined;

/** The roles of officials that may do this to something. */
export const rolesFor = (action: Action): readonly Role[] => roles.filter((role) => grants[action][role] !== undefined);

/** Who stands in the facts: a pseudonymous id, never a name. */
export const actorOf = (principal: Principal, ticketId: string): Actor => {
  if (principal.kind !== 'official') return { kind: 'citizen', id: ticketId };
  const { role, person } = principal;
  return { kind: isService(person) ? 'system' : role === 'auditor' ? 'auditor' : 'staff', id: person };
};

/** Names the principal for ever: the same key of two principals is two commands. */
export const principalKey = (principal: Principal): string => {
  switch (principal.kind) {
    case 'citizen':
      return `citizen:${principal.ticketId}`;
    case 'booking':
      return `booking:${principal.request.number}:${principal.request.filedOn}`;
    case 'official':
      return `${principal.role}:${principal.person}`;
  }
};
