import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

/** Whose data: named by a reference or a number, never by name. */
export const ErasureStartPage = ({
  context,
  typed,
  fault,
}: {
  readonly context: PageContext;
  readonly typed?: string | undefined;
  readonly fault?: string | undefined;
}): VNode => {
  const words = sentences[context.locale].administration.erasure;
  return (
    <Document context={context} title={words.title} side="office" faulty={fault !== undefined}>
      <ErrorSummary title={words.summaryFind} faults={fault === undefined ? [] : [{ field: 'subiect', message: fault }]} />
      <Heading back={{ href: '/administrare', text: words.back }} lead={words.lead}>
        {words.title}
      </Heading>
      <TypedForm action="/administrare/stergere">
        <TextField name="subiect" label={words.subject} hint={words.subjectHint} value={typed} fault={fault} autocomplete="off" />
        <button>{words.goOn}</button>
      </TypedForm>
    </Document>
  );
};
