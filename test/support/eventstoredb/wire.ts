import { createServer, connect, type Server, type Socket } from 'node:net';

/** The cable between a client and a server: an address that stays while servers come and go, and that can be cut or clogged. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private clogged = false;
  /** the port of the server behind it now; undefined while there is none */
  target: number | undefined;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
  ) {}

  static async lay(): Promise<Wire> {
    const listener = createServer();
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve);
    });
    const address = listener.address();
    const wire = new Wire(listener, typeof address === 'object' && address ? address.port : 0);
    listener.on('connection', (near) => {
      const port = wire.target;
      if (port === undefined) {
        near.destroy();
        return;
      }
      wire.join(near, connect(port, '127.0.0.1'));
    });
    return wire;
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

  async remove(): Promise<void> {
    this.cut();
    await new Promise((resolve) => {
      this.listener.close(resolve);
    });
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
