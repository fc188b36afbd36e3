import { serveWithSocket } from '../../local-socket/serve-with-socket';
import { addCommand, type CommandOfTichet } from '../invocation';
import { runUntilStopped } from '../run-service';
import { inBoth } from '../../../phrasing/sentences';

export const serveCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'serve', desk.words.serve.aboutServe, ['tichet serve', 'PORT=8080 TICHET_DATA_DIR=/var/lib/tichet tichet serve']).action(async () => {
    const { settings, notices } = desk.settingsRead;
    const service = await serveWithSocket(settings, notices);
    desk.tell(desk.words.serve.listeningStopCtrlC({ url: service.url }));
    await runUntilStopped(service, desk.terminal);
  });
};
