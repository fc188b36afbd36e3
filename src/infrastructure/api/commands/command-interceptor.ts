import { type CallHandler, type ExecutionContext, HttpStatus, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { actorOf, principalKey, type Principal } from '../../../application/kernel/access';
import type { CommandContext } from '../../../application/kernel/execute';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredAnswer, StoredCommand } from '../../../application/kernel/ports/operations';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Done } from '../../../application/kernel/done';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { portsToken } from '../../nest/tokens';
import { principalOfRequest } from '../access/principals';
import { localeOf } from '../problem/language';
import { HttpProblem, problemContentType, problemDetails, problemOfRefusal, statusOf } from '../problem/problem';
import { etagOf, preconditionOf, type Replaced } from './preconditions';
import { invalidField } from '../problem/invalid';

/** An answer before it is written: `body` is plain JSON, absent for an answer without one. */
export type Answer = { readonly status?: number; readonly body?: object; readonly headers?: Readonly<Record<string, string>> };

const written = ({ status = 200, body, headers = {} }: Answer): StoredAnswer => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
  headers: body === undefined ? headers : { 'Content-Type': 'application/json; charset=utf-8', ...headers },
});

/** The route as it was called: with the ids of its path, without its query. */
const routeOf = (request: FastifyRequest): string => `${request.method} ${request.url.split('?')[0] ?? ''}`;

const pathPart = ({ params }: FastifyRequest, name: string): string | undefined => {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : undefined;
};

const keyForm = /^[\x21-\x7e]{1,200}$/;

/** The key of this command, `undefined` when it has none. @throws HttpProblem `invalid` */
const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && keyForm.test(key)) return key;
  throw invalidField('Idempotency-Key', 'De la 1 la 200 de caractere ASCII fără spații.', 'From 1 to 200 ASCII characters without spaces.');
};

/** Who, where and which key: the same key of two principals, or on two routes, is two commands. */
const commandKey = (request: FastifyRequest, principal: Principal | undefined, key: string): readonly [string, string, string] => [
  principal === undefined ? 'everybody' : principalKey(principal),
  routeOf(request),
  key,
];

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, content]): [string, unknown] => [name, sorted(content)]),
  );
};

/** The body in one form, whatever the order of its fields. */
const canonicalBody = (body: unknown): string => JSON.stringify(sorted(body ?? {}));

/** How many ids a command may need beyond its own. */
const idsPerCommand = 3;

/** Said at once, or made of what is kept of the command. */
export type Kept<T> = T | ((kept: StoredCommand) => T);
const isMade = <T>(made: Kept<T>): made is (kept: StoredCommand) => T => typeof made === 'function';

type Details<T> = {
  /** as it is where nothing is said: the value itself, with 200 */
  readonly answer?: (value: T) => Answer | Promise<Answer>;
  /** asked before anything is kept under a key: what is refused here leaves no trace */
  readonly atTheDoor?: () => Promise<Refusal | undefined>;
  /** of a PUT: what it replaces, for `If-Match` and the new `ETag` */
  readonly replaces?: Replaced;
};

/** What the handler of a route asks for: which use case, with what, and how its outcome is told. */
export class Order {
  constructor(
    readonly carryOut: (bus: CommandBus, context: CommandContext, kept: StoredCommand) => Promise<Answer | Refusal>,
    readonly details: Pick<Details<never>, 'atTheDoor' | 'replaces'>,
  ) {}
}

/**
 * @param input made of what is kept where it needs ids of its own: ids and instant are those of the first time, when the command is
 * repeated; after a "later" the instant is a new one
 */
export const order = <C extends object, T extends object>(
  useCase: CommandClass<C, Done<T>>,
  input: Kept<C>,
  { answer = (value) => ({ body: value }), ...details }: Details<T> = {},
): Order =>
  new Order(async (bus, context, kept) => {
    const outcome: Done<T> | Refusal = await bus.execute(new useCase(context, isMade(input) ? input(kept) : input));
    if (isRefusal(outcome)) return outcome;
    const { headers, ...told } = await answer(outcome.value);
    return { ...told, headers: { 'Tichet-Position': outcome.position, ...headers } };
  }, details);

