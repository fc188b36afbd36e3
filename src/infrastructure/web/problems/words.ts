import type { Words } from '../words/both';

type ProblemWords = {
  readonly rule: string;
  readonly later: string;
  readonly next: string;
  readonly start: string;
  readonly procedure: string;
};

export const problemWords: Words<ProblemWords> = {
  ro: {
    rule: 'Regula este în procedură:',
    later: 'Încercați din nou peste puțin timp. Nu s-a pierdut nimic din ce era deja confirmat.',
    next: 'De aici puteți merge la:',
    start: 'prima pagină',
    procedure: 'procedura tichetului albastru',
  },
  en: {
    rule: 'The rule is in the procedure:',
    later: 'Please try again in a little while. Nothing that was confirmed has been lost.',
    next: 'From here you can go to:',
    start: 'the first page',
    procedure: 'the procedure of the blue ticket',
  },
};
