import type { VNode } from 'preact';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { dateAndHour } from '../../phrasing/words/dates';
import { codeIn, LetterText } from './letter-text';
import { CodeShown } from './mailbox-page';
import { sentences } from '../../phrasing/sentences';

/** What the letter may do inside its frame: nothing but lead out of it when a link is followed. */
export const letterSandbox = 'allow-top-navigation-by-user-activation';

export const LetterPage = ({
  context,
  letter,
  sentAt,
  publicUrl,
}: {
  readonly context: PageContext;
  readonly letter: Letter;
  readonly sentAt: string;
  readonly publicUrl: string;
}): VNode => {
  const words = sentences[context.locale].mailbox;
  const here = `/dev/mailbox/${letter.letterId}`;
  const code = codeIn(letter.text);
  return (
    <Document context={context} title={letter.subject} side="public">
      <Heading back={{ href: '/dev/mailbox', text: words.back }}>{letter.subject}</Heading>
      {code === undefined ? null : <CodeShown code={code} opens={letter.opens} context={context} />}
      <SummaryList
        rows={[
          { label: words.to, value: <span dir="auto">{letter.to}</span> },
          { label: words.sent, value: <time dateTime={sentAt}>{dateAndHour(sentAt, context.locale)}</time> },
        ]}
      />
      <h2>{words.asShown}</h2>
      <iframe class="letter-frame" src={`${here}/html`} title={words.frame} sandbox={letterSandbox}></iframe>
      <p>
        <a href={`${here}/html`}>{words.alone}</a>
      </p>
      <h2>{words.asText}</h2>
      <LetterText text={letter.text} publicUrl={publicUrl} />
      {letter.calendar === undefined ? null : (
        <section>
          <h2>{words.attachment}</h2>
          <p>{words.methods[letter.calendar.method]}</p>
          <p>
            <a class="button second" href={`${here}/tichet-albastru.ics`}>
              {words.download}
            </a>
          </p>
          <details>
            <summary>{words.content}</summary>
            <div class="card letter-text">{letter.calendar.content}</div>
          </details>
        </section>
      )}
    </Document>
  );
};
