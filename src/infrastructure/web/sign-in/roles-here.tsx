import type { VNode } from 'preact';
import { roles } from '../../../application/kernel/access';
import { Enter } from '../home/enter';
import type { PersonToTry } from '../home/people-to-try';
import { navigationOf } from '../page/navigation';
import type { PageContext } from '../page/page-context';
import { sentences } from '../../phrasing/sentences';

/** Whether this page is in the menu of the role, or below one that is. */
const leadsTo = (role: (typeof roles)[number], path: string): boolean =>
  navigationOf(role).some(({ href }) => path === href || path.startsWith(`${href}/`));

/** Where people try it out: those who may open the page that was asked for, each one click away from it. */
export const RolesHere = ({
  context: { locale },
  to,
  people,
}: {
  readonly context: PageContext;
  readonly to: string;
  readonly people: readonly PersonToTry[];
}): VNode => {
  const words = sentences[locale].signIn.local;
  const path = to.split('?')[0] ?? '';
  const persons = people.filter(({ role }) => leadsTo(role, path));
  const others = roles.filter((role) => role !== 'staff' && role !== 'head' && leadsTo(role, path));
  return (
    <section class="notice" aria-labelledby="incercare">
      <h2 id="incercare">{words.tryTitle}</h2>
      {persons.length + others.length === 0 ? null : (
        <>
          <p>{words.mayOpen}</p>
          <ul class="people">
            {[
              ...others.map((role) => ({ role, name: sentences[locale].frame.roles[role], about: '' })),
              ...persons.map(({ role, staffId, name, department }) => ({ role, staffId, name, about: department })),
            ].map(({ name, about, ...who }) => (
              <li>
                <span>
                  {name} <small>{about}</small>
                </span>
                <Enter {...who} text={words.enter} about={`${words.as} ${name}`} to={to} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/">{words.roles}</a>
      </p>
    </section>
  );
};
