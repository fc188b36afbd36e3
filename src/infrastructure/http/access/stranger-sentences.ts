import type { Stranger } from '../../identity/claims-of-officials';
import type { BothLanguages } from '../problem/catalogue';
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

/** The provider knows them, and we do not: what their account lacks, for whoever can mend it. */
export const forbiddenTo = ({ lacks }: Stranger): HttpProblem => new HttpProblem({ code: 'forbidden', detail: sentences[lacks] });
