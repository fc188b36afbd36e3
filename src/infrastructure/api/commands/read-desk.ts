import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { QueryClass } from '../../../application/kernel/message';
import { HttpProblem, problemOfRefusal } from '../problem/problem';

/** Where questions come in: a refusal leaves as a problem, an answer as it is. */
@Injectable()
export class ReadDesk {
  constructor(private readonly bus: QueryBus) {}

  async ask<Q, A>(query: QueryClass<Q, A | Refusal>, question: Q): Promise<A> {
    const answer: A | Refusal = await this.bus.execute(new query(question));
    if (isRefusal(answer)) throw new HttpProblem(problemOfRefusal(answer));
    return answer;
  }
}
