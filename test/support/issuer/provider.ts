import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { endsByItself } from '../closing';

export type Accounts = Readonly<Record<string, { readonly realm_access?: object; readonly staff_id?: string }>>;

/** A real provider in a process of its own. Who signs in is the account that is typed; any password will do. */
export type RunningProvider = {
  readonly issuer: string;
  readonly clientSecret: string;
  /** What the provider says of its accounts from now on; who is left out has none any more. */
  change(accounts: Accounts): Promise<void>;
  stop(): Promise<void>;
};

const clientSecret = 'a secret of the tests, long enough to be one';

const nextLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const ended = (): void => {
      reject(new Error('The provider has ended.'));
    };
    const listen = (chunk: Buffer): void => {
      said += String(chunk);
      const [line, rest] = said.split('\n');
      if (line === undefined || rest === undefined) return;
      child.stdout?.off('data', listen);
      child.off('close', ended);
      resolve(line);
    };
    child.stdout?.on('data', listen);
    child.once('close', ended);
  });

export const startProvider = async ({
  pagesAt,
  accounts,
  idTokenSeconds = 3600,
  backChannelUri,
  clients = [],
}: {
  /** the address of the pages that are its client */
  readonly pagesAt: string;
  readonly accounts: Accounts;
  readonly idTokenSeconds?: number;
  /** where it tells that somebody has signed out */
  readonly backChannelUri?: string;
  /** further clients, as the pages' own but for these fields */
  readonly clients?: readonly object[];
}): Promise<RunningProvider> => {
  const settings = {
    redirectUri: `${pagesAt}/intra/intoarcere`,
    postLogoutUri: `${pagesAt}/`,
    backChannelUri,
    clientSecret,
    accounts,
    idTokenSeconds,
    clients,
  };
  const child = spawn(process.execPath, [join(__dirname, 'provider-child.mjs')], {
    env: { PATH: process.env['PATH'], TEST_PROVIDER: JSON.stringify(settings) },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const { issuer } = JSON.parse(await nextLine(child)) as { issuer: string };
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  return endsByItself(
    {
      issuer,
      clientSecret,
      change: async (changed) => {
        const done = nextLine(child);
        child.stdin.write(`${JSON.stringify(changed)}\n`);
        await done;
      },
      stop: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    },
    'stop',
  );
};
