import { Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Letter } from '../../../application/kernel/ports/mailer';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { HttpProblem } from '../../api/problem/problem';
import type { LetterInMailbox, Mailbox } from '../../outside/mail/mailbox';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { pageOf } from '../registry/numbered-pages';
import { codeIn, LetterText } from './letter-text';
import { type LetterShown, MailboxPage, CodeShown } from './mailbox-page';
import { type Answer, download, view } from '../page/answer';
import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { dateAndHour } from '../../phrasing/words/dates';
import { sentences } from '../../phrasing/sentences';

/** What the letter may do inside its frame: nothing but lead out of it when a link is followed. */
const letterSandbox = 'allow-top-navigation-by-user-activation';

const LetterPage = ({
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

const lettersPerPage = 20;

/** A letter brings its own styles and nothing else; only pages of ours frame it, and its script, if it had one, would not run. */
const letterSecurity = `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox ${letterSandbox}`;

/** The letters that were sent, where people try the service out. Elsewhere there is no such page, whoever asks. */
@Pages('dev/mailbox')
export class MailboxController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async list(@Req() request: FastifyRequest, @Query('pagina') asked: unknown): Promise<Answer> {
    const mailbox = this.#mailbox();
    const all = await mailbox.list();
    const { shown, page, pages } = pageOf(all, asked, lettersPerPage);
    const letters = await Promise.all(shown.map(async (entry) => lettersShown(entry, await mailbox.read(entry.letterId))));
    const context = await this.pages.contextOf(request);
    return view(<MailboxPage context={context} letters={letters.flat()} total={all.length} page={page} pages={pages} />);
  }

  @Get(':letterId')
  @ForAnybody()
  async letter(@Req() request: FastifyRequest, @Param('letterId') letterId: string): Promise<Answer> {
    const mailbox = this.#mailbox();
    const letter = await this.#letter(letterId);
    const sentAt = (await mailbox.list()).find((entry) => entry.letterId === letterId)?.sentAt ?? this.ports.clock.now();
    const context = await this.pages.contextOf(request);
    const { publicUrl } = this.ports.cityHall;
    return view(<LetterPage context={context} letter={letter} sentAt={sentAt} publicUrl={publicUrl} />, 200, {
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
const lettersShown = ({ letterId, sentAt }: LetterInMailbox, letter: Letter | undefined): readonly LetterShown[] => {
  if (letter === undefined) return [];
  const code = codeIn(letter.text);
  return [{ letterId, sentAt, to: letter.to, subject: letter.subject, opens: letter.opens, ...defined({ code }) }];
};
