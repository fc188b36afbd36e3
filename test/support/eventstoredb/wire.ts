import { createServer, connect, type Server, type Socket } from 'node:net';
import { freePort } from '../free-port';

/** The cable between a client and a server: an address that stays while servers come and go, and that can be cut or clogged. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private clogged = false;
  /** the port of the server behind it now; undefined while there is none */
  target: number | undefined;

  private listener: Server | undefined;

  private constructor(readonly port: number) {}

  static async lay(): Promise<Wire> {
    const wire = new Wire(await freePort());
    await wire.listen();
    return wire;
  }

  /** Takes connections, again at the same address. */
  async listen(): Promise<void> {
    if (this.listener) return;
    const listener = createServer((near) => {
      if (this.target === undefined) near.destroy();
      else this.join(near, connect(this.target, '127.0.0.1'));
    });
    this.listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(this.port, '127.0.0.1', resolve);
    });
  }

  /** Nobody listens any more, so that whoever asks is refused, as behind a process that has ended. */
  close(): void {
    this.listener?.close();
    this.listener = undefined;
    this.cut();
  }

  /** how many connections clients hold open */
  get connections(): number {
    return this.sockets.size / 2;
  }

  /** Ends every connection, in the middle of whatever it carries. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Carries nothing, in neither direction, and says nothing: as a stopped process or a lost route. */
  clog(): void {
    this.clogged = true;
    for (const socket of this.sockets) socket.pause();
  }

  unclog(): void {
    this.clogged = false;
    for (const socket of this.sockets) socket.resume();
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        if (!to.write(bytes)) from.pause();
      });
      to.on('drain', () => {
        if (!this.clogged) from.resume();
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      if (this.clogged) from.pause();
    }
  }
}
