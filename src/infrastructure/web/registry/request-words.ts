import type { Words } from '../../phrasing/words/both';

type RequestWords = {
  readonly back: string;
  readonly newTitle: string;
  readonly newLead: string;
  readonly changeTitle: (number: string) => string;
  readonly changeLead: string;
  readonly cardTitle: (number: string) => string;
  readonly labels: Readonly<
    Record<'number' | 'filedOn' | 'applicantName' | 'handlerStaffId' | 'departmentCode' | 'department' | 'subject' | 'status', string>
  >;
  readonly numberHint: string;
  readonly nameHint: string;
  readonly handlerHint: string;
  readonly staffIdHint: string;
  readonly chooseHandler: string;
  readonly departmentHint: string;
  readonly statusHint: string;
  readonly save: string;
  readonly register: string;
  readonly summary: string;
  readonly erased: string;
  readonly unknownStaff: string;
  readonly activeTicket: string;
  readonly change: string;
  readonly addAnswer: string;
  readonly forget: string;
  readonly answers: string;
  readonly noAnswers: string;
  readonly counts: string;
  readonly communicated: string;
  readonly channel: string;
  readonly advertised: string;
  readonly enforced: string;
  readonly answeredByShown: string;
  readonly lateAdmission: string;
  readonly answerTitle: string;
  readonly answerLead: (number: string) => string;
  readonly answerLabels: Readonly<Record<'documentNumber' | 'communicatedOn' | 'channel' | 'answeredBy', string>>;
  readonly communicatedHint: string;
  readonly answeredByHint: string;
  readonly theHandler: string;
  readonly communicate: string;
  readonly answerSummary: string;
  readonly done: Readonly<Record<'inregistrata' | 'raspuns' | 'raspuns-cunoscut', string>>;
};

export const requestWords: Words<RequestWords> = {
  ro: {
    back: 'Registratură',
    newTitle: 'Înregistrează o cerere',
    newLead: 'O cerere cu același număr și aceeași dată este aceeași cerere: ce scrieți aici înlocuiește ce era.',
    changeTitle: (number) => `Modifică cererea ${number}`,
    changeLead: 'Numai ce se schimbă se consemnează; ce a fost rămâne în istoric.',
    cardTitle: (number) => `Cererea ${number}`,
    labels: {
      number: 'Număr cerere',
      filedOn: 'Data depunerii',
      applicantName: 'Numele solicitantului',
      handlerStaffId: 'Funcționarul care se ocupă',
      departmentCode: 'Codul compartimentului',
      department: 'Compartimentul',
      subject: 'Obiectul cererii',
      status: 'Starea',
    },
    numberHint: 'De exemplu 154997, 154.997 sau 154997/425/04.03.2021.',
    nameHint: 'Așa cum a fost scris pe cerere: cu el va fi căutată.',
    handlerHint: 'Cu el se programează întâlnirea.',
    staffIdHint: 'Identificatorul din lista funcționarilor.',
    chooseHandler: 'Alegeți',
    departmentHint: 'Se lasă gol când este al funcționarului.',
    statusHint: 'Starea „cu răspuns” se obține prin răspunsul comunicat.',
    save: 'Salvează',
    register: 'Înregistrează',
    summary: 'Cererea nu a fost înregistrată',
    erased: 'Datele personale ale acestei cereri au fost șterse: numele și obiectul nu mai pot fi citite și nici scrise din nou.',
    unknownStaff: 'necunoscut',
    activeTicket: 'Tichet în curs',
    change: 'Modifică cererea',
    addAnswer: 'Consemnează un răspuns comunicat',
    forget: 'Șterge datele personale',
    answers: 'Răspunsuri comunicate',
    noAnswers: 'Niciunul.',
    counts: 'după acesta se socotește termenul',
    communicated: 'Comunicat la',
    channel: 'Prin',
    advertised: 'Ziua 30',
    enforced: 'Se poate cere tichet până la',
    answeredByShown: 'Răspuns dat de',
    lateAdmission: 'Admisă peste termen, până la',
    answerTitle: 'Consemnează un răspuns comunicat',
    answerLead: (number) => `La cererea ${number}. De la data comunicării curg cele 30 de zile pentru clarificări (Art. 2 b).`,
    answerLabels: {
      documentNumber: 'Numărul documentului',
      communicatedOn: 'Data comunicării',
      channel: 'Pe ce cale',
      answeredBy: 'Cine a răspuns',
    },
    communicatedHint: 'Ziua în care răspunsul a ajuns la solicitant.',
    answeredByHint: 'Cu el se vor lămuri răspunsurile.',
    theHandler: 'Funcționarul care se ocupă de cerere',
    communicate: 'Consemnează răspunsul',
    answerSummary: 'Răspunsul nu a fost consemnat',
    done: {
      inregistrata: 'Cererea este înregistrată, cu datele de mai jos.',
      raspuns: 'Răspunsul a fost consemnat; termenul pentru clarificări este mai jos.',
      'raspuns-cunoscut': 'Documentul era deja cunoscut: termenul rămâne cel dinainte.',
    },
  },
  en: {
    back: 'Registry',
    newTitle: 'Register a request',
    newLead: 'A request with the same number and the same date is the same request: what you write here replaces what was there.',
    changeTitle: (number) => `Change request ${number}`,
    changeLead: 'Only what changes is recorded; what was stays in the history.',
    cardTitle: (number) => `Request ${number}`,
    labels: {
      number: 'Request number',
      filedOn: 'Filing date',
      applicantName: 'Name of the applicant',
      handlerStaffId: 'Civil servant who handles it',
      departmentCode: 'Code of the department',
      department: 'Department',
      subject: 'Subject of the request',
      status: 'Status',
    },
    numberHint: 'For example 154997, 154.997 or 154997/425/04.03.2021.',
    nameHint: 'As it was written on the request: it will be looked for by this name.',
    handlerHint: 'The meeting will be with this person.',
    staffIdHint: 'The id from the list of civil servants.',
    chooseHandler: 'Choose',
    departmentHint: 'Left empty when it is the civil servant’s.',
    statusHint: 'The status "answered" comes with the communicated answer.',
    save: 'Save',
    register: 'Register',
    summary: 'The request was not registered',
    erased: 'The personal data of this request were erased: name and subject can be neither read nor written again.',
    unknownStaff: 'unknown',
    activeTicket: 'Ticket going on',
    change: 'Change the request',
    addAnswer: 'Record a communicated answer',
    forget: 'Erase personal data',
    answers: 'Communicated answers',
    noAnswers: 'None.',
    counts: 'this one counts for the time limit',
    communicated: 'Communicated on',
    channel: 'By',
    advertised: 'Day 30',
    enforced: 'A ticket may be asked for until',
    answeredByShown: 'Answered by',
    lateAdmission: 'Admitted late, until',
    answerTitle: 'Record a communicated answer',
    answerLead: (number) => `To request ${number}. The 30 days for clarifications run from the day of communication (Art. 2 b).`,
    answerLabels: {
      documentNumber: 'Number of the document',
      communicatedOn: 'Day of communication',
      channel: 'By which way',
      answeredBy: 'Who answered',
    },
    communicatedHint: 'The day on which the answer reached the applicant.',
    answeredByHint: 'Answers will be clarified with this person.',
    theHandler: 'The civil servant who handles the request',
    communicate: 'Record the answer',
    answerSummary: 'The answer was not recorded',
    done: {
      inregistrata: 'The request is registered, with the data below.',
      raspuns: 'The answer was recorded; the time limit for clarifications is below.',
      'raspuns-cunoscut': 'The document was known already: the time limit stays as it was.',
    },
  },
};
