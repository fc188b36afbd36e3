import { openPorts } from '../../nest/open-ports';
import { askLocalSocket } from '../local-socket/ask-local-socket';
import { everyTable } from '../../nest/tables';
import { performInService } from '../local-socket/socket-service';
import type { SocketAnswer, SocketRequest } from '../local-socket/protocol';
import { catchUp } from '../../../projections/kernel/projector';
import type { Invocation, JsonOption } from './invocation';
import { exitCodes, type ExitCode } from './exit-code';

const withoutService = async ({ settings, own }: Invocation, request: SocketRequest): Promise<SocketAnswer> => {
  const opened = await openPorts({ ...settings, logLevel: 'silent' }, {}, own);
  const { ports, rows } = opened;
  try {
    const projecting = { ...ports, rows };
    await catchUp(projecting, everyTable(opened));
    const answer = await performInService(opened, request);
    await catchUp(projecting, everyTable(opened));
    return answer;
  } finally {
    await opened.close();
  }
};

const exitCodeOf = (exit: number): ExitCode => Object.values(exitCodes).find((code) => code === exit) ?? exitCodes.failed;

/** Has it done by the running service, or takes the data folder and does it here. */
export const socketAnswer = async (desk: Invocation, request: SocketRequest): Promise<SocketAnswer> =>
  (await askLocalSocket(desk.settings.dataDirectory, request)) ?? (await withoutService(desk, request));

/** Says what came of it, and ends with its exit code. */
export const tellAnswer = (desk: Invocation, answer: SocketAnswer, { json = false }: JsonOption): void => {
  const code = exitCodeOf(answer.exit);
  if (json) desk.printJson(answer.value);
  else if (code === exitCodes.done) desk.print(desk.say(answer));
  else desk.complain(desk.say(answer));
  desk.end(code);
};

/** Has it done, and says what came of it. */
export const askRunningService = async (desk: Invocation, request: SocketRequest, options: JsonOption): Promise<void> => {
  tellAnswer(desk, await socketAnswer(desk, request), options);
};
