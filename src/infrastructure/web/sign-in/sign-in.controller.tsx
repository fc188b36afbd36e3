import { Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRole } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { asTheLogHasIt } from '../../api/access/principals';
import { tokensToken } from '../../api/access/access-guard';
import { HttpProblem } from '../../api/problem/problem';
import type { Tokens } from '../../outside/identity/officials-tokens';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { peopleToTry } from '../home/people-to-try';
import { firstPageOf } from '../page/navigation';
import { PageDesk } from '../page/page-desk';
import { pathHere } from '../page/path-here';
import type { Session, SignedIn } from '../session/session';
import { Sessions } from '../session/sessions';
import { SignInPage } from './sign-in-page';

/** How civil servants come in: by the identity provider, with a token of this installation, or, where people try it out, with one click. */
@Pages('intra')
export class SignInController {
  constructor(
    private readonly pages: PageDesk,
    private readonly sessions: Sessions,
    @Inject(tokensToken) private readonly tokens: Tokens,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('spre') to: unknown): Promise<void> {
    await this.#show(request, reply, pathHere(to, ''), false);
  }

  @Post()
  @ForAnybody()
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = formOf(request);
    const signIn = await this.tokens.official(form.text('token'));
    const to = pathHere(form.text('spre'), '');
    if (signIn === undefined) {
      await this.#show(request, reply, to, true);
      return;
    }
    const { role, staffId } = signIn.official;
    await this.#enter(request, reply, { role, ...defined({ staffId }) }, to, { officialUntil: signIn.until });
  }

  /** Only where people try it out. */
  @Post('incercare')
  @ForAnybody()
  async takeRole(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (this.opened.development === undefined || this.opened.identity !== undefined) throw new HttpProblem({ code: 'not-found' });
    const form = formOf(request);
    const role = form.text('role');
    const staffId = form.optional('staffId');
    if (!isRole(role)) throw new HttpProblem({ code: 'invalid' });
    await this.#enter(request, reply, { role, ...defined({ staffId }) }, pathHere(form.text('spre'), ''));
  }

  @Post('iesire')
  @ForAnybody()
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { provider } = await this.sessions.of(request);
    await this.sessions.end(request, reply);
    await reply.redirect(provider === undefined ? '/' : '/intra/iesit', 303);
  }

  async #enter(
    request: FastifyRequest,
    reply: FastifyReply,
    official: SignedIn,
    to: string,
    until: Pick<Session, 'officialUntil'> = {},
  ): Promise<void> {
    const known = await asTheLogHasIt(this.ports, { kind: 'official', ...official });
    if (known === undefined) throw new HttpProblem({ code: 'forbidden' });
    const { tickets } = await this.sessions.of(request);
    await this.sessions.keep(request, reply, { tickets, draft: {}, official, ...until }, { renew: true });
    await reply.redirect(to === '' ? firstPageOf(known.role) : to, 303);
  }

  async #show(request: FastifyRequest, reply: FastifyReply, to: string, refused: boolean): Promise<void> {
    const context = await this.pages.contextOf(request);
    const people = context.development ? await peopleToTry(this.ports) : [];
    const { identity } = this.opened;
    const ways = { provider: identity !== undefined, token: identity === undefined || identity.settings.localTokens };
    const page = <SignInPage context={context} to={to} refused={refused} people={people} ways={ways} />;
    await this.pages.show(reply, page, refused ? 401 : 200);
  }
}
