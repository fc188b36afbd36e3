import { NO_STREAM } from '@eventstore/db-client';
import type { Envelope, Expected, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import type { Connection } from './connection';
import { mayBePoisoned, Silence } from './outage';
import { eventDataOf } from './stored-event';

/** Over one call that stays open, or by a call of the client's for each. */
export type WayOfAppending = 'shared-call' | 'client';

/** An append as the server is told it. */
export type Sent = { readonly streamOnServer: string; readonly expected: Expected; readonly events: NonEmpty<Envelope> };
/** What the server says of an append that stands; it may have forgotten the position of one that stood before. */
export type Stands = { readonly revision: number; readonly position?: bigint };

/** @throws Silence within the milliseconds; AppendRefused for what cannot be sent; what `codeOf` understands */
export type SendAppend = (sent: Sent, milliseconds: number) => Promise<Stands>;

/** What its deadline may be late by, in milliseconds. */
const grace = 50;

/** A call of the client's for each append. Its own deadline does not cover every way in which it may hang. */
export const callForEach =
  (connection: Connection): SendAppend =>
  async ({ streamOnServer, expected, events }, milliseconds) => {
    const data = events.map(eventDataOf);
    const client = connection.current();
    const deadline = Math.max(1, milliseconds - grace);
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Silence(`No answer within ${milliseconds} ms.`));
      }, deadline + grace);
    });
    try {
      const expectedRevision = expected.kind === 'no-stream' ? NO_STREAM : BigInt(expected.revision);
      const sent = client.appendToStream(streamOnServer, data, { ...connection.asUser, expectedRevision, deadline });
      const { nextExpectedRevision, position } = await Promise.race([sent, silence]);
      return { revision: Number(nextExpectedRevision), ...(position && { position: position.commit }) };
    } catch (error) {
      if (mayBePoisoned(error)) connection.giveUp(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
