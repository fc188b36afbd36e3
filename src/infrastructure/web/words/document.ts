import type { Role } from '../../../application/kernel/access';
import type { Words } from '../../phrasing/words/both';

type DocumentWords = {
  readonly itself: string;
  readonly cityHall: string;
  readonly description: string;
  readonly menu: string;
  readonly language: string;
  readonly signOut: string;
  readonly skip: string;
  readonly fault: string;
  readonly procedure: string;
  readonly accessibility: string;
  readonly personalData: string;
  readonly roles: Readonly<Record<Role, string>>;
};

/** What the frame of every page says. */
export const documentWords: Words<DocumentWords> = {
  ro: {
    itself: 'Română',
    cityHall: 'Primăria municipiului Cluj-Napoca',
    description: 'Tichet albastru: o întâlnire de 15 minute cu funcționarul care se ocupă de cererea dumneavoastră.',
    menu: 'Meniu',
    language: 'Limba',
    signOut: 'Ieșire',
    skip: 'Sari la conținut',
    fault: 'Eroare: ',
    procedure: 'Procedura',
    accessibility: 'Accesibilitate',
    personalData: 'Date personale',
    roles: {
      staff: 'Funcționar',
      head: 'Șef de serviciu',
      registry: 'Registratură',
      admin: 'Administrator',
      auditor: 'Auditor',
      reports: 'Conducere',
      integrator: 'Integrator',
    },
  },
  en: {
    itself: 'English',
    cityHall: 'Cluj-Napoca City Hall',
    description: 'The blue ticket: a 15-minute meeting with the civil servant who handles your request.',
    menu: 'Menu',
    language: 'Language',
    signOut: 'Sign out',
    skip: 'Skip to content',
    fault: 'Error: ',
    procedure: 'Procedure',
    accessibility: 'Accessibility',
    personalData: 'Personal data',
    roles: {
      staff: 'Civil servant',
      head: 'Head of service',
      registry: 'Registry',
      admin: 'Administrator',
      auditor: 'Auditor',
      reports: 'Management',
      integrator: 'Integrator',
    },
  },
};
