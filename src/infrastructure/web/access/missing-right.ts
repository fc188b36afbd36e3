import { rolesFor, type Action, type Principal } from '../../../application/kernel/access';
import { HttpProblem } from '../../api/problem/problem';
import { inBoth, inEveryLanguage, sentences } from '../../phrasing/sentences';

/** What an official lacks for a page that was asked for: another role, or that it were theirs. */
export const missingRight = (principal: Principal, action: Action, lacks: 'role' | 'subject'): HttpProblem => {
  if (principal.kind !== 'official') return new HttpProblem({ code: 'forbidden' });
  if (lacks === 'subject')
    return new HttpProblem({
      code: 'forbidden',
      detail: inBoth.frame.missingRight.youAskedAnotherCivil,
    });
  const roles = inEveryLanguage((locale) =>
    rolesFor(action)
      .map((role) => sentences[locale].frame.roles[role])
      .join(sentences[locale].frame.missingRight.or),
  );
  return new HttpProblem({
    code: 'forbidden',
    detail: inBoth.frame.missingRight.role({ roles }),
  });
};
