import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isRole, officialBy, roles, serviceNamed } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { asTheLogHasIt } from '../../api/access/principals';
import { tokensToken } from '../../api/access/access-guard';
import { HttpProblem } from '../../api/problem/problem';
import type { Tokens } from '../../outside/identity/officials-tokens';
import { randomPseudonym } from '../../outside/identity/people';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { peopleToTry, type PersonToTry } from '../home/people-to-try';
import { firstPageOf, leadsTo } from '../page/navigation';
import { pathHere } from '../page/path-here';
import type { Session, SignedIn } from '../session/session.codec';
import { Sessions } from '../session/sessions';
import { type Answer, formView, seeOther } from '../page/answer';
import { KeepsNothing } from '../forms/stored-form';
import type { VNode } from 'preact';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type Fault, TextField } from '../parts/fields';
import { ProviderLink } from './provider.controller';
import { sentences } from '../../phrasing/sentences';
import { Enter } from '../home/enter';

/** Where people try it out: those who may open the page that was asked for, each one click away from it. */
const RolesHere = ({ to, people }: { readonly to: string; readonly people: readonly PersonToTry[] }): VNode => {
  const { frame, signIn } = useWords();
  const words = signIn.local;
  const path = to.split('?')[0] ?? '';
  const persons = people.filter(({ role }) => leadsTo(role, path));
  const others = roles.filter((role) => role !== 'staff' && role !== 'head' && leadsTo(role, path));
  return (
    <section class="notice" aria-labelledby="incercare">
      <h2 id="incercare">{words.tryTitle}</h2>
      {persons.length + others.length === 0 ? null : (
        <>
          <p>{words.mayOpen}</p>
          <ul class="people">
            {[
              ...others.map((role) => ({ role, name: frame.roles[role], about: '' })),
              ...persons.map(({ role, staffId, name, department }) => ({ role, staffId, name, about: department })),
            ].map(({ name, about, ...who }) => (
              <li>
                <span>
                  {name} <small>{about}</small>
                </span>
                <Enter {...who} text={words.enter} about={`${words.as} ${name}`} to={to} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/">{words.roles}</a>
      </p>
    </section>
  );
};

/** A token goes in by hand and stays out of addresses; what is kept afterwards is a cookie that says nothing. */
const SignInPage = ({
  to,
  people,
  ways,
}: {
  readonly to: string;
  readonly people: readonly PersonToTry[];
  /** how one may come in here */
  readonly ways: { readonly provider: boolean; readonly token: boolean };
}): VNode => {
  const words = useWords().signIn.local;
  return (
    <HeadedPage title={words.title} side="public" summary={words.summary} lead={words.lead}>
      {usePage().development ? <RolesHere to={to} people={people} /> : null}
      {ways.provider ? <ProviderLink to={to} /> : null}
      {ways.token ? <TokenForm to={to} /> : null}
    </HeadedPage>
  );
};

const TokenForm = ({ to }: { readonly to: string }): VNode => {
  const words = useWords().signIn.local;
  return (
    <form method="post" action="/intra" novalidate>
      <input type="hidden" name="spre" value={to} />
      <TextField
        name="token"
        label={words.token}
        hint={
          <>
            {words.hint} <code>tichet token --role staff --staff ID</code>
          </>
        }
        type="password"
        autocomplete="off"
        spellcheck={false}
      />
      <button>{words.enter}</button>
    </form>
  );
};

/** How civil servants come in: by the identity provider, with a token of this installation, or, where people try it out, with one click. */
@Pages('intra')
export class SignInController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(tokensToken) private readonly tokens: Tokens,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async form(@Query('spre') to: unknown): Promise<Answer> {
    return this.#show(pathHere(to, ''));
  }

  @Post()
  @KeepsNothing('secret')
  @ForAnybody()
  async signIn(@Req() request: FastifyRequest): Promise<Answer> {
    const form = formOf(request);
    const signIn = await this.tokens.official(form.text('token'));
    const to = pathHere(form.text('spre'), '');
    if (signIn === undefined) {
      this.ports.logger.warn('identity.sign-in-refused', { code: 'token' });
      const message = sentences[localeOfPage(request)].signIn.local.refused;
      return this.#show(to, [{ field: 'token', message }]);
    }
    const { official, until: officialUntil, tokenId } = signIn;
    const { role, person } = official;
    return this.#enter(request, { role, person }, to, { officialUntil, tokenId });
  }

  /** Only where people try it out. */
  @Post('incercare')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async takeRole(@Req() request: FastifyRequest): Promise<Answer> {
    if (this.opened.development === undefined || this.opened.identity !== undefined) throw new HttpProblem({ code: 'not-found' });
    const form = formOf(request);
    const role = form.text('role');
    if (!isRole(role)) throw new HttpProblem({ code: 'invalid' });
    // no known person has such a role: each visitor who takes it is a new person
    const person = form.optional('staffId') ?? (role === 'integrator' ? serviceNamed('incercare') : randomPseudonym());
    return this.#enter(request, { role, person }, pathHere(form.text('spre'), ''));
  }

  @Post('iesire')
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async signOut(@Req() request: FastifyRequest): Promise<Answer> {
    const { provider } = await this.sessions.of(request);
    await this.sessions.end(request);
    return seeOther(provider === undefined ? '/' : '/intra/iesit');
  }

  async #enter(
    request: FastifyRequest,
    signedIn: SignedIn,
    to: string,
    byToken: Pick<Session, 'officialUntil' | 'tokenId'> = {},
  ): Promise<Answer> {
    const official = officialBy(signedIn.role, signedIn.person);
    const known = official && (await asTheLogHasIt(this.ports, official));
    if (known === undefined) throw new HttpProblem({ code: 'forbidden' });
    const { tickets } = await this.sessions.of(request);
    await this.sessions.keep(request, { tickets, draft: {}, official: signedIn, ...byToken }, { renew: true });
    this.ports.logger.info('identity.signed-in', { kind: signedIn.role });
    return seeOther(to === '' ? firstPageOf(known.role) : to);
  }

  async #show(to: string, faults?: readonly Fault[]): Promise<Answer> {
    const { development, identity } = this.opened;
    const people = development !== undefined && identity === undefined ? await peopleToTry(this.ports) : [];
    const ways = { provider: identity !== undefined, token: identity === undefined || identity.settings.localTokens };
    return formView(<SignInPage to={to} people={people} ways={ways} />, faults, faults === undefined ? 200 : 401);
  }
}
