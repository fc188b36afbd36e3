import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalKey } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { mayEver } from '../../../application/kernel/rights';
import { portsToken } from '../../nest/tokens';
import { CommandService } from '../commands/command-service';
import type { HttpProblem } from '../problem/problem';
import type { RouteRule } from './access-decorator';
import { type KnownPrincipal, rememberPrincipal } from './principals';
import { rememberAdmitted } from './shown-data';
import { RequestRate } from './request-rate';
import { type AddressParts, reachesSubject } from './subjects';

type Admitting = KnownPrincipal & {
  readonly rule: Omit<RouteRule, 'who'>;
  readonly path: AddressParts;
  readonly query: AddressParts;
};

/** The one rule by which all guards let a caller in: the caller may do the action, and to this subject. */
@Injectable()
export class Admission {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    private readonly rate: RequestRate,
    private readonly commands: CommandService,
  ) {}

  /** @throws HttpProblem what `lacking` makes of the role that is missing, or of another person's subject */
  async admit(
    request: FastifyRequest,
    { principal, now, rule: { action, subject }, path, query }: Admitting,
    lacking: (lacks: 'role' | 'subject') => HttpProblem,
  ): Promise<true> {
    // first: who is refused is told by it, too
    rememberPrincipal(request, { principal, now });
    this.rate.count(principalKey(principal));
    const lacks = await this.#lacks({ principal, rule: { action, subject }, path, query });
    if (lacks !== undefined && !(await this.commands.isRepetition(request, principal))) throw lacking(lacks);
    rememberAdmitted(request, principal, action);
    return true;
  }

  async #lacks({ principal, rule: { action, subject }, path, query }: Omit<Admitting, 'now'>): Promise<'role' | 'subject' | undefined> {
    if (!mayEver(principal, action)) return 'role';
    return (await reachesSubject(this.ports, principal, { action, subject }, path, query)) ? undefined : 'subject';
  }
}
