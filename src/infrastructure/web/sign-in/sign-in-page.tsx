import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import type { PersonToTry } from '../home/people-to-try';
import { ProviderLink } from './provider-pages';
import { sentences } from '../../phrasing/sentences';
import { roles } from '../../../application/kernel/access';
import { Enter } from '../home/enter';
import { navigationOf } from '../page/navigation';

/** Whether this page is in the menu of the role, or below one that is. */
const leadsTo = (role: (typeof roles)[number], path: string): boolean =>
  navigationOf(role).some(({ href }) => path === href || path.startsWith(`${href}/`));

/** Where people try it out: those who may open the page that was asked for, each one click away from it. */
const RolesHere = ({
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

/** A token goes in by hand and stays out of addresses; what is kept afterwards is a cookie that says nothing. */
export const SignInPage = ({
  context,
  to,
  refused,
  people,
  ways,
}: {
  readonly context: PageContext;
  readonly to: string;
  readonly refused: boolean;
  readonly people: readonly PersonToTry[];
  /** how one may come in here */
  readonly ways: { readonly provider: boolean; readonly token: boolean };
}): VNode => {
  const words = sentences[context.locale].signIn.local;
  return (
    <Document context={context} title={words.title} side="public" faulty={refused}>
      <ErrorSummary title={words.summary} faults={refused ? [{ field: 'token', message: words.refused }] : []} />
      <Heading lead={words.lead}>{words.title}</Heading>
      {context.development ? <RolesHere context={context} to={to} people={people} /> : null}
      {ways.provider ? <ProviderLink context={context} to={to} /> : null}
      {ways.token ? <TokenForm context={context} to={to} refused={refused} /> : null}
    </Document>
  );
};

const TokenForm = ({
  context: { locale },
  to,
  refused,
}: {
  readonly context: PageContext;
  readonly to: string;
  readonly refused: boolean;
}): VNode => {
  const words = sentences[locale].signIn.local;
  return (
    <form method="post" action="/intra" novalidate>
      <input type="hidden" name="spre" value={to} />
      <TextField
        name="token"
        label={words.token}
        hint={
          <>
            {words.hint} <code>tichet token --role staff --staff ID</code>
          </>
        }
        type="password"
        autocomplete="off"
        spellcheck={false}
        fault={refused ? words.refused : undefined}
      />
      <button>{words.enter}</button>
    </form>
  );
};
