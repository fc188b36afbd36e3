import type { AnswerChannel, RequestStatus } from '../../../domain/request/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type RegistryWords = {
  readonly title: string;
  readonly lead: string;
  readonly importTitle: string;
  readonly importText: string;
  readonly importDo: string;
  readonly newTitle: string;
  readonly newText: string;
  readonly newDo: string;
  readonly requests: string;
  readonly requestsCount: Forms;
  readonly find: string;
  readonly findHint: string;
  readonly findDo: string;
  readonly notFound: (number: string) => string;
  readonly all: string;
  readonly leftBehind: Forms;
  readonly leftBehindShow: string;
  readonly leftBehindTitle: string;
  readonly none: string;
  readonly next: string;
  readonly first: string;
  readonly filedOn: string;
  readonly until: string;
  readonly statuses: Readonly<Record<RequestStatus, string>>;
  readonly channels: Readonly<Record<AnswerChannel, string>>;
};

export const registryWords: Words<RegistryWords> = {
  ro: {
    title: 'Registratură',
    lead: 'Cererile înregistrate și răspunsurile comunicate, din care se află cine poate cere un tichet albastru (Art. 2).',
    importTitle: 'Dintr-un fișier',
    importText: 'Cereri și răspunsuri, CSV sau NDJSON, cum le dă sistemul de documente.',
    importDo: 'Importă cereri',
    newTitle: 'De mână',
    newText: 'O cerere care lipsește din fișiere sau trebuie îndreptată.',
    newDo: 'Înregistrează o cerere',
    requests: 'Cereri înregistrate',
    requestsCount: { one: 'o cerere', few: '# cereri', other: '# de cereri' },
    find: 'Număr cerere',
    findHint: 'De exemplu 154997 sau 154997/425/04.03.2021. Numerele se iau de la capăt în fiecare an.',
    findDo: 'Caută',
    notFound: (number) => `Nu este înregistrată nicio cerere cu numărul ${number}.`,
    all: 'Arată toate cererile',
    leftBehind: {
      one: 'O cerere în lucru este la un funcționar care a plecat.',
      few: '# cereri în lucru sunt la funcționari care au plecat.',
      other: '# de cereri în lucru sunt la funcționari care au plecat.',
    },
    leftBehindShow: 'Arată-le',
    leftBehindTitle: 'Cereri în lucru la funcționari care au plecat',
    none: 'Nu este înregistrată nicio cerere.',
    next: 'Pagina următoare',
    first: 'De la început',
    filedOn: 'depusă la',
    until: 'clarificări până la',
    statuses: {
      'in-operation': 'în lucru',
      answered: 'cu răspuns',
      closed: 'închisă',
      redirected: 'redirecționată',
      archived: 'arhivată',
    },
    channels: { email: 'e-mail', post: 'poștă', pickup: 'ridicat de la sediu' },
  },
  en: {
    title: 'Registry',
    lead: 'Registered requests and communicated answers, which say who may ask for a blue ticket (Art. 2).',
    importTitle: 'From a file',
    importText: 'Requests and answers, CSV or NDJSON, as the document system gives them.',
    importDo: 'Import requests',
    newTitle: 'By hand',
    newText: 'A request that the files do not have, or that must be corrected.',
    newDo: 'Register a request',
    requests: 'Registered requests',
    requestsCount: { one: 'one request', other: '# requests' },
    find: 'Request number',
    findHint: 'For example 154997 or 154997/425/04.03.2021. Numbers begin anew every year.',
    findDo: 'Find',
    notFound: (number) => `No request is registered under the number ${number}.`,
    all: 'Show all requests',
    leftBehind: {
      one: 'One request in operation is with a civil servant who has left.',
      other: '# requests in operation are with civil servants who have left.',
    },
    leftBehindShow: 'Show them',
    leftBehindTitle: 'Requests in operation with civil servants who have left',
    none: 'No request is registered.',
    next: 'Next page',
    first: 'From the beginning',
    filedOn: 'filed on',
    until: 'clarifications until',
    statuses: {
      'in-operation': 'in operation',
      answered: 'answered',
      closed: 'closed',
      redirected: 'redirected',
      archived: 'archived',
    },
    channels: { email: 'e-mail', post: 'post', pickup: 'picked up at City Hall' },
  },
};
