import type { VNode } from 'preact';
import type { Role } from '../../../application/access';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { plainDate } from '../words/dates';
import { homeWords } from './words';

export type PersonToTry = { readonly staffId: string; readonly role: 'staff' | 'head'; readonly name: string; readonly department: string };
type RequestToTry = { readonly number: string; readonly filedOn: string; readonly name: string };

const Enter = ({
  role,
  staffId,
  text,
  about,
}: {
  readonly role: Role;
  readonly staffId?: string;
  readonly text: string;
  readonly about: string;
}): VNode => (
  <form method="post" action="/intra/incercare">
    <input type="hidden" name="role" value={role} />
    {staffId === undefined ? null : <input type="hidden" name="staffId" value={staffId} />}
    <button class="second">
      {text}
      <span class="unseen"> {about}</span>
    </button>
  </form>
);

/** Who can do what, each with the click that leads there. */
const RolesToTry = ({ context, people }: { readonly context: PageContext; readonly people: readonly PersonToTry[] }): VNode => {
  const words = homeWords[context.locale];
  return (
    <section aria-labelledby="roluri">
      <h2 id="roluri">{words.tryTitle}</h2>
      <p>{words.tryLead}</p>
      <div class="cards">
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

const ToTry = ({ context, toTry }: { readonly context: PageContext; readonly toTry: readonly RequestToTry[] }): VNode => {
  const words = homeWords[context.locale];
  return (
    <section class="card" aria-labelledby="cereri">
      <h2 id="cereri">{words.requestsTitle}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.number}</th>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.filedOn}</th>
          </tr>
        </thead>
        <tbody>
          {toTry.map(({ number, filedOn, name }) => (
            <tr>
              <td>{number}</td>
              <td>{name}</td>
              <td>{plainDate(filedOn, context.locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

export const HomePage = ({
  context,
  people,
  toTry,
}: {
  readonly context: PageContext;
  readonly people: readonly PersonToTry[];
  readonly toTry: readonly RequestToTry[];
}): VNode => {
  const words = homeWords[context.locale];
  return (
    <Document context={context} title={words.title} side="public">
      <Heading lead={words.lead}>{words.title}</Heading>
      <p>{words.needs}</p>
      <ul>
        {words.needed.map((what) => (
          <li>{what}</li>
        ))}
      </ul>
      <p>{words.howLong}</p>
      <p class="actions">
        <a class="button" href="/programare">
          {words.start}
        </a>
      </p>
      <p>
        <a href="/tichet">{words.mine}</a> · <a href="/procedura">{words.procedure}</a> · <a href="/intra">{words.officials}</a>
      </p>
      {toTry.length === 0 ? null : <ToTry context={context} toTry={toTry} />}
      {context.development ? <RolesToTry context={context} people={people} /> : null}
    </Document>
  );
};
