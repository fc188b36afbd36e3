import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';

/** Where somebody comes who has a ticket's number. */
export const FindPage = ({
  context,
  typed,
  faulty,
}: {
  readonly context: PageContext;
  readonly typed: string;
  readonly faulty: boolean;
}): VNode => {
  const words = sentences[context.locale].ticket.open;
  return (
    <Document context={context} title={words.findTitle} side="public" faulty={faulty}>
      <ErrorSummary title={words.summary} faults={faulty ? [{ field: 'reference', message: words.notAReference }] : []} />
      <Heading lead={words.findLead}>{words.findTitle}</Heading>
      <form method="post" action="/tichet" novalidate>
        <TextField
          name="reference"
          label={words.reference}
          hint={words.referenceHint}
          value={typed}
          width="middle"
          autocomplete="off"
          spellcheck={false}
          fault={faulty ? words.notAReference : undefined}
        />
        <p class="actions">
          <button>{words.find}</button>
        </p>
      </form>
      <h2>{words.noReference}</h2>
      <p>{words.noReferenceAdvice}</p>
    </Document>
  );
};
