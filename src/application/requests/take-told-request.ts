import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { registerAsTold } from '../../domain/request/registering';
import { comparedRequest } from './register-request';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { unknownStaff } from './known-staff';
import { currentCalendar, requests } from '../kernel/streams';
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
    const taken = await requests.of(ports, { number, filedOn }).transact(context, 'as told', async (state) =>
      registerAsTold(
        await comparedRequest(ports, told, state, at),
        answers.map((answer) => ({ ...answer, at, policies: ports.policies, calendar })),
        state,
      ),
    );
    return isRefusal(taken) ? taken : done({ number, filedOn }, taken.position);
  };
