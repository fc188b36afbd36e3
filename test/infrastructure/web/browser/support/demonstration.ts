import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import { endsByItself } from '../../../../support/closing';
import { shiftClock } from '../../../../support/shift-clock';

const root = join(__dirname, '../../../../..');

/** What `tichet demo --json` says once it serves. */
export type Told = {
  readonly url: string;
  readonly dataDirectory: string;
  /** of each role, as a program would use them */
  readonly tokens: Readonly<Record<string, string>>;
  readonly requests: readonly { readonly number: string; readonly filedOn: string; readonly name: string }[];
};
/** The demonstration as `npm run demo` starts it, in a process of its own, on a day that is the same for everybody. */
export type Demonstration = Told & {
  /** Moves its clock to this instant. */
  moveClockTo(instant: string): Promise<void>;
  /** Lets exactly these streams not be whole, for whoever looks for them. */
  damage(streams: readonly StreamDamage[]): Promise<void>;
  /** What it has logged so far. */
  logger(): string;
  stop(): Promise<void>;
};

/** A Wednesday morning, 9:40 in Cluj: one meeting goes on, others are behind and ahead. */
export const demonstrationDay = '2027-03-10T07:40:00.000Z';

/** What it says on its own is one line among those of its log. */
const isTold = (line: string): boolean => line.startsWith('{') && 'requests' in (JSON.parse(line) as object);

const listenTo = (child: ChildProcess): { readonly told: Promise<Told>; readonly logger: () => string } => {
  let logger = '';
  let line = '';
  const told = new Promise<Told>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (line + chunk.toString()).split('\n');
      line = lines.pop() ?? '';
      for (const one of lines) {
        if (isTold(one)) resolve(JSON.parse(one) as Told);
        else logger += `${one}\n`;
      }
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      logger += chunk.toString();
    });
    child.once('close', () => {
      reject(new Error(`The demonstration has ended:\n${logger}`));
    });
  });
  return { told, logger: () => logger };
};

/** The service looks at its clock's file every 20 milliseconds. */
const noticesAfterMilliseconds = 60;

/** `more`: files of test/support that its process loads first. */
export const startDemonstration = async (...more: readonly string[]): Promise<Demonstration> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-pages-'));
  const [clockFile, damagedFile] = [join(folder, 'clock'), join(folder, 'damaged')];
  const moveClockTo = async (instant: string): Promise<void> => {
    shiftClock(clockFile, instant);
    await new Promise((resolve) => setTimeout(resolve, noticesAfterMilliseconds));
  };
  await moveClockTo(demonstrationDay);
  const requires = ['moved-clock.cjs', 'typescript-in-threads.cjs', 'damaged-streams.cjs', ...more].flatMap((file) => [
    '--require',
    `./test/support/${file}`,
  ]);
  const child = spawn(process.execPath, [...requires, 'src/cli.ts', 'demo', '--folder', join(folder, 'data'), '--json'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', TEST_CLOCK_FILE: clockFile, TEST_DAMAGED_FILE: damagedFile, TICHET_LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { told, logger } = listenTo(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  return endsByItself(
    {
      ...(await told),
      moveClockTo,
      damage: (streams) => {
        writeFileSync(damagedFile, JSON.stringify(streams));
        return Promise.resolve();
      },
      logger,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    },
    'stop',
  );
};
