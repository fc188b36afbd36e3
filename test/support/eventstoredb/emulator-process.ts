import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Certificate } from './certificate';
import type { Commands } from './commands';

export type Command = { readonly id: number; readonly name: keyof Commands; readonly args: readonly unknown[] };
export type Started = { readonly url: string; readonly port: number };
type Answered = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** An emulator in a process of its own, which is told what to do: for benches, and for outages of a service that runs for itself. */
export class EmulatorProcess {
  private readonly waiting = new Map<number, (answered: Answered) => void>();
  private asked = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly started: Started,
  ) {
    child.on('message', (answered: Answered) => {
      this.waiting.get(answered.id)?.(answered);
      this.waiting.delete(answered.id);
    });
  }

  /** @param certificate with which it speaks TLS */
  static async start(certificate?: Certificate): Promise<EmulatorProcess> {
    const files = certificate ? [certificate.keyFile, certificate.chainFile, certificate.authorityFile] : [];
    const child = fork(join(__dirname, 'emulator.child.ts'), files, {
      execArgv: ['--max-old-space-size=8192', '--require', join(__dirname, '../typescript-in-threads.cjs')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [started] = (await once(child, 'message')) as [Started];
    return new EmulatorProcess(child, started);
  }

  get url(): string {
    return this.started.url;
  }

  get port(): number {
    return this.started.port;
  }

  /** With TLS. */
  urlFor(user: string, password: string): string {
    return this.url.replace('esdb://', `esdb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
  }

  async tell<Name extends keyof Commands>(name: Name, ...args: Parameters<Commands[Name]>): Promise<Awaited<ReturnType<Commands[Name]>>> {
    const id = (this.asked += 1);
    const answered = new Promise<Answered>((resolve) => this.waiting.set(id, resolve));
    const command: Command = { id, name, args };
    this.child.send(command);
    const { value, error } = await answered;
    if (error !== undefined) throw new Error(`The emulator does not ${name}: ${error}`);
    return value as Awaited<ReturnType<Commands[Name]>>;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || !this.child.connected) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}
