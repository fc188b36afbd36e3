import type { VNode } from 'preact';
import type { Refusal } from '../../../domain/kernel/refusal';
import { type Page, view } from '../page/answer';
import { Document } from '../page/document';
import { useWords } from '../page/page-context';
import { Heading } from '../parts/heading';
import { type FormSent, writtenInto } from './form-drafts';

const NotKept = ({ texts, page }: { readonly texts: readonly string[]; readonly page: string }): VNode => {
  const words = useWords().frame.drafts;
  return (
    <Document title={words.fullTitle} side="public">
      <Heading lead={words.full}>{words.fullTitle}</Heading>
      <section class="notice" aria-labelledby="scris">
        <h2 id="scris">{words.typed}</h2>
        {texts.map((text) => (
          <p class="typed">{text}</p>
        ))}
      </section>
      <p>
        <a href={page}>{words.toForm}</a>
      </p>
    </Document>
  );
};

/** What was typed and cannot be kept is all here, to be copied. */
export const notKept = ({ form, page }: FormSent & { readonly page: string }, { details }: Refusal): Page => {
  const texts = writtenInto(form).map(([, text]) => text);
  const headers = { 'retry-after': String(details?.['retryAfterSeconds'] ?? '') };
  return view(<NotKept texts={texts} page={page} />, 429, { headers });
};
