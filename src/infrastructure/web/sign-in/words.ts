import type { Words } from '../../phrasing/words/both';

type SignInWords = {
  readonly title: string;
  readonly lead: string;
  readonly token: string;
  readonly hint: string;
  readonly enter: string;
  readonly summary: string;
  readonly refused: string;
  readonly tryTitle: string;
  readonly mayOpen: string;
  readonly as: string;
  readonly roles: string;
};

export const signInWords: Words<SignInWords> = {
  ro: {
    title: 'Intrare pentru funcționari',
    lead: 'Cetățenii nu au nevoie de cont: o programare se face cu numărul cererii, numele și data depunerii.',
    token: 'Jetonul de acces',
    hint: 'Îl face un administrator, pentru o zi de lucru, acolo unde rulează serviciul, cu',
    enter: 'Intră',
    summary: 'Nu ați intrat',
    refused: 'Jetonul nu este al acestei instalări sau a expirat. Cereți altul.',
    tryTitle: 'Instalare de încercare: nu este nevoie de jeton',
    mayOpen: 'Pagina cerută o pot deschide:',
    as: 'ca',
    roles: 'Toate rolurile, fiecare la un clic, sunt pe prima pagină',
  },
  en: {
    title: 'Sign in for civil servants',
    lead: 'Citizens need no account: an appointment takes the number of the request, the name and the filing date.',
    token: 'Access token',
    hint: 'An administrator makes it for one working day, where the service runs, with',
    enter: 'Sign in',
    summary: 'You are not signed in',
    refused: 'The token is not of this installation, or it has expired. Ask for another.',
    tryTitle: 'An installation for trying it out: no token is needed',
    mayOpen: 'The page that was asked for can be opened by:',
    as: 'as',
    roles: 'All roles, one click each, are on the first page',
  },
};
