import type { Role } from '../../../application/kernel/access';

type Entry = { readonly href: string; readonly label: { readonly ro: string; readonly en: string } };

const meetings: Entry = { href: '/programari', label: { ro: 'Programări Webex', en: 'Webex appointments' } };
const tasks: Entry = { href: '/sarcini', label: { ro: 'Sarcini', en: 'Tasks' } };
const ownTime: Entry = { href: '/program', label: { ro: 'Program și absențe', en: 'Hours and absences' } };
const window: Entry = { href: '/termene', label: { ro: 'Termene de 30 de zile', en: '30-day windows' } };
const audit: Entry = { href: '/audit', label: { ro: 'Audit', en: 'Audit' } };
const figures: Entry = { href: '/rapoarte', label: { ro: 'Rapoarte', en: 'Figures' } };
const registry: Entry = { href: '/registratura', label: { ro: 'Registratură', en: 'Registry' } };
const administration: Entry = { href: '/administrare', label: { ro: 'Administrare', en: 'Administration' } };

const byRole: Readonly<Record<Role, readonly Entry[]>> = {
  staff: [meetings, tasks, ownTime, window],
  head: [meetings, tasks, ownTime, window],
  registry: [registry, window],
  admin: [administration, registry],
  auditor: [audit, window],
  reports: [figures],
  integrator: [],
};

/** What the menu of this role leads to. */
export const navigationOf = (role: Role): readonly Entry[] => byRole[role];

/** The first page of a role. */
export const firstPageOf = (role: Role): string => navigationOf(role)[0]?.href ?? '/';
