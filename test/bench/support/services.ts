import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Pool } from 'undici';

export type Served = {
  readonly url: string;
  /** Rebuilds the audit trail in the service. @returns when it has been switched to */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
};

const answer = async (child: ChildProcess): Promise<Readonly<Record<string, string>>> => {
  const heard = new AbortController();
  const { signal } = heard;
  const [message] = (await Promise.race([
    once(child, 'message', { signal }),
    once(child, 'exit', { signal }).then(() => {
      throw new Error('The service has ended.');
    }),
  ]).finally(() => {
    heard.abort();
  })) as [Readonly<Record<string, string>>];
  return message;
};

/** A program of the bench in a process of its own, that answers one question at a time; the first answer comes by itself. */
export const askApart = async (
  program: string,
  ...argv: readonly string[]
): Promise<{
  readonly first: Readonly<Record<string, string>>;
  readonly ask: (question: object) => Promise<Readonly<Record<string, string>>>;
  readonly stop: () => Promise<void>;
}> => {
  const child = fork(join(__dirname, program), argv, {
    execArgv: ['--expose-gc', '--require', join(__dirname, 'compiled-sources.cjs')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    first: await answer(child),
    ask: (question) => {
      child.send(question);
      return answer(child);
    },
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
};

/** A service in a process of its own, so that the load and the served do not share a thread. */
export const serveApart = async (environment: Readonly<Record<string, string>>): Promise<Served> => {
  const child = fork(join(__dirname, 'service.child.ts'), {
    env: { ...process.env, TICHET_LOG_LEVEL: 'warn', ...environment },
    execArgv: [
      // as `npm start` runs it; raw as well
      '--max-semi-space-size=64',
      ...(process.env['BENCH_PROFILE'] ? ['--cpu-prof', '--cpu-prof-dir', process.env['BENCH_PROFILE']] : []),
      '--require',
      join(__dirname, 'compiled-sources.cjs'),
    ],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url = '' } = await answer(child);
  return {
    url,
    rebuild: async () => {
      child.send('rebuild');
      const { outcome } = await answer(child);
      if (outcome !== 'switched') throw new Error(`The rebuild ended with ${String(outcome)}.`);
    },
    stop: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
};

export type Method = 'GET' | 'POST';
export type Answered = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Keeps its connections open. The lightest client there is: what the load costs is missing to the service on a small machine. */
export const clientOf = (
  url: string,
  connections: number,
): {
  readonly call: (method: Method, path: string, body?: object, token?: string) => Promise<Answered>;
  readonly close: () => Promise<void>;
} => {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return {
    call: async (method, path, body, token) => {
      const { statusCode, body: answer } = await pool.request({
        method,
        path,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: statusCode, body: JSON.parse((await answer.text()) || '{}') as Answered['body'] };
    },
    close: () => pool.close(),
  };
};
