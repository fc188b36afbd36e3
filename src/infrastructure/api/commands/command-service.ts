import { inBoth } from '../../phrasing/sentences';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { type Asker, principalKey, type Principal } from '../../../application/kernel/access';
import { type CommandContext, commandOf } from '../../../application/kernel/execute';
import { nothingKnown } from '@tichet-albastru/event-log/execute/load';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredAnswer, StoredCommand } from '../../../application/kernel/ports/operations';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import type { Done } from '../../../application/kernel/done';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { portsToken } from '../../nest/tokens';
import { unseen } from '../../runtime/opened-for';
import { principalOfRequest } from '../access/principals';
import { shownTo } from '../access/shown-data';
import { localeOf } from '../problem/language';
import { noteRefused } from '../problem/note-refused';
import { HttpProblem, problemOfRefusal, writtenProblem } from '../problem/problem';
import { etagOf, preconditionOf, type Replaced } from './preconditions';
import { invalidField } from '../problem/invalid';
import { formOf, onceField } from '../body/form';

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

const keyIn = ({ headers: { 'idempotency-key': key } }: FastifyRequest): string | undefined =>
  typeof key === 'string' && keyForm.test(key) ? key : undefined;

/** The key of this command, `undefined` when it has none. @throws HttpProblem `invalid` */
const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const key = keyIn(request);
  if (key !== undefined || request.headers['idempotency-key'] === undefined) return key;
  throw invalidField('Idempotency-Key', inBoth.api.invalid.idempotencyKey);
};

/** As whom they may have asked before: a person with the role `staff` may have been a head then. Always the same person. */
const whoTheyWere = (principal: Principal): readonly Principal[] =>
  principal.kind === 'official' && principal.role === 'staff' ? [principal, { ...principal, role: 'head' }] : [principal];

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

/** The body in one form, independent of the order of its fields. */
const canonicalBody = (body: unknown): string => JSON.stringify(sorted(body ?? {}));

/** How many ids a command may need beyond its own. */
const idsPerCommand = 3;
/** How long a form waits for the tables, so that the page after it shows what was done; a page of the log needs no wait. */
const longestWaitMilliseconds = 2000;

/** What a page asks for: which use case, and with what. */
type FormOrder<C, T> = {
  readonly useCase: CommandClass<C, Done<T>>;
  /** ids and instant are those of the first time, when the command is repeated; after a "later" or a refused form the instant is a new one */
  readonly command: (kept: StoredCommand) => C;
  /** what the command is about; a new ticket is its own */
  readonly ticketId?: string;
  /** whom a page for all knows by their session: a citizen who has found a request, or holds a ticket that is not open yet */
  readonly asker?: Asker;
};

/** How the outcome is told to a program, and what it is asked for besides. */
export type Telling<T> = {
  readonly answer: (value: T, known: StreamCache) => Answer | Promise<Answer>;
  /** asked before anything is kept under a key: what is refused here leaves no trace */
  readonly atTheDoor?: () => Promise<Refusal | undefined>;
  /** of a PUT: what it replaces, for `If-Match` and the new `ETag` */
  readonly replaces?: Replaced;
};
export type ProgramOrder<C, T> = Omit<FormOrder<C, T>, 'ticketId' | 'asker'> & Telling<T>;

/**
 * Where commands come in. Under an Idempotency-Key the command keeps its id, instant and ids before its first append, so that a
 * repetition, even after a crash, is the same command; and the first answer is kept, so that twins hear the same bytes.
 */
@Injectable()
export class CommandService {
  readonly #repeated = new WeakMap<FastifyRequest, StoredAnswer>();

