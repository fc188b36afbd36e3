import { readFileSync } from 'node:fs';
import { readSettings } from '../../../config/settings';
import { serveWithSocket } from '../../local-socket/serve-with-socket';
import { addCommand, type CommandOfTichet } from '../desk';
import { runUntilStopped } from '../run-service';

export const serveCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'serve',
    words: {
      ro: 'pornește serviciul; setările vin din mediu (TICHET_…, PORT, HOST)',
      en: 'starts the service; settings come from the environment (TICHET_…, PORT, HOST)',
    },
    examples: ['tichet serve', 'PORT=8080 TICHET_DATA_DIR=/var/lib/tichet tichet serve'],
  }).action(async () => {
    const { settings, notices } = readSettings(desk.terminal.env, (path) => readFileSync(path, 'utf8'));
    const service = await serveWithSocket(settings, notices);
    desk.tell({ ro: `Ascultă la ${service.url}; oprire cu Ctrl+C.`, en: `Listening at ${service.url}; stop with Ctrl+C.` });
    await runUntilStopped(service, desk.terminal);
  });
};
