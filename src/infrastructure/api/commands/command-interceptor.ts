import { type CallHandler, type ExecutionContext, HttpStatus, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import type { Done } from '../../../application/kernel/done';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredAnswer, StoredCommand } from '../../../application/kernel/ports/operations';
import { type Answer, CommandService, type Telling } from './command-service';

/** What the handler of a route asks for. */
export type Order = (commands: CommandService, request: FastifyRequest) => Promise<StoredAnswer>;

/** Said at once, or made of what is kept of the command. */
export type Kept<T> = T | ((kept: StoredCommand) => T);
const isMade = <T>(made: Kept<T>): made is (kept: StoredCommand) => T => typeof made === 'function';

/**
 * @param input made of what is kept where it needs ids of its own
 * @param telling left out, the answer is what came of it, with 200
 */
export const order =
  <C extends object, T extends object>(useCase: CommandClass<C, Done<T>>, input: Kept<C>, telling: Partial<Telling<T>> = {}): Order =>
  (commands, request) =>
    commands.take<C, T>(request, {
      useCase,
      command: (kept) => (isMade(input) ? input(kept) : input),
      answer: (value) => ({ body: value }),
      ...telling,
    });

/** Of what is there from now on. */
export const created = { answer: (value: object): Answer => ({ status: HttpStatus.CREATED, body: value }) };

/** Where the order of a handler is carried out, and its answer sent on. */
@Injectable()
export class CommandInterceptor implements NestInterceptor<Order, string> {
  constructor(private readonly commands: CommandService) {}

  intercept(context: ExecutionContext, next: CallHandler<Order>): Observable<string> {
    const http = context.switchToHttp();
    const carryOut = async (ordered: Order): Promise<string> => {
      const { status, body, headers } = await ordered(this.commands, http.getRequest<FastifyRequest>());
      void http
        .getResponse<FastifyReply>()
        .code(status)
        .headers({ 'Cache-Control': 'no-store', ...headers });
      return body;
    };
    return next.handle().pipe(concatMap(carryOut));
  }
}
