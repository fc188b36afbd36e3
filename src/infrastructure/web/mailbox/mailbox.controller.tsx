import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Letter } from '../../../application/kernel/ports/mailer';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { HttpProblem } from '../../api/problem/problem';
import type { LetterInMailbox, Mailbox } from '../../outside/mail/mailbox';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { pageOf } from '../registry/numbered-pages';
import { letterSandbox, LetterPage } from './letter-page';
import { codeIn } from './letter-text';
import { type LetterShown, MailboxPage } from './mailbox-page';

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
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('pagina') asked: unknown): Promise<void> {
    const mailbox = this.#mailbox();
    const all = await mailbox.list();
    const { shown, page, pages } = pageOf(all, asked, lettersPerPage);
    const letters = await Promise.all(shown.map(async (entry) => lettersShown(entry, await mailbox.read(entry.letterId))));
    const context = await this.pages.contextOf(request);
    await this.pages.show(reply, <MailboxPage context={context} letters={letters.flat()} total={all.length} page={page} pages={pages} />);
  }

  @Get(':letterId')
  @ForAnybody()
  async letter(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('letterId') letterId: string): Promise<void> {
    const mailbox = this.#mailbox();
    const letter = await this.#letter(letterId);
    const sentAt = (await mailbox.list()).find((entry) => entry.letterId === letterId)?.sentAt ?? this.ports.clock.now();
    const context = await this.pages.contextOf(request);
    const { publicUrl } = this.ports.cityHall;
    await this.pages.show(reply, <LetterPage context={context} letter={letter} sentAt={sentAt} publicUrl={publicUrl} />, 200, {
      frames: true,
    });
  }

  @Get(':letterId/html')
  @ForAnybody()
  async html(@Res() reply: FastifyReply, @Param('letterId') letterId: string): Promise<void> {
    const { html } = await this.#letter(letterId);
    await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': letterSecurity,
        'x-frame-options': 'SAMEORIGIN',
        'cache-control': 'no-store',
      })
      // links lead out of the frame
      .send(html.replace('<head>', '<head>\n<base target="_top">'));
  }

  @Get(':letterId/tichet-albastru.ics')
  @ForAnybody()
  async calendar(@Res() reply: FastifyReply, @Param('letterId') letterId: string): Promise<void> {
    const { calendar } = await this.#letter(letterId);
    if (calendar === undefined) throw new HttpProblem({ code: 'not-found' });
    await reply
      .headers({
        'content-type': `text/calendar; charset=utf-8; method=${calendar.method}`,
        'content-disposition': 'attachment; filename="tichet-albastru.ics"',
        'cache-control': 'no-store',
      })
      .send(calendar.content);
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
