import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { registerAsTold } from '../../domain/request/registering';
import { registeredRequest } from '../../domain/request/request';
import { comparedRequest } from './register-request';
import { done, type Done } from '../kernel/done';
import { type CommandContext, execute } from '../kernel/execute';
import { unknownStaff } from './known-staff';
import { currentCalendar } from '../kernel/load';
import type { Ports } from '../kernel/ports/ports';
import type { ToldRequest } from '../kernel/ports/request-register';

/** Brings what the register says of a request into the log, with all its answers: only what changed becomes a fact. All or nothing. */
export const takeToldRequest =
  (ports: Ports) =>
  async (context: CommandContext, told: ToldRequest): Promise<Done<RequestIdentity> | Refusal> => {
    const { number, filedOn, answers } = told;
    const people = [
      ['handlerStaffId', told.handlerStaffId] as const,
      ...answers.map(({ answeredBy }) => ['answeredBy', answeredBy] as const),
    ];
    for (const [field, staffId] of people) {
      const stranger = await unknownStaff(ports, field, staffId);
      if (stranger !== undefined) return stranger;
    }
    const calendar = await currentCalendar(ports);
    const { at } = context;
    const taken = await execute(ports, context, {
      aggregate: registeredRequest,
      stream: requestStream({ number, filedOn }),
      step: 'as told',
      decide: async (state) =>
        registerAsTold(
          await comparedRequest(ports, told, state, at),
          answers.map((answer) => ({ ...answer, at, policies: ports.policies, calendar })),
          state,
        ),
    });
    return isRefusal(taken) ? taken : done({ number, filedOn }, taken.position);
  };