/** Of what is there from now on. */
export const created = { answer: (value: object): Answer => ({ status: HttpStatus.CREATED, body: value }) };

/**
 * Where commands come in. Under an Idempotency-Key the command keeps its id, instant and ids before its first append, so that a
 * repetition, even after a crash, is the same command; and the first answer is kept, so that twins hear the same bytes.
 */
@Injectable()
export class CommandInterceptor implements NestInterceptor<Order, string> {
  constructor(
    private readonly bus: CommandBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Order>): Observable<string> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    return next.handle().pipe(
      concatMap(async (ordered) => {
        const { status, body, headers } = await this.#answer(request, ordered);
        void http
          .getResponse<FastifyReply>()
          .code(status)
          .headers({ 'Cache-Control': 'no-store', ...headers });
        return body;
      }),
    );
  }

  async #answer(request: FastifyRequest, ordered: Order): Promise<StoredAnswer> {
    const key = idempotencyKeyOf(request);
    const refusal = await ordered.details.atTheDoor?.();
    if (refusal) return refused(request, refusal);
    const proposal = this.#propose(request, key);
    if (key === undefined) return this.#carryOut(request, proposal, ordered);
    const { idempotency } = this.ports.operations;
    const kept = this.ports.personalData.tag('idempotency-key', commandKey(request, principalOfRequest(request), key).join('\u001f'));
    const fingerprint = this.ports.personalData.tag('idempotency-body', canonicalBody(request.body));
    const remembered = await idempotency.remember(kept, fingerprint, proposal);
    if (remembered.kind === 'other-body') throw new HttpProblem({ code: 'idempotency-conflict' });
    if (remembered.answer !== undefined) return remembered.answer;
    const answer = await this.#carryOut(request, remembered.command, ordered);
    if (isLasting(answer)) return idempotency.settle(kept, answer);
    await idempotency.refused(kept);
    return answer;
  }

  #propose(request: FastifyRequest, key: string | undefined): StoredCommand {
    const { identifiers, clock } = this.ports;
    const commandId =
      key === undefined ? identifiers.next() : identifiers.derive('command', ...commandKey(request, principalOfRequest(request), key));
    return { commandId, at: clock.now(), ids: Array.from({ length: idsPerCommand }, () => identifiers.next()) };
  }

  async #carryOut(request: FastifyRequest, kept: StoredCommand, { carryOut, details: { replaces } }: Order): Promise<StoredAnswer> {
    const principal = principalOfRequest(request);
    const ticketId = pathPart(request, 'id') ?? kept.ids[0] ?? kept.commandId;
    const context: CommandContext = {
      commandId: kept.commandId,
      correlationId: kept.commandId,
      causationId: kept.commandId,
      actor: principal === undefined ? { kind: 'citizen', id: kept.commandId } : actorOf(principal, ticketId),
      at: kept.at,
      ...defined({ precondition: replaces && preconditionOf(request, replaces) }),
    };
    const outcome = await carryOut(this.bus, context, kept);
    if (isRefusal(outcome)) return refused(request, outcome);
    const replaced = await replaces?.shown();
    return written({ ...outcome, headers: { ...(replaced !== undefined && { ETag: etagOf(replaced) }), ...outcome.headers } });
  }
}

/** "Later" is no answer to keep. */
const isLasting = ({ status, headers }: StoredAnswer): boolean => status < 500 && headers['Retry-After'] === undefined;

const refused = (request: FastifyRequest, refusal: Refusal): StoredAnswer => {
  const problem = problemOfRefusal(refusal);
  const locale = localeOf(request.headers['accept-language']);
  return {
    status: statusOf(problem.code),
    body: JSON.stringify(problemDetails(problem, locale)),
    headers: {
      'Content-Type': problemContentType,
      'Content-Language': locale,
      ...(problem.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(problem.retryAfterSeconds) }),
    },
  };
};
