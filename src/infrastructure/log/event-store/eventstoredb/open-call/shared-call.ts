import { randomUUID } from 'node:crypto';
import type { SendAppend } from '../append-way';
import type { Connection } from '../connection';
import { appendMessage } from './append-message';
import { OpenCall } from './open-call';

/** All appends of a store over one call, which is opened by the first of them and anew behind every end. */
export const overOneCall = (connection: Connection): SendAppend => {
  let call: OpenCall | undefined;
  return async (sent, milliseconds) => {
    const correlation = randomUUID();
    const message = appendMessage(correlation, sent);
    if (!call || call.over) call = new OpenCall(connection, call?.over);
    return call.send(correlation, message, milliseconds);
  };
};
