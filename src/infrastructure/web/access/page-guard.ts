import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { officialBy, type Principal } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type Action, rolesFor } from '../../../application/kernel/rights';
import { parseReference } from '../../../domain/ticket/ticket';
import { accessMetadata, type RouteAccess } from '../../api/access/access-decorator';
import { Admission } from '../../api/access/admission';
import { type KnownPrincipal, asTheLogHasIt } from '../../api/access/principals';
import { type AddressParts, textsOf } from '../../api/access/subjects';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { FormKeeping } from '../forms/form-keeping';
import { Sessions } from '../session/sessions';
import { inBoth, inEveryLanguage, sentences } from '../../phrasing/sentences';

const harmless = ['GET', 'HEAD'];

/** Of a route that a server calls, and no browser: what it is sent proves itself, and no cookie counts. */
export const elsewhereMetadata = 'tichet:from-elsewhere';

/**
 * A form that another site's page sends in a citizen's or an official's name is refused. Browsers say where a form comes from in
 * `Origin`, and those that leave it out say it in `Sec-Fetch-Site`; a client that sends neither is no browser, and is refused.
 * @throws HttpProblem `forbidden`
 */
const mustComeFromHere = (request: FastifyRequest, publicUrl: string): void => {
  if (harmless.includes(request.method)) return;
  const { origin } = request.headers;
  const known = new URL(publicUrl);
  // behind a proxy we are spoken to over HTTP: under our public name that says nothing about the page
  const ours = request.host === known.host ? known.origin : `${request.protocol}://${request.host}`;
  const fromHere = origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origin === ours || origin === known.origin;
  if (!fromHere) throw new HttpProblem({ code: 'forbidden' });
};

/** What an official lacks for a page that was asked for: another role, or that it were theirs. */
const missingRight = (principal: Principal, action: Action, lacks: 'role' | 'subject'): HttpProblem => {
  if (principal.kind !== 'official') return new HttpProblem({ code: 'forbidden' });
  if (lacks === 'subject')
    return new HttpProblem({
      code: 'forbidden',
      detail: inBoth.frame.missingRight.youAskedAnotherCivil,
    });
  const roles = inEveryLanguage((locale) =>
    rolesFor(action)
      .map((role) => sentences[locale].frame.roles[role])
      .join(sentences[locale].frame.missingRight.or),
  );
  return new HttpProblem({
    code: 'forbidden',
    detail: inBoth.frame.missingRight.role({ roles }),
  });
};

/** A form that asks sends its empty fields too: what was not filled in was not asked. */
const filledIn = (texts: AddressParts): AddressParts => Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));

/** Where a visitor who must first sign in is sent. */
const signInPath = (backTo: string): string => `/intra?spre=${encodeURIComponent(backTo)}`;

/** What is no number of a ticket, however it is written, is never put into another address. @throws HttpProblem `not-found` */
const referenceIn = (path: AddressParts): string => {
  const reference = parseReference(path['reference'] ?? '');
  if (reference === undefined) throw new HttpProblem({ code: 'not-found' });
  return reference;
};

/** The one door of the pages: forms come from our own pages only, and no page is shown without a rule that opens it. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(portsToken) private readonly ports: Ports,
    private readonly sessions: Sessions,
    private readonly admission: Admission,
    private readonly forms: FormKeeping,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(accessMetadata, [context.getHandler(), context.getClass()]);
    if (!this.reflector.get<true | undefined>(elsewhereMetadata, context.getHandler()))
      mustComeFromHere(request, this.ports.cityHall.publicUrl);
    if (access === 'everybody') return true;
    if (access === undefined || access.who === 'bearer') throw new HttpProblem({ code: 'forbidden' });
    const isOfOfficials = access.who === 'official';
    const path = textsOf(request.params);
    const reference = isOfOfficials ? '' : referenceIn(path);
    const known = (): Promise<Principal | undefined> => (isOfOfficials ? this.#official(request) : this.#ticketHolder(request, reference));
    const principal = await known();
    if (principal === undefined) {
      const { backTo, byScript, kept } = await this.forms.withoutSession(request, context.getHandler());
      const silent = isOfOfficials ? await this.sessions.silenceFor(request) : undefined;
      if (silent !== undefined) throw silent;
      if (byScript) void reply.code(kept ? 204 : 401).send();
      else void reply.redirect(isOfOfficials ? signInPath(backTo) : `/tichet/${reference}/deschide`, 303);
      return false;
    }
    const [named, query] = principal.kind === 'citizen' ? [{ id: principal.ticketId }, {}] : [path, filledIn(textsOf(request.query))];
    const now: KnownPrincipal['now'] = async () => {
      await this.sessions.anew(request);
      return known();
    };
    return this.admission.admit(request, { principal, now, rule: access, path: named, query }, (lacks) =>
      missingRight(principal, access.action, lacks),
    );
  }

  async #official(request: FastifyRequest): Promise<Principal | undefined> {
    const { official: signedIn } = await this.sessions.of(request);
    const official = signedIn && officialBy(signedIn.role, signedIn.person);
    return official && asTheLogHasIt(this.ports, official);
  }

  async #ticketHolder(request: FastifyRequest, reference: string): Promise<Principal | undefined> {
    const ticketId = await this.sessions.ticketOf(request, reference);
    return ticketId === undefined ? undefined : { kind: 'citizen', ticketId };
  }
}
