import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What happens to the next statement on any of the connections, once. */
export type Fault =
  /** it arrives and is carried out; its answer does not come back */
  | 'answer-lost'
  /** it does not arrive */
  | 'question-lost';

/** A way to a server that can be cut. */
export type FaultyConnection = {
  readonly url: string;
  /** @param times how many of the next statements, one after the other */
  next(fault: Fault, times?: number): void;
  /** Cuts all connections; new ones are refused until `mend`. */
  cut(): void;
  mend(): void;
  /** faults that have happened */
  happened(): number;
  close(): Promise<void>;
};

/** Only statements with this text in them meet the fault. */
const marked = 'tichet-append';

export const openFaultyConnection = async (target: string): Promise<FaultyConnection> => {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const faults: Fault[] = [];
  let refusing = false;
  let happened = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    if (refusing) {
      end();
      return;
    }
    let losing = false;
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      const fault = !losing && bytes.includes(marked) ? faults.shift() : undefined;
      if (fault !== undefined) happened += 1;
      if (fault === 'question-lost') {
        end();
        return;
      }
      losing ||= fault === 'answer-lost';
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      // the answer is sent after the commit: whoever has it, could know
      if (losing) end();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: url.href,
    next: (fault, times = 1) => {
      for (let left = times; left > 0; left -= 1) faults.push(fault);
    },
    cut: () => {
      refusing = true;
      cut();
    },
    mend: () => {
      refusing = false;
    },
    happened: () => happened,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
