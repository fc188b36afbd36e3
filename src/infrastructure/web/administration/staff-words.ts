import type { StaffRole } from '../../../domain/staff/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type StaffWords = {
  readonly back: string;
  readonly backToList: string;
  readonly title: string;
  readonly lead: string;
  readonly count: Forms;
  readonly none: string;
  readonly add: string;
  readonly importDo: string;
  readonly next: string;
  readonly first: string;
  readonly leftOn: string;
  readonly leavesOn: string;
  readonly roles: Readonly<Record<StaffRole, string>>;
  readonly newTitle: string;
  readonly changeTitle: string;
  readonly labels: Readonly<Record<'staffId' | 'name' | 'role' | 'department' | 'departmentCode' | 'email', string>>;
  readonly staffIdHint: string;
  readonly roleHint: string;
  readonly codeHint: string;
  readonly register: string;
  readonly save: string;
  readonly comeBack: string;
  readonly gone: (date: string) => string;
  readonly summary: string;
  readonly leftTitle: string;
  readonly leftLead: (name: string) => string;
  readonly leftDo: string;
  readonly leftLabel: string;
  readonly leftHint: string;
  readonly leftSummary: string;
  readonly leftConfirm: string;
  readonly meetings: Forms;
  readonly requests: Forms;
  readonly done: Readonly<Record<'inregistrat' | 'plecat', string>>;
};

export const staffWords: Words<StaffWords> = {
  ro: {
    back: 'Administrare',
    backToList: 'Funcționari',
    title: 'Funcționari',
    lead: 'Cei cu care se pot programa întâlniri. Programul și absențele și le trec singuri.',
    count: { one: 'un funcționar', few: '# funcționari', other: '# de funcționari' },
    none: 'Nu este înregistrat niciun funcționar.',
    add: 'Adaugă un funcționar',
    importDo: 'Importă dintr-un fișier',
    next: 'Pagina următoare',
    first: 'De la început',
    leftOn: 'plecat din',
    leavesOn: 'pleacă din',
    roles: { executive: 'funcționar', 'head-of-office': 'șef de birou', 'head-of-service': 'șef de serviciu' },
    newTitle: 'Adaugă un funcționar',
    changeTitle: 'Modifică datele funcționarului',
    labels: {
      staffId: 'Identificator',
      name: 'Numele',
      role: 'Funcția',
      department: 'Compartimentul',
      departmentCode: 'Codul compartimentului',
      email: 'Adresa de e-mail',
    },
    staffIdHint: 'Litere, cifre și liniuțe, fără nume: apare în jurnal și în adrese.',
    roleHint: 'Șefii văd și mută programările întregului compartiment.',
    codeHint: 'De exemplu 425.',
    register: 'Adaugă',
    save: 'Salvează',
    comeBack: 'Înregistrează din nou',
    gone: (date) => `Nu mai este aici din ${date}. Dacă se înregistrează din nou, se pot programa iar întâlniri.`,
    summary: 'Funcționarul nu a fost înregistrat',
    leftTitle: 'Consemnează plecarea',
    leftLead: (name) => `${name} nu mai este aici începând cu ziua pe care o alegeți: zilele de atunci încolo se închid.`,
    leftDo: 'Consemnează plecarea',
    leftLabel: 'Prima zi în care nu mai este',
    leftHint: 'O altă dată o înlocuiește pe cea anunțată.',
    leftSummary: 'Plecarea nu a fost consemnată',
    leftConfirm: 'Consemnează plecarea',
    meetings: {
      one: 'Are o întâlnire programată. Dacă este după plecare, devine o sarcină pe care o vede șeful.',
      few: 'Are # întâlniri programate. Cele de după plecare devin sarcini pe care le vede șeful.',
      other: 'Are # de întâlniri programate. Cele de după plecare devin sarcini pe care le vede șeful.',
    },
    requests: {
      one: 'Are o cerere în lucru: dați-o altcuiva, altfel nu se poate cere tichet pentru ea.',
      few: 'Are # cereri în lucru: dați-le altcuiva, altfel nu se poate cere tichet pentru ele.',
      other: 'Are # de cereri în lucru: dați-le altcuiva, altfel nu se poate cere tichet pentru ele.',
    },
    done: { inregistrat: 'Datele funcționarului sunt înregistrate.', plecat: 'Plecarea a fost consemnată.' },
  },
  en: {
    back: 'Administration',
    backToList: 'Civil servants',
    title: 'Civil servants',
    lead: 'Those who can be met. Hours and absences they enter themselves.',
    count: { one: 'one civil servant', other: '# civil servants' },
    none: 'No civil servant is registered.',
    add: 'Add a civil servant',
    importDo: 'Import from a file',
    next: 'Next page',
    first: 'From the beginning',
    leftOn: 'left on',
    leavesOn: 'leaves on',
    roles: { executive: 'civil servant', 'head-of-office': 'head of office', 'head-of-service': 'head of service' },
    newTitle: 'Add a civil servant',
    changeTitle: 'Change a civil servant’s data',
    labels: {
      staffId: 'Id',
      name: 'Name',
      role: 'Position',
      department: 'Department',
      departmentCode: 'Code of the department',
      email: 'E-mail address',
    },
    staffIdHint: 'Letters, digits and hyphens, no name: it stands in the log and in addresses.',
    roleHint: 'Heads see and move the appointments of the whole department.',
    codeHint: 'For example 425.',
    register: 'Add',
    save: 'Save',
    comeBack: 'Register again',
    gone: (date) => `No longer here since ${date}. Registered again, this person can be met again.`,
    summary: 'The civil servant was not registered',
    leftTitle: 'Record the leaving',
    leftLead: (name) => `${name} is no longer here from the day that you choose: the days from then on are closed.`,
    leftDo: 'Record the leaving',
    leftLabel: 'The first day of no longer being here',
    leftHint: 'Another date replaces the one announced.',
    leftSummary: 'The leaving was not recorded',
    leftConfirm: 'Record the leaving',
    meetings: {
      one: 'One appointment is booked. If it is after the leaving, it becomes a task that the head sees.',
      other: '# appointments are booked. Those after the leaving become tasks that the head sees.',
    },
    requests: {
      one: 'One request is in operation: give it to somebody else, or no ticket can be asked for with it.',
      other: '# requests are in operation: give them to somebody else, or no ticket can be asked for with them.',
    },
    done: { inregistrat: 'The civil servant’s data are registered.', plecat: 'The leaving was recorded.' },
  },
};
