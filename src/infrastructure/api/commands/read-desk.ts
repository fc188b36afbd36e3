import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { QueryClass } from '../../../application/kernel/message';
import { etagOf } from './preconditions';
import { HttpProblem, problemOfRefusal } from '../problem/problem';

/** Where questions come in: a refusal leaves as a problem, an answer as it is. */
@Injectable()
export class ReadDesk {
  constructor(private readonly bus: QueryBus) {}

  async ask<Q, A>(query: QueryClass<Q, A>, question: Q): Promise<Exclude<A, Refusal>> {
    const answer: A = await this.bus.execute(new query(question));
    return accepted(answer);
  }

  /** `undefined` where there is no such thing. */
  async find<Q, A>(query: QueryClass<Q, A>, question: Q): Promise<Exclude<A, Refusal> | undefined> {
    const answer: A = await this.bus.execute(new query(question));
    return isRefusal(answer) && answer.code === 'not-found' ? undefined : accepted(answer);
  }

  /** What a PUT replaces, with the `ETag` that its `If-Match` may name. */
  async show<Q, A extends object>(reply: FastifyReply, query: QueryClass<Q, A>, question: Q): Promise<Exclude<A, Refusal>> {
    const shown = await this.ask(query, question);
    void reply.header('ETag', etagOf(shown));
    return shown;
  }
}

const accepted = <A>(answer: A): Exclude<A, Refusal> => {
  if (isRefusal(answer)) throw new HttpProblem(problemOfRefusal(answer));
  if (isAccepted(answer)) return answer;
  throw new HttpProblem({ code: 'internal' });
};
const isAccepted = <A>(answer: A): answer is Exclude<A, Refusal> => !isRefusal(answer);
