import type { VNode } from 'preact';
import type { Policies } from '../../../domain/policies';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { readingsInEnglish } from './readings-in-english';
import { readingsInRomanian } from './readings-in-romanian';
import { procedureWords } from './words';

const readings = { ro: readingsInRomanian, en: readingsInEnglish } as const;

/** A1 to A30: how the service reads what the act leaves open, with the values in force here. */
export const ReadingsPage = ({ context, policies }: { readonly context: PageContext; readonly policies: Policies }): VNode => {
  const words = procedureWords[context.locale];
  return (
    <Document context={context} title={words.readings} side="public">
      <Heading back={{ href: '/procedura', text: words.title }} lead={words.readingsLead}>
        {words.readings}
      </Heading>
      {readings[context.locale](policies).map(({ title, readings: ofGroup }) => (
        <>
          <h2>{title}</h2>
          <dl class="readings">
            {ofGroup.map(({ id, text }) => (
              <div id={id}>
                <dt>{id}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </>
      ))}
    </Document>
  );
};
