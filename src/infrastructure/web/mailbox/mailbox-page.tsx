import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { NumberedPages } from '../registry/numbered-pages';
import { dateAndHour } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

export type LetterShown = {
  readonly letterId: string;
  readonly to: string;
  readonly subject: string;
  readonly sentAt: string;
  readonly code?: string;
  readonly opens?: string | undefined;
};

/** The code, and the way to where it is entered: a booking, or the ticket that it opens. */
export const CodeShown = ({
  code,
  opens,
  context,
}: {
  readonly code: string;
  readonly opens: string | undefined;
  readonly context: PageContext;
}): VNode => {
  const words = sentences[context.locale].mailbox;
  return (
    <div class="notice letter-code">
      <p>
        {words.code} <strong>{code}</strong>
      </p>
      <a href={opens === undefined ? '/programare/cod' : `/tichet/${opens}/deschide?trimis=1`}>
        {words.enterCode}
        <span class="unseen"> {code}</span>
      </a>
    </div>
  );
};

/** What was sent, the newest first. */
export const MailboxPage = ({
  context,
  letters,
  total,
  page,
  pages,
}: {
  readonly context: PageContext;
  readonly letters: readonly LetterShown[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}): VNode => {
  const words = sentences[context.locale].mailbox;
  return (
    <Document context={context} title={words.title} side="public">
      <Heading lead={words.lead}>{words.title}</Heading>
      {total === 0 ? (
        <>
          <p>{words.none}</p>
          <p>{words.noneHint}</p>
          <p class="actions">
            <a class="button" href="/programare">
              {words.start}
            </a>
          </p>
        </>
      ) : (
        <p>{words.letters({ count: total })}</p>
      )}
      <ol class="entries letters">
        {letters.map(({ letterId, to, subject, sentAt, code, opens }) => (
          <li>
            <a class="entry-name" href={`/dev/mailbox/${letterId}`}>
              {subject}
            </a>
            <span dir="auto">{to}</span>
            <time dateTime={sentAt}>{dateAndHour(sentAt, context.locale)}</time>
            {code === undefined ? null : <CodeShown code={code} opens={opens} context={context} />}
          </li>
        ))}
      </ol>
      <NumberedPages context={context} path="/dev/mailbox" page={page} pages={pages} />
    </Document>
  );
};
