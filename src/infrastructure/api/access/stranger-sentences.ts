import type { Stranger } from '../../outside/identity/claims-of-officials';
import type { BothLanguages } from '../../phrasing/problems/catalogue';
import { HttpProblem } from '../problem/problem';
import { inBoth } from '../../phrasing/sentences';

const sentences: Readonly<Record<Stranger['lacks'], BothLanguages>> = inBoth.api.stranger.sentences;

/** Their id is in no staff directory of ours, or they have left. */
export const forbiddenToUnknownStaff = (): HttpProblem =>
  new HttpProblem({
    code: 'forbidden',
    detail: inBoth.api.stranger.yourAccountPersonNot,
  });

/** The provider knows them, and we do not: what their account lacks, for the person who can mend it. */
export const forbiddenTo = ({ lacks }: Stranger): HttpProblem => new HttpProblem({ code: 'forbidden', detail: sentences[lacks] });
