import type { VNode } from 'preact';
import { Document } from '../../page/document';
import type { PageContext } from '../../page/page-context';
import { ErrorSummary, TextArea } from '../../parts/fields';
import { Heading } from '../../parts/heading';
import type { Imported } from '../reports/kept-report';
import { importPlaces } from './places';
import { fileField, textField, type WrongSending } from './sent-lines';
import { importWords } from './words';

/** The file comes last in its form: when it begins to arrive, the lines that were pasted are known. */
export const ImportPage = ({
  context,
  what,
  wrong,
}: {
  readonly context: PageContext;
  readonly what: Imported;
  readonly wrong?: WrongSending;
}): VNode => {
  const words = importWords[context.locale];
  const { path, back, header } = importPlaces[what];
  const message = wrong === undefined ? undefined : words.wrong[wrong];
  const atText = wrong === 'too-long';
  return (
    <Document context={context} title={words.titles[what]} side="office" faulty={wrong !== undefined}>
      <ErrorSummary title={words.summary} faults={message === undefined ? [] : [{ field: atText ? textField : fileField, message }]} />
      <Heading back={{ href: back, text: words.back[what] }} lead={words.leads[what]}>
        {words.titles[what]}
      </Heading>
      <ul>
        {words.rules.map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
      <h2>{words.columns}</h2>
      <ul class="columns">
        {header.split(',').map((column) => (
          <li>
            <code>{column}</code>
          </li>
        ))}
      </ul>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <TextArea name={textField} label={words.text} hint={words.textHint} fault={atText ? message : undefined} />
        <div class={message === undefined || atText ? 'field' : 'field field-faulty'}>
          <label for={fileField}>{words.file}</label>
          <p class="hint" id={`${fileField}-hint`}>
            {words.fileHint}
          </p>
          {message === undefined || atText ? null : (
            <p class="fault" id={`${fileField}-fault`}>
              {message}
            </p>
          )}
          <input
            type="file"
            id={fileField}
            name={fileField}
            accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
            aria-describedby={message === undefined || atText ? `${fileField}-hint` : `${fileField}-hint ${fileField}-fault`}
          />
        </div>
        <button>{words.send}</button>
      </form>
    </Document>
  );
};
