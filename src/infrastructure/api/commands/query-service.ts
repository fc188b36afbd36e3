import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import type { QueryClass } from '../../../application/kernel/message';
import { etagOf } from './preconditions';
import { answered } from '../problem/problem';

/** Where questions come in: a refusal leaves as a problem, an answer as it is. */
@Injectable()
export class QueryService {
  constructor(
    private readonly bus: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async ask<Q, A>(query: QueryClass<Q, A | Refusal>, question: Q): Promise<A> {
    const answer: A | Refusal = await this.bus.execute(new query(question));
    return answered(answer);
  }

  /** `undefined` where there is no such thing. */
  async find<Q, A>(query: QueryClass<Q, A | Refusal>, question: Q): Promise<A | undefined> {
    const answer: A | Refusal = await this.bus.execute(new query(question));
    return isRefusal(answer) && answer.code === 'not-found' ? undefined : answered(answer);
  }

  /** What a PUT replaces, with the `ETag` that its `If-Match` may name. */
  async show<Q, A extends object>(reply: FastifyReply, query: QueryClass<Q, A | Refusal>, question: Q): Promise<A> {
    const shown = await this.ask(query, question);
    this.mark(reply, shown);
    return shown;
  }

  /** With the `ETag` of what is shown. */
  mark(reply: FastifyReply, shown: object): void {
    void reply.header('ETag', etagOf(this.ports.personalData, shown));
  }
}
