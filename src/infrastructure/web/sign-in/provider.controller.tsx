import { Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { officialBy } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { asTheLogHasIt } from '../../api/access/principals';
import { forbiddenTo, forbiddenToUnknownStaff } from '../../api/access/stranger-sentences';
import { HttpProblem } from '../../api/problem/problem';
import { IssuerUnavailable } from '../../outside/identity/issuer-unavailable';
import { isSession, type ProviderSession, type ProviderSignIn } from '../../outside/identity/provider-sign-in';
import { portsToken } from '../../nest/tokens';
import { ForAnybody, ForSignedMessages, Pages } from '../access/page-access';
import { firstPageOf } from '../page/navigation';
import { HeadedPage } from '../page/document';
import { useWords } from '../page/page-context';
import { pathHere } from '../page/path-here';
import { Sessions } from '../session/sessions';
import { CurrentSignIn } from '../session/current-sign-in';
import { BegunSignIns } from './begun-sign-ins';
import { type Answer, download, seeOther, view } from '../page/answer';
import { formOf } from '../../api/body/form';
import { KeepsNothing } from '../forms/stored-form';

const beginAt = (to: string, more = ''): string => `/intra/furnizor?spre=${encodeURIComponent(to)}${more}`;

/** One link, and no form: what is typed is typed at the provider. */
export const ProviderLink = ({ to }: { readonly to: string }): VNode => {
  const words = useWords().signIn.provider;
  return (
    <>
      <p class="actions">
        <a class="button" href={beginAt(to)}>
          {words.enter}
        </a>
      </p>
      <p>
        <a href={beginAt(to, '&cont=altul')}>{words.otherAccount}</a>
      </p>
    </>
  );
};

const NotSignedInPage = ({ to }: { readonly to: string }): VNode => {
  const words = useWords().signIn.provider;
  return (
    <HeadedPage title={words.notSignedIn} side="public" lead={words.tryAgain}>
      <ProviderLink to={to} />
    </HeadedPage>
  );
};

/** @param end where one leaves the provider as well; `undefined` where that is not known now */
const SignedOutPage = ({ end }: { readonly end: string | undefined }): VNode => {
  const words = useWords().signIn.provider;
  return (
    <HeadedPage title={words.signedOut} side="public" lead={end === undefined ? words.closeBrowser : words.stillThere}>
      {end === undefined ? null : (
        <p class="actions">
          <a class="button" href={end}>
            {words.leaveProvider}
          </a>
        </p>
      )}
    </HeadedPage>
  );
};

/** How civil servants come in where the institution has an identity provider: there and back, and out of both. */
@Pages('intra')
export class ProviderController {
  constructor(
    private readonly sessions: Sessions,
    private readonly begun: BegunSignIns,
    private readonly standing: CurrentSignIn,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('furnizor')
  @ForAnybody()
  async begin(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('spre') to: unknown,
    @Query('cont') account: unknown,
  ): Promise<Answer> {
    const { url, begun } = await this.#provider.begin(this.#here('/intra/intoarcere'), account === 'altul');
    this.begun.give(reply, begun, pathHere(to, ''));
    return seeOther(url.href);
  }

  /** Where the provider sends people back to. */
  @Get('intoarcere')
  @ForAnybody()
  async finish(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Answer> {
    const provider = this.#provider;
    const kept = this.begun.take(request, reply);
    const outcome = kept === undefined ? undefined : await provider.finish(this.#here(request.url), kept);
    if (kept === undefined || outcome === undefined || ('kind' in outcome && outcome.kind === 'refused')) {
      return view(<NotSignedInPage to={kept?.to ?? ''} />, 401);
    }
    if (!isSession(outcome)) {
      this.ports.logger.warn('identity.sign-in-refused', { code: outcome.lacks });
      throw forbiddenTo(outcome);
    }
    return this.#enter(request, outcome, kept.to);
  }

  /** After the sign-out here: the provider still knows them, and would let in the next person at this computer. */
  @Get('iesit')
  @ForAnybody()
  async signedOut(): Promise<Answer> {
    const end = await this.#endUrl();
    // not a redirect: the policy of the page with the form would not let a form lead to another site
    const headers = end === undefined ? {} : { refresh: `0; url=${end.href}` };
    return view(<SignedOutPage end={end?.href} />, 200, { headers });
  }

  /** The provider tells that a person has signed out there, or was signed out (OpenID Connect Back-Channel Logout 1.0). */
  @Post('furnizor/iesire')
  @KeepsNothing('secret')
  @ForSignedMessages()
  async endedThere(@Req() request: FastifyRequest): Promise<Answer> {
    const ended = await this.#provider.ended(formOf(request).text('logout_token'));
    const {
      operations: { tokens },
      personalData,
      clock,
      logger,
    } = this.ports;
    // told twice, it is done once: a person who has signed in again since stays signed in
    const once = ended && {
      id: personalData.tag('sign-out', ended.id),
      role: 'sign-out',
      person: '',
      at: clock.now(),
      expiresAt: ended.until,
    };
    if (ended === undefined || once === undefined) throw new HttpProblem({ code: 'invalid' });
    if (!(await tokens.note(once)) && (await tokens.isRevoked(once.id))) throw new HttpProblem({ code: 'invalid' });
    logger.info('identity.signed-out', { sessions: await this.sessions.endedAtProvider(ended) });
    // what failed on the way here is done when it is told again
    await tokens.revoke(once.id, once.at, once.expiresAt);
    return download('', {});
  }

  get #provider(): ProviderSignIn {
    const { provider } = this.standing;
    if (provider === undefined) throw new HttpProblem({ code: 'not-found' });
    return provider;
  }

  /** Our address as it is known outside. */
  #here(path: string): URL {
    return new URL(path, `${this.ports.cityHall.publicUrl}/`);
  }

  async #endUrl(): Promise<URL | undefined> {
    try {
      return await this.#provider.endUrl(this.#here('/'));
    } catch (error) {
      if (error instanceof IssuerUnavailable) return undefined;
      throw error;
    }
  }

  async #enter(request: FastifyRequest, provider: ProviderSession, to: string): Promise<Answer> {
    const { official: signedIn } = provider;
    const official = officialBy(signedIn.role, signedIn.person);
    const known = official && (await asTheLogHasIt(this.ports, official));
    if (known === undefined) throw forbiddenToUnknownStaff();
    const { tickets } = await this.sessions.of(request);
    await this.sessions.keep(request, { tickets, draft: {}, official: signedIn, provider }, { renew: true });
    this.ports.logger.info('identity.signed-in', { kind: signedIn.role });
    return seeOther(to === '' ? firstPageOf(known.role) : to);
  }
}
