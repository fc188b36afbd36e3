import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../free-port';
import { toolFile } from '../tool';
import { endsByItself } from '../closing';

/** Prism between a client and a server: what breaks the description, on either side, becomes an answer of 4xx or 5xx. */
export type Referee = { readonly url: string; stop(): Promise<void> };

export const startReferee = async (description: string, upstream: string): Promise<Referee> => {
  const program = toolFile('prism', '@stoplight/prism-cli/dist/index.js');
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const child = spawn(process.execPath, [program, 'proxy', '--errors', '-h', '127.0.0.1', '-p', String(port), description, upstream], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let said = '';
  const listening = new Promise<void>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      said += part.toString();
      if (said.includes('Prism is listening')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => {
      reject(new Error(`Prism did not start: ${said}`));
    });
  });
  await listening;
  child.removeAllListeners('exit');
  return endsByItself(
    {
      url,
      stop: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill();
        await once(child, 'exit');
      },
    },
    'stop',
  );
};
