import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { may, mayEver, principalKey } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Tokens } from '../../outside/identity/officials-tokens';
import { portsToken } from '../../nest/tokens';
import { HttpProblem } from '../problem/problem';
import { accessMetadata, type RouteAccess } from './access-decorator';
import { bearerTokenOf, principalOf, rememberPrincipal } from './principals';
import { RequestRate } from './request-rate';
import { forbiddenTo } from './stranger-sentences';
import { type AddressParts, subjectOf } from './subjects';

export const tokensToken = Symbol('Tokens');

/** Only single texts count: a parameter given twice is no parameter here, and is refused by validation. */
const textsOf = (value: unknown): AddressParts =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
    : {};

/** The one door: no route is entered without a rule that opens it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(tokensToken) private readonly tokens: Tokens,
    private readonly rate: RequestRate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(accessMetadata, [context.getHandler(), context.getClass()]);
    if (access === 'everybody') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [path, query] = [textsOf(request.params), textsOf(request.query)];
    const token = bearerTokenOf(request);
    const principal = token === undefined ? undefined : await principalOf(this.ports, this.tokens, token, path, query);
    if (principal === undefined) throw new HttpProblem({ code: 'unauthenticated' }, { 'WWW-Authenticate': 'Bearer' });
    if (principal.kind === 'stranger') throw forbiddenTo(principal);
    this.rate.count(principalKey(principal));
    if (access === undefined || !mayEver(principal, access.action)) throw new HttpProblem({ code: 'forbidden' });
    const subject = await subjectOf(this.ports, access.subject, path, query);
    if (!may(principal, access.action, subject)) throw new HttpProblem({ code: 'forbidden' });
    rememberPrincipal(request, principal);
    return true;
  }
}
