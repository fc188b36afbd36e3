import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Tokens } from '../../outside/identity/officials-tokens';
import { portsToken } from '../../nest/tokens';
import { HttpProblem } from '../problem/problem';
import { accessMetadata, type RouteAccess } from './access-decorator';
import { Admission } from './admission';
import { type KnownPrincipal, bearerTokenOf, principalOf } from './principals';
import { forbiddenTo } from './stranger-sentences';
import { textsOf } from './subjects';

export const tokensToken = Symbol('Tokens');

/** The one door: no route is entered without a rule that opens it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(tokensToken) private readonly tokens: Tokens,
    private readonly admission: Admission,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(accessMetadata, [context.getHandler(), context.getClass()]);
    if (access === 'everybody') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [path, query] = [textsOf(request.params), textsOf(request.query)];
    const token = bearerTokenOf(request);
    const now: KnownPrincipal['now'] = async () =>
      token === undefined ? undefined : principalOf(this.ports, this.tokens, token, path, query);
    const principal = await now();
    if (principal === undefined) throw new HttpProblem({ code: 'unauthenticated' }, { 'WWW-Authenticate': 'Bearer' });
    if (principal.kind === 'stranger') throw forbiddenTo(principal);
    const forbidden = () => new HttpProblem({ code: 'forbidden' });
    if (access?.who !== 'bearer') throw forbidden();
    return this.admission.admit(request, { principal, now, rule: access, path, query }, forbidden);
  }
}
