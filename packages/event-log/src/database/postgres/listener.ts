import { Client } from 'pg';
import { addressOnly } from './address-only';

/** Hears of commits of every process. It misses what was said while it was cut off: a reader that follows a log also polls it. */
export type Listener = {
  /**
   * @param tell is called with what was said on the channel; with nothing when the connection is there (again) and anything may have been missed
   * @returns stops it
   */
  on(channel: string, tell: (payload: string | undefined) => void): () => void;
  close(): Promise<void>;
};

/** Between two attempts to connect, in milliseconds: doubling from the first to the last. */
const firstWait = 100;
const longestWait = 2000;
/** A connection without a sign of life is asked for one so often, in milliseconds: a cut cable is silent. */
const pulse = 10_000;
const answerTimeout = 5000;

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`;

/** One connection for all channels, made with the first and made again whenever it is lost. */
export const createListener = (url: string): Listener => {
  const channels = new Map<string, Set<(payload: string | undefined) => void>>();
  let client: Client | undefined;
  let closed = false;
  let wait = firstWait;
  let timer: NodeJS.Timeout | undefined;

  const later = (): void => {
    if (closed) return;
    timer = setTimeout(connect, wait);
    timer.unref();
    wait = Math.min(2 * wait, longestWait);
  };

  const lost = (which: Client): void => {
    if (client !== which) return;
    client = undefined;
    void which.end().catch(() => undefined);
    later();
  };

  const beat = (which: Client): void => {
    setTimeout(() => {
      if (client !== which) return;
      which.query('SELECT 1').then(
        () => {
          beat(which);
        },
        () => {
          lost(which);
        },
      );
    }, pulse).unref();
  };

  const open = async (): Promise<void> => {
    const opened = new Client({
      ...addressOnly(url),
      application_name: 'tichet-listener',
      keepAlive: true,
      connectionTimeoutMillis: answerTimeout,
      query_timeout: answerTimeout,
    });
    client = opened;
    opened.on('error', () => {
      lost(opened);
    });
    opened.on('end', () => {
      lost(opened);
    });
    opened.on('notification', ({ channel, payload }) => {
      for (const tell of channels.get(channel) ?? []) tell(payload);
    });
    try {
      await opened.connect();
      for (const channel of channels.keys()) await opened.query(`LISTEN ${quoted(channel)}`);
    } catch {
      lost(opened);
    }
    if (client !== opened) return;
    wait = firstWait;
    for (const told of channels.values()) for (const tell of told) tell(undefined);
    beat(opened);
  };

  const connect = (): void => {
    if (client === undefined && !closed) void open();
  };

  return {
    on: (channel, tell) => {
      const told = channels.get(channel);
      if (told) told.add(tell);
      else {
        channels.set(channel, new Set([tell]));
        const which = client;
        if (which === undefined) connect();
        else
          which.query(`LISTEN ${quoted(channel)}`).then(
            () => {
              tell(undefined);
            },
            () => {
              lost(which);
            },
          );
      }
      return () => {
        channels.get(channel)?.delete(tell);
      };
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      const last = client;
      client = undefined;
      await last?.end().catch(() => undefined);
    },
  };
};

/** Hears nothing: a reader that follows a log polls it. */
export const silentListener: Listener = { on: () => () => undefined, close: () => Promise.resolve() };