  constructor(
    private readonly bus: CommandBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  /**
   * Whether the same person was answered when they asked for the same under the same key. That answer is theirs, and is all they get,
   * even if they have lost the right since: by that command itself the meeting may be another department's.
   */
  async isRepetition(request: FastifyRequest, principal: Principal): Promise<boolean> {
    const key = keyIn(request);
    if (key === undefined || request.body instanceof Readable) return false;
    const fingerprint = this.#fingerprint(request);
    for (const asked of whoTheyWere(principal)) {
      const answer = await this.ports.operations.idempotency.answered(this.#keptAs(request, asked, key), fingerprint);
      if (answer === undefined) continue;
      this.#repeated.set(request, answer);
      return true;
    }
    return false;
  }

  /** Carries out what a program asks for. */
  async take<C, T>(request: FastifyRequest, order: ProgramOrder<C, T>): Promise<StoredAnswer> {
    const repeated = this.#repeated.get(request);
    if (repeated !== undefined) return shownAgain(request, repeated);
    const key = idempotencyKeyOf(request);
    const refusal = await order.atTheDoor?.();
    if (refusal) return this.#refused(request, refusal);
    const proposal = this.#propose(request, key);
    if (key === undefined) return this.#carryOut(request, proposal, order);
    const { idempotency } = this.ports.operations;
    const kept = this.#keptAs(request, principalOfRequest(request), key);
    const remembered = await this.#remember(kept, this.#fingerprint(request), proposal);
    if (remembered.answer !== undefined) return shownAgain(request, remembered.answer);
    const answer = await this.#carryOut(request, remembered.command, order);
    const shows = [...shownTo(request).streams];
    if (isLasting(answer)) return shownAgain(request, await idempotency.settle(kept, shows.length === 0 ? answer : { ...answer, shows }));
    await idempotency.refused(kept);
    return answer;
  }

  /**
   * Carries out what a form asks for. The same form sent twice (a double click, the back button, a reload) is the same command: it keeps
   * its id, instant and ids under what was sent and the hidden field of the page it was sent from. A refused form that is sent again has
   * the instant of the new sending: a person cannot keep a refused form to ask with it tomorrow as of today.
   */
  async carryOut<C, T>(request: FastifyRequest, order: FormOrder<C, T>): Promise<Done<T> | Refusal> {
    const { identifiers, operations, personalData, readModels } = this.ports;
    const form = formOf(request);
    // without it, what was sent last month would be the same command
    if (form.text(onceField) === '') throw new HttpProblem({ code: 'invalid' });
    const sent = personalData.tag('web-form', `${request.url}\u001f${form.canonical()}`);
    const key = `web:${sent}`;
    const { command: kept } = await this.#remember(key, sent, this.#proposal(identifiers.derive('web-form', sent)));
    const about = order.ticketId ?? kept.ids[0] ?? kept.commandId;
    const outcome = await this.#execute(request, kept, order, { about, anybody: about });
    if (isRefusal(outcome)) {
      await operations.idempotency.refused(key);
      // no field is at fault
      if (outcome.code === 'forbidden') throw new HttpProblem(problemOfRefusal(outcome));
      noteRefused(this.ports.logger, request, outcome.code);
    } else await readModels.reached(outcome.position, longestWaitMilliseconds);
    return outcome;
  }

  #refused(request: FastifyRequest, refusal: Refusal): StoredAnswer {
    noteRefused(this.ports.logger, request, refusal.code);
    return writtenProblem(problemOfRefusal(refusal), localeOf(request.headers['accept-language']), this.ports.cityHall.informationCentre);
  }

  #keptAs(request: FastifyRequest, principal: Principal | undefined, key: string): string {
    return this.ports.personalData.tag('idempotency-key', commandKey(request, principal, key).join('\u001f'));
  }

  #fingerprint({ body }: FastifyRequest): string {
    return this.ports.personalData.tag('idempotency-body', canonicalBody(body));
  }

  async #remember(key: string, fingerprint: string, proposal: StoredCommand) {
    const remembered = await this.ports.operations.idempotency.remember(key, fingerprint, proposal);
    if (remembered.kind === 'other-body') throw new HttpProblem({ code: 'idempotency-conflict' });
    return remembered;
  }

  #propose(request: FastifyRequest, key: string | undefined): StoredCommand {
    const { identifiers } = this.ports;
    return this.#proposal(
      key === undefined ? identifiers.next() : identifiers.derive('command', ...commandKey(request, principalOfRequest(request), key)),
    );
  }

  #proposal(commandId: string): StoredCommand {
    const { identifiers, clock } = this.ports;
    return { commandId, at: clock.now(), ids: Array.from({ length: idsPerCommand }, () => identifiers.next()) };
  }

  /** @param ids of what it is about, and of its author where the caller did not have to say who they are */
  #execute<C, T>(
    request: FastifyRequest,
    kept: StoredCommand,
    { useCase, command, asker }: FormOrder<C, T>,
    ids: { readonly about: string; readonly anybody: string },
    further: Pick<CommandContext, 'precondition' | 'known'> = {},
  ): Promise<Done<T> | Refusal> {
    const principal = principalOfRequest(request) ?? asker;
    const about = principal === undefined ? ids.anybody : ids.about;
    const context = { ...commandOf(principal ?? { kind: 'everybody' }, kept.commandId, kept.at, about), ...further };
    return unseen(() => this.bus.execute(new useCase(context, command(kept))));
  }

  async #carryOut<C, T>(request: FastifyRequest, kept: StoredCommand, order: ProgramOrder<C, T>): Promise<StoredAnswer> {
    const ids = { about: pathPart(request, 'id') ?? kept.ids[0] ?? kept.commandId, anybody: kept.commandId };
    const known = nothingKnown();
    const precondition = order.replaces && preconditionOf(this.ports.personalData, request, order.replaces);
    const outcome = await this.#execute(request, kept, order, ids, { known, ...defined({ precondition }) });
    if (isRefusal(outcome)) return this.#refused(request, outcome);
    const answer = await order.answer(outcome.value, known);
    const { replaces } = order;
    // looked at for its mark only
    const replaced = replaces && (await unseen(() => replaces.shown()));
    const etag = replaced === undefined ? {} : { ETag: etagOf(this.ports.personalData, replaced) };
    return written({ ...answer, headers: { 'Tichet-Position': outcome.position, ...etag, ...answer.headers } });
  }
}

/** A kept answer is as personal as it was the first time. */
const shownAgain = (request: FastifyRequest, answer: StoredAnswer): StoredAnswer => {
  for (const stream of answer.shows ?? []) shownTo(request).add(stream);
  return answer;
};

/** "Later" is no answer to keep. */
const isLasting = ({ status, headers }: StoredAnswer): boolean => status < 500 && headers['Retry-After'] === undefined;
