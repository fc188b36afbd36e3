import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { endsByItself } from './closing';

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export type CalendarServer = {
  readonly origin: string;
  /** what was asked for, without the origin */
  readonly asked: string[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
};

/** A calendar server over a real socket that does what it is told, misbehaving included. */
export const startCalendarServer = async (): Promise<CalendarServer> => {
  let behaviour: Behaviour = (_, response) => response.writeHead(404).end();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    behaviour(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return endsByItself(
    {
      origin: `http://127.0.0.1:${String(port)}`,
      asked,
      behave: (next) => {
        behaviour = next;
      },
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    },
    'close',
  );
};

export const serving =
  (text: string): Behaviour =>
  (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/calendar; charset=utf-8' }).end(text);
