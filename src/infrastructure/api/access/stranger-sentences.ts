import type { Stranger } from '../../outside/identity/claims-of-officials';
import type { BothLanguages } from '../../phrasing/problems/catalogue';
import { HttpProblem } from '../problem/problem';

const sentences: Readonly<Record<Stranger['lacks'], BothLanguages>> = {
  role: {
    ro: 'Contul dumneavoastră nu are niciun rol în acest serviciu. Rolul îl dă administratorul conturilor instituției.',
    en: 'Your account has no role in this service. The administrator of the institution’s accounts gives one.',
  },
  'staff-id': {
    ro: 'Contul dumneavoastră are rolul unui funcționar, dar nu spune care: îi lipsește identificatorul din lista funcționarilor. Îl adaugă administratorul conturilor instituției.',
    en: 'Your account has the role of a civil servant but does not say which one: it lacks the id of the staff directory. The administrator of the institution’s accounts adds it.',
  },
};

/** Their id is in no staff directory of ours, or they have left. */
export const forbiddenToUnknownStaff = (): HttpProblem =>
  new HttpProblem({
    code: 'forbidden',
    detail: {
      ro: 'Contul dumneavoastră este al unei persoane care nu este în lista funcționarilor, sau care a plecat. Lista o ține administratorul acestui serviciu.',
      en: 'Your account is of a person who is not in the staff directory, or who has left. The administrator of this service keeps the directory.',
    },
  });

/** The provider knows them, and we do not: what their account lacks, for whoever can mend it. */
export const forbiddenTo = ({ lacks }: Stranger): HttpProblem => new HttpProblem({ code: 'forbidden', detail: sentences[lacks] });
