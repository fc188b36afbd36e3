import { rolesFor, type Action, type Principal } from '../../../application/kernel/access';
import { HttpProblem } from '../../api/problem/problem';
import { sentences } from '../../phrasing/sentences';

/** What an official lacks for a page that was asked for: another role, or that it were theirs. */
export const missingRight = (principal: Principal, action: Action, lacks: 'role' | 'subject'): HttpProblem => {
  if (principal.kind !== 'official') return new HttpProblem({ code: 'forbidden' });
  if (lacks === 'subject')
    return new HttpProblem({
      code: 'forbidden',
      detail: {
        ro: 'Ce ați cerut este al altui funcționar sau al altui compartiment.',
        en: 'What you asked for is another civil servant’s, or another department’s.',
      },
    });
  const named = (locale: 'ro' | 'en', or: string): string =>
    rolesFor(action)
      .map((role) => sentences[locale].frame.roles[role])
      .join(` ${or} `);
  return new HttpProblem({
    code: 'forbidden',
    detail: {
      ro: `Pagina cere rolul: ${named('ro', 'sau')}. Rolurile le dă administratorul.`,
      en: `The page needs the role: ${named('en', 'or')}. The administrator gives roles.`,
    },
  });
};
