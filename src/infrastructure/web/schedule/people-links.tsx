import type { VNode } from 'preact';
import type { Colleague } from './people';

/** The people of a department as a row of links; the one shown is marked. */
export const PeopleLinks = ({
  label,
  all,
  people,
  shown,
  hrefOf,
}: {
  readonly label: string;
  /** the link to everybody, where there is one */
  readonly all?: { readonly href: string; readonly text: string };
  readonly people: readonly Colleague[];
  readonly shown: string | undefined;
  readonly hrefOf: (staffId: string) => string;
}): VNode | null =>
  people.length === 0 ? null : (
    <nav class="people-links" aria-label={label}>
      {all === undefined ? null : (
        <a href={all.href} aria-current={shown === undefined ? 'true' : undefined}>
          {all.text}
        </a>
      )}
      {people.map(({ staffId, name }) => (
        <a href={hrefOf(staffId)} aria-current={shown === staffId ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
