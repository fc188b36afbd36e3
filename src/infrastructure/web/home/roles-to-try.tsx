import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { Enter } from './enter';
import type { PersonToTry } from './people-to-try';
import { type RequestToTry, RequestsToTry } from './requests-to-try';
import { sentences } from '../../phrasing/sentences';

/** Who can do what, each with the click that leads there. */
export const RolesToTry = ({
  context,
  people,
  toTry,
}: {
  readonly context: PageContext;
  readonly people: readonly PersonToTry[];
  readonly toTry: readonly RequestToTry[];
}): VNode => {
  const words = sentences[context.locale].home;
  return (
    <section aria-labelledby="roluri" class="try">
      <h2 id="roluri">{words.tryTitle}</h2>
      <p>{words.tryLead}</p>
      <div class="cards">
        <article class="card">
          <h3>{words.citizenTitle}</h3>
          <p>{words.citizenText}</p>
          <RequestsToTry context={context} toTry={toTry} />
        </article>
        <article class="card">
          <h3>{words.staffTitle}</h3>
          <p>{words.staffText}</p>
          <ul class="people">
            {people.map(({ staffId, role, name, department }) => (
              <li>
                <span>
                  {name} <small>{role === 'head' ? `${words.head}, ${department}` : department}</small>
                </span>
                <Enter role={role} staffId={staffId} text={words.enter} about={`${words.as} ${name}`} />
              </li>
            ))}
          </ul>
        </article>
      </div>
      <div class="others">
        {(['auditor', 'reports', 'registry', 'admin'] as const).map((role) => (
          <article class="card">
            <h3>{words.others[role].title}</h3>
            <p>{words.others[role].text}</p>
            <Enter role={role} text={words.enter} about={`${words.as} ${words.others[role].title}`} />
          </article>
        ))}
        <article class="card">
          <h3>{words.lettersTitle}</h3>
          <p>{words.lettersText}</p>
          <p>
            <a class="button second" href="/dev/mailbox">
              {words.letters}
            </a>
          </p>
        </article>
      </div>
    </section>
  );
};
