import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isRole } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '../../../domain/kernel/defined';
import { asTheLogHasIt } from '../../api/access/principals';
import { tokensToken } from '../../api/access/access-guard';
import { HttpProblem } from '../../api/problem/problem';
import type { Tokens } from '../../outside/identity/officials-tokens';
import type { OpenedPorts } from '../../nest/provided';
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
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsNothing } from '../forms/kept-form';

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
  async form(@Req() request: FastifyRequest, @Query('spre') to: unknown): Promise<Answer> {
    return this.#show(request, pathHere(to, ''), false);
  }

  @Post()
  @KeepsNothing('secret')
  @ForAnybody()
  async signIn(@Req() request: FastifyRequest): Promise<Answer> {
    const form = formOf(request);
    const signIn = await this.tokens.official(form.text('token'));
    const to = pathHere(form.text('spre'), '');
    if (signIn === undefined) {
      return this.#show(request, to, true);
    }
    const { role, staffId } = signIn.official;
    return this.#enter(request, { role, ...defined({ staffId }) }, to, { officialUntil: signIn.until });
  }

  /** Only where people try it out. */
  @Post('incercare')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async takeRole(@Req() request: FastifyRequest): Promise<Answer> {
    if (this.opened.development === undefined || this.opened.identity !== undefined) throw new HttpProblem({ code: 'not-found' });
    const form = formOf(request);
    const role = form.text('role');
    const staffId = form.optional('staffId');
    if (!isRole(role)) throw new HttpProblem({ code: 'invalid' });
    return this.#enter(request, { role, ...defined({ staffId }) }, pathHere(form.text('spre'), ''));
  }

  @Post('iesire')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async signOut(@Req() request: FastifyRequest): Promise<Answer> {
    const { provider } = await this.sessions.of(request);
    await this.sessions.end(request);
    return seeOther(provider === undefined ? '/' : '/intra/iesit');
  }

  async #enter(request: FastifyRequest, official: SignedIn, to: string, until: Pick<Session, 'officialUntil'> = {}): Promise<Answer> {
    const known = await asTheLogHasIt(this.ports, { kind: 'official', ...official });
    if (known === undefined) throw new HttpProblem({ code: 'forbidden' });
    const { tickets } = await this.sessions.of(request);
    await this.sessions.keep(request, { tickets, draft: {}, official, ...until }, { renew: true });
    return seeOther(to === '' ? firstPageOf(known.role) : to);
  }

  async #show(request: FastifyRequest, to: string, refused: boolean): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const people = context.development ? await peopleToTry(this.ports) : [];
    const { identity } = this.opened;
    const ways = { provider: identity !== undefined, token: identity === undefined || identity.settings.localTokens };
    const shownPage = <SignInPage context={context} to={to} refused={refused} people={people} ways={ways} />;
    return view(shownPage, refused ? 401 : 200);
  }
}
