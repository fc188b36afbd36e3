import type { ComponentChildren, VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault } from '../parts/fields';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';

/** Whose time it is, as the pages of a change name them. */
export type Whose = { readonly staffId: string; readonly name: string; readonly own: boolean };

/** What the first step of every change needs to know. */
export type ChangeWanted<Typed> = {
  readonly context: PageContext;
  readonly whose: Whose;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

/** Step 1 of a change of somebody's time: whose it is, what was wrong with the fields, and on to the check. */
export const ChangeFrame = ({
  context,
  whose,
  faults,
  what,
  step,
  children,
}: Omit<ChangeWanted<never>, 'typed'> & {
  readonly what: 'absence' | 'hours';
  /** under the page of the person's time */
  readonly step: string;
  readonly children: ComponentChildren;
}): VNode => {
  const words = sentences[context.locale].office.changes;
  const path = `/program/${whose.staffId}`;
  return (
    <Document context={context} title={words[what]} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.faulty} faults={faults} />
      <Heading back={{ href: path, text: words.back }} lead={words[`${what}Lead`]}>
        {whose.own ? words[what] : `${words[what]}: ${whose.name}`}
      </Heading>
      <form method="get" action={`${path}/${step}`} novalidate>
        {children}
        <p class="actions">
          <button>{words.check}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </form>
    </Document>
  );
};
