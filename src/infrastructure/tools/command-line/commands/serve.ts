import { readFileSync } from 'node:fs';
import { readSettings } from '../../../config/settings';
import { serveWithSocket } from '../../local-socket/serve-with-socket';
import { addCommand, type CommandOfTichet } from '../invocation';
import { runUntilStopped } from '../run-service';
import { inBoth } from '../../../phrasing/sentences';

export const serveCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'serve',
    words: inBoth.cli.serve.aboutServe,
    examples: ['tichet serve', 'PORT=8080 TICHET_DATA_DIR=/var/lib/tichet tichet serve'],
  }).action(async () => {
    const { settings, notices } = readSettings(desk.terminal.env, (path) => readFileSync(path, 'utf8'));
    const service = await serveWithSocket(settings, notices, desk.own);
    desk.tell(inBoth.cli.serve.listeningStopCtrlC({ url: service.url }));
    await runUntilStopped(service, desk.terminal);
  });
};
