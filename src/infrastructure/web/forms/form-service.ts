import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../../application/kernel/access';
import type { Done } from '../../../application/kernel/done';
import type { CommandContext } from '../../../application/kernel/execute';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredCommand } from '../../../application/kernel/ports/operations';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { principalOfRequest } from '../../api/access/principals';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { formOf } from './form';
import { onceField } from './form-drafts';

const idsPerCommand = 3;
/** How long a form waits for the tables, so that the page after it shows what was done; a page of the log needs no wait. */
const longestWaitMilliseconds = 2000;

export type FormOrder<C, T> = {
  readonly useCase: CommandClass<C, Done<T>>;
  /** ids and instant are those of the first time, when the form is sent again */
  readonly command: (kept: StoredCommand) => C;
  /** what the command is about; a new ticket is its own */
  readonly ticketId?: string;
};

/**
 * Where forms become commands. The same form sent twice (a double click, the back button, a reload) is the same command:
 * it keeps its id, instant and ids under what was sent and the hidden field of the page it was sent from. One that was refused is
 * of the instant when it is sent again: nobody keeps a refused form to ask with it tomorrow as of today.
 */
@Injectable()
export class FormService {
  constructor(
    private readonly bus: CommandBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  /** A new value for the hidden field of a form. */
  once(): string {
    return this.ports.identifiers.next();
  }

  async carryOut<C, T>(request: FastifyRequest, { useCase, command, ticketId }: FormOrder<C, T>): Promise<Done<T> | Refusal> {
    const { clock, identifiers, operations, personalData } = this.ports;
    // without it, what was sent last month would be the same command
    if (formOf(request).text(onceField) === '') throw new HttpProblem({ code: 'invalid' });
    const sent = personalData.tag('web-form', `${request.url}\u001f${formOf(request).canonical()}`);
    const proposal: StoredCommand = {
      commandId: identifiers.derive('web-form', sent),
      at: clock.now(),
      ids: Array.from({ length: idsPerCommand }, () => identifiers.next()),
    };
    const key = `web:${sent}`;
    const remembered = await operations.idempotency.remember(key, sent, proposal);
    if (remembered.kind === 'other-body') throw new HttpProblem({ code: 'idempotency-conflict' });
    const kept = remembered.command;
    const principal = principalOfRequest(request);
    const context: CommandContext = {
      commandId: kept.commandId,
      correlationId: kept.commandId,
      causationId: kept.commandId,
      actor:
        principal === undefined
          ? { kind: 'citizen', id: ticketId ?? kept.ids[0] ?? kept.commandId }
          : actorOf(principal, ticketId ?? kept.ids[0] ?? kept.commandId),
      at: kept.at,
    };
    const outcome: Done<T> | Refusal = await this.bus.execute(new useCase(context, command(kept)));
    if (isRefusal(outcome)) await operations.idempotency.refused(key);
    else await this.ports.readModels.reached(outcome.position, longestWaitMilliseconds);
    return outcome;
  }
}
