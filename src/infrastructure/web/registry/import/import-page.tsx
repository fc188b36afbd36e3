import type { VNode } from 'preact';
import { Document } from '../../page/document';
import type { PageContext } from '../../page/page-context';
import { ErrorSummary, TextArea } from '../../parts/fields';
import { Heading } from '../../parts/heading';
import type { Imported } from '../reports/kept-report';
import { importPlaces } from './places';
import { fileField, textField, type WrongSending } from './sent-lines';
import { sentences } from '../../../phrasing/sentences';

/** A file, as large as it is; or a few lines. */
export const ImportPage = ({
  context,
  what,
  wrong,
}: {
  readonly context: PageContext;
  readonly what: Imported;
  readonly wrong?: WrongSending;
}): VNode => {
  const words = sentences[context.locale].registry.import;
  const { path, back, header } = importPlaces[what];
  const message = wrong === undefined ? undefined : words.wrong[wrong];
  const [inFile, inText] = wrong === 'no-file' ? [message, undefined] : [undefined, message];
  return (
    <Document context={context} title={words.titles[what]} side="office" faulty={wrong !== undefined}>
      <ErrorSummary
        title={words.summary}
        faults={message === undefined ? [] : [{ field: inFile === undefined ? textField : fileField, message }]}
      />
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
      <h2>{words.fileTitle}</h2>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <div class={inFile === undefined ? 'field' : 'field field-faulty'}>
          <label for={fileField}>{words.file}</label>
          <p class="hint" id={`${fileField}-hint`}>
            {words.fileHint}
          </p>
          {inFile === undefined ? null : (
            <p class="fault" id={`${fileField}-fault`}>
              {inFile}
            </p>
          )}
          <input
            type="file"
            id={fileField}
            name={fileField}
            accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
            aria-describedby={inFile === undefined ? `${fileField}-hint` : `${fileField}-hint ${fileField}-fault`}
          />
        </div>
        <button>{words.send}</button>
      </form>
      <h2>{words.textTitle}</h2>
      <form method="post" action={path} enctype="multipart/form-data" novalidate>
        <TextArea name={textField} label={words.text} hint={words.textHint} fault={inText} />
        <button class="second">{words.sendText}</button>
      </form>
    </Document>
  );
};
