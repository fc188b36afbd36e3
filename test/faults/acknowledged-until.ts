import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const preload = join(root, 'test', 'support', 'typescript-in-threads.cjs');

type Appending = {
  /** a file of this folder */
  readonly program: string;
  readonly argv: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** so many lines of acknowledgements come before the end; 1 where it is left out */
  readonly lines?: number;
  /** the end comes at a random moment within so many milliseconds after these lines */
  readonly within: number;
};

/** Lets a child append until `end`, which has to kill it unless it kills itself. @returns the ids that it had acknowledged */
export const acknowledgedUntil = (
  { program, argv, environment = {}, within, lines = 1 }: Appending,
  end: (child: ChildProcess) => void | Promise<void>,
): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', preload, join(__dirname, program), ...argv], {
      cwd: root,
      env: { ...process.env, ...environment },
    });
    let output = '';
    let complaint = '';
    let doomed = false;
    let ended = Promise.resolve();
    const endIt = async (): Promise<void> => {
      await new Promise((later) => setTimeout(later, Math.random() * within));
      await end(child);
    };
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      if (doomed || output.split('\n').length <= lines) return;
      doomed = true;
      ended = endIt();
      ended.catch((error: unknown) => {
        child.kill('SIGKILL');
        reject(new Error(complaint, { cause: error }));
      });
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes.toString();
    });
    child.on('close', () => {
      // the last line may be cut off: it was not acknowledged to anybody then
      const whole = output.slice(0, output.lastIndexOf('\n') + 1);
      const ids = whole.split(/\s/).filter(Boolean);
      if (doomed)
        void ended.then(() => {
          resolve(ids);
        }, reject);
      else reject(new Error(complaint));
    });
  });
