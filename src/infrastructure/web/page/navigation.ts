import type { Role } from '../../../application/kernel/access';
import { inBoth, type Sentence } from '../../phrasing/sentences';

type Entry = { readonly href: string; readonly label: Sentence };

const meetings: Entry = { href: '/programari', label: inBoth.frame.navigation.webexAppointments };
const tasks: Entry = { href: '/sarcini', label: inBoth.frame.navigation.tasks };
const ownTime: Entry = { href: '/program', label: inBoth.frame.navigation.hoursAbsences };
const window: Entry = { href: '/termene', label: inBoth.frame.navigation.n30DayWindows };
const audit: Entry = { href: '/audit', label: inBoth.frame.navigation.audit };
const figures: Entry = { href: '/rapoarte', label: inBoth.frame.navigation.figures };
const registry: Entry = { href: '/registratura', label: inBoth.frame.navigation.registry };
const counter: Entry = { href: '/ghiseu', label: inBoth.frame.navigation.counter };
const administration: Entry = { href: '/administrare', label: inBoth.frame.navigation.administration };

const byRole: Readonly<Record<Role, readonly Entry[]>> = {
  staff: [meetings, tasks, ownTime, window],
  head: [meetings, tasks, ownTime, window, audit, figures],
  registry: [registry, counter, window],
  admin: [administration, registry],
  auditor: [audit, window],
  reports: [figures],
  integrator: [],
};

/** What the menu of this role leads to. */
export const navigationOf = (role: Role): readonly Entry[] => byRole[role];

/** Pages to which those of the menu lead although their addresses are not below it. */
const besideMenu: Readonly<Partial<Record<Role, readonly string[]>>> = {
  head: ['/pauze'],
  admin: ['/pauze', '/program/:id/inlocuitori'],
};

const isAtOrBelow = (path: string, page: string): boolean => {
  const parts = path.split('/');
  return page.split('/').every((part, place) => (part.startsWith(':') ? (parts[place] ?? '') !== '' : part === parts[place]));
};

/** Whether this page is in the menu of the role, below one that is, or beside it. */
export const leadsTo = (role: Role, path: string): boolean =>
  [...navigationOf(role).map(({ href }) => href), ...(besideMenu[role] ?? [])].some((page) => isAtOrBelow(path, page));

/** The first page of a role. */
export const firstPageOf = (role: Role): string => navigationOf(role)[0]?.href ?? '/';
