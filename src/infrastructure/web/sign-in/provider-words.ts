import type { Words } from '../../phrasing/words/both';

type ProviderWords = {
  readonly enter: string;
  readonly otherAccount: string;
  readonly notSignedIn: string;
  readonly tryAgain: string;
  readonly signedOut: string;
  readonly stillThere: string;
  readonly closeBrowser: string;
  readonly leaveProvider: string;
};

export const providerWords: Words<ProviderWords> = {
  ro: {
    enter: 'Intră cu contul instituției',
    otherAccount: 'Intră cu alt cont',
    notSignedIn: 'Nu ați intrat',
    tryAgain:
      'Furnizorul de identitate nu a confirmat intrarea, sau ea a durat prea mult ori a fost începută în alt browser. Încercați din nou.',
    signedOut: 'Ați ieșit',
    stillThere:
      'Din acest serviciu ați ieșit. La contul instituției sunteți încă intrat: ieșiți și de acolo, mai ales de pe un calculator folosit și de alții.',
    closeBrowser:
      'Din acest serviciu ați ieșit. Furnizorul de identitate nu are acum o pagină de ieșire: pe un calculator folosit și de alții închideți browserul.',
    leaveProvider: 'Ieși din contul instituției',
  },
  en: {
    enter: 'Sign in with the institution’s account',
    otherAccount: 'Sign in with another account',
    notSignedIn: 'You are not signed in',
    tryAgain: 'The identity provider has not confirmed it, or it took too long or was begun in another browser. Try again.',
    signedOut: 'You are signed out',
    stillThere:
      'You have left this service. You are still signed in to the institution’s account: sign out there too, above all on a computer that others use.',
    closeBrowser:
      'You have left this service. The identity provider has no sign-out page now: on a computer that others use, close the browser.',
    leaveProvider: 'Sign out of the institution’s account',
  },
};
