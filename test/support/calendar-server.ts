import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from './http-server';

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
  const server = await serveHttp((request, response) => {
    asked.push(request.url ?? '');
    behaviour(request, response);
  });
  return {
    origin: server.url,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    close: server.close,
  };
};

export const serving =
  (text: string): Behaviour =>
  (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/calendar; charset=utf-8' }).end(text);
