import { openPorts } from '../../nest/open-ports';
import { askLocalSocket } from '../local-socket/socket';
import { everyTable, performInService } from '../local-socket/socket-service';
import type { SocketAnswer, SocketRequest } from '../local-socket/socket';
import { catchUp } from '../../../projections/kernel/projector';
import type { Settings } from '../../config/settings';
import type { Invocation, JsonOption } from './invocation';
import { exitCodes, type ExitCode } from './terminal';

const withoutService = async (settings: Settings, request: SocketRequest): Promise<SocketAnswer> => {
  const opened = await openPorts({ ...settings, logLevel: 'silent' });
  const { ports, rows } = opened;
  try {
    const projecting = { ...ports, rows };
    await catchUp(projecting, everyTable);
    const answer = await performInService(opened, request);
    await catchUp(projecting, everyTable);
    return answer;
  } finally {
    await opened.close();
  }
};

const exitCodeOf = (exit: number): ExitCode => Object.values(exitCodes).find((code) => code === exit) ?? exitCodes.failed;

/** Has it done by the running service, or takes the data folder and does it here. */
export const socketAnswer = async ({ settings }: Invocation, request: SocketRequest): Promise<SocketAnswer> =>
  (await askLocalSocket(settings.dataDirectory, request)) ?? (await withoutService(settings, request));

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
