import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { endsByItself } from './closing';

/** What happens to a statement on any of the connections. */
export type Fault =
  /** it arrives and is carried out; its answer does not come back */
  | 'answer-lost'
  /** it does not arrive */
  | 'question-lost';

/** A way to a server that can be cut. */
export type FaultyConnection = {
  readonly url: string;
  /** @param plan is asked for each statement from now on, counted from 0 */
  suffer(plan: (nth: number) => Fault | undefined): void;
  /** Cuts all connections; new ones are refused until `mend`. */
  cut(): void;
  mend(): void;
  /** faults that have happened */
  happened(): number;
  close(): Promise<void>;
};

/** @param marked only statements with this text in them meet the fault */
export const openFaultyConnection = async (target: string, marked = 'tichet-append'): Promise<FaultyConnection> => {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let plan: (nth: number) => Fault | undefined = () => undefined;
  let nth = 0;
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
      const fault = !losing && bytes.includes(marked) ? plan(nth++) : undefined;
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
  return endsByItself(
    {
      url: url.href,
      suffer: (faults) => {
        plan = faults;
        nth = 0;
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
    },
    'close',
  );
};
