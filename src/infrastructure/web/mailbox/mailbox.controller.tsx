import { Get, Inject, Param, Query } from '@nestjs/common';
import type { Letter } from '../../../application/kernel/ports/mailer';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import { HttpProblem } from '../../api/problem/problem';
import type { LetterInMailbox, Mailbox } from '../../outside/mail/mailbox';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { pageOf, NumberedPages } from '../registry/numbered-pages';
import { type Answer, download, view } from '../page/answer';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { SummaryList } from '../parts/summary-list';
import { dateAndHour } from '../../phrasing/words/dates';

type LetterView = {
  readonly letterId: string;
  readonly to: string;
  readonly subject: string;
  readonly sentAt: string;
  readonly code?: string;
  readonly opens?: string | undefined;
};

/** The code, and the way to where it is entered: a booking, or the ticket that it opens. */
const CodeView = ({ code, opens }: { readonly code: string; readonly opens: string | undefined }): VNode => {
  const words = useWords().mailbox;
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
const MailboxPage = ({
  letters,
  total,
  page,
  pages,
}: {
  readonly letters: readonly LetterView[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}): VNode => {
  const { locale } = usePage();
  const words = useWords().mailbox;
  return (
    <HeadedPage title={words.title} side="public" lead={words.lead}>
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
            <time dateTime={sentAt}>{dateAndHour(sentAt, locale)}</time>
            {code === undefined ? null : <CodeView code={code} opens={opens} />}
          </li>
        ))}
      </ol>
      <NumberedPages path="/dev/mailbox" page={page} pages={pages} />
    </HeadedPage>
  );
};

/** Of a letter's lines only the code is made of digits alone. */
const codeIn = (text: string): string | undefined => /^\d{4,10}$/m.exec(text)?.[0];

/** The path of a page of ours that this line is the address of. */
const pathOf = (line: string, publicUrl: string): string | undefined => {
  if (!/^https?:\/\/\S+$/.test(line) || !URL.canParse(line)) return undefined;
  const { origin, pathname, search } = new URL(line);
  return origin === new URL(publicUrl).origin ? `${pathname}${search}` : undefined;
};

/** The letter's text line by line; addresses of our own pages lead there. */
const LetterText = ({ text, publicUrl }: { readonly text: string; readonly publicUrl: string }): VNode => (
  <div class="card letter-text" dir="auto">
    {text
      .trimEnd()
      .split('\n')
      .map((line) => {
        const path = pathOf(line, publicUrl);
        return (
          <>
            {path === undefined ? line : <a href={path}>{line}</a>}
            {'\n'}
          </>
        );
      })}
  </div>
);

/** What the letter may do inside its frame: nothing but lead out of it when a link is followed. */
const letterSandbox = 'allow-top-navigation-by-user-activation';

const LetterPage = ({
  letter,
  sentAt,
  publicUrl,
}: {
  readonly letter: Letter;
  readonly sentAt: string;
  readonly publicUrl: string;
}): VNode => {
  const { locale } = usePage();
  const words = useWords().mailbox;
  const here = `/dev/mailbox/${letter.letterId}`;
  const code = codeIn(letter.text);
  return (
    <HeadedPage title={letter.subject} side="public" back={{ href: '/dev/mailbox', text: words.back }}>
      {code === undefined ? null : <CodeView code={code} opens={letter.opens} />}
      <SummaryList
        rows={[
          { label: words.to, value: <span dir="auto">{letter.to}</span> },
          { label: words.sent, value: <time dateTime={sentAt}>{dateAndHour(sentAt, locale)}</time> },
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
    </HeadedPage>
  );
};

const lettersPerPage = 20;

/** A letter brings its own styles and nothing else; only pages of ours frame it, and its script, if it had one, would not run. */
const letterSecurity = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox ${letterSandbox}`;

/** The letters that were sent, where people try the service out. Elsewhere there is no such page for any visitor. */
@Pages('dev/mailbox')
export class MailboxController {
  constructor(
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async list(@Query('pagina') asked: unknown): Promise<Answer> {
    const mailbox = this.#mailbox();
    const all = await mailbox.list();
    const { shown, page, pages } = pageOf(all, asked, lettersPerPage);
    const letters = await Promise.all(shown.map(async (entry) => lettersView(entry, await mailbox.read(entry.letterId))));
    return view(<MailboxPage letters={letters.flat()} total={all.length} page={page} pages={pages} />);
  }

  @Get(':letterId')
  @ForAnybody()
  async letter(@Param('letterId') letterId: string): Promise<Answer> {
    const mailbox = this.#mailbox();
    const letter = await this.#letter(letterId);
    const sentAt = (await mailbox.list()).find((entry) => entry.letterId === letterId)?.sentAt ?? this.ports.clock.now();
    const { publicUrl } = this.ports.cityHall;
    return view(<LetterPage letter={letter} sentAt={sentAt} publicUrl={publicUrl} />, 200, {
      frames: true,
    });
  }

  @Get(':letterId/html')
  @ForAnybody()
  async html(@Param('letterId') letterId: string): Promise<Answer> {
    const { html } = await this.#letter(letterId);
    // links lead out of the frame
    return download(html.replace('<head>', '<head>\n<base target="_top">'), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': letterSecurity,
      'x-frame-options': 'SAMEORIGIN',
    });
  }

  @Get(':letterId/tichet-albastru.ics')
  @ForAnybody()
  async calendar(@Param('letterId') letterId: string): Promise<Answer> {
    const { calendar } = await this.#letter(letterId);
    if (calendar === undefined) throw new HttpProblem({ code: 'not-found' });
    return download(calendar.content, {
      'content-type': `text/calendar; charset=utf-8; method=${calendar.method}`,
      'content-disposition': 'attachment; filename="tichet-albastru.ics"',
    });
  }

  #mailbox(): Mailbox {
    const { development, mailbox } = this.opened;
    if (development === undefined || mailbox === undefined) throw new HttpProblem({ code: 'not-found' });
    return mailbox;
  }

  async #letter(letterId: string): Promise<Letter> {
    const letter = await this.#mailbox().read(letterId);
    if (letter === undefined) throw new HttpProblem({ code: 'not-found' });
    return letter;
  }
}

/** Nothing for a letter that was erased meanwhile. */
const lettersView = ({ letterId, sentAt }: LetterInMailbox, letter: Letter | undefined): readonly LetterView[] => {
  if (letter === undefined) return [];
  const code = codeIn(letter.text);
  return [{ letterId, sentAt, to: letter.to, subject: letter.subject, opens: letter.opens, ...defined({ code }) }];
};
