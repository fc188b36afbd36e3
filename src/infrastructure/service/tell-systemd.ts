import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Readiness } from '../nest/background';
import { errorCode } from '@tichet-albastru/kernel/error-code';

const run = promisify(execFile);

/** How long systemd bears silence (`WatchdogSec=`), and how much more time a start is asked for; in microseconds, as systemd counts. */
const usual = 60_000_000;

/** What the service tells whoever started it, until it stops. */
export type ToldSystemd = { stopping(): Promise<void> };

/**
 * Tells systemd (`Type=notify`) that the service is up, that it lives and that it stops; nothing, where systemd has not asked. That it lives is
 * said from the event loop, and only after the stores were looked at: an error is an answer, too, as an outage passes by itself and no new
 * start would mend it, but where nothing comes back, nothing is said, and systemd starts the service again. Node opens no datagram socket of
 * the file system: systemd's own program carries each word, hence `NotifyAccess=all`.
 */
export const tellSystemd = (
  { NOTIFY_SOCKET, PATH, WATCHDOG_USEC }: NodeJS.ProcessEnv,
  { readiness, logger }: { readonly readiness: () => Promise<Readiness>; readonly logger: Logger },
): ToldSystemd | undefined => {
  if (NOTIFY_SOCKET === undefined) return undefined;
  const over = new AbortController();
  const tell = async (...words: readonly string[]): Promise<void> => {
    try {
      await run('systemd-notify', words, { env: { NOTIFY_SOCKET, PATH } });
    } catch (error) {
      logger.warn('systemd.not-told', { code: errorCode(error) });
    }
  };
  const patience = Number(WATCHDOG_USEC ?? usual);
  const keepTelling = async (): Promise<void> => {
    let isUp = false;
    const isOver = (): boolean => over.signal.aborted;
    while (!isOver()) {
      const status = await readiness().catch((): Readiness => 'storage-failing');
      if (isOver()) return;
      // up is also who can only be read: there is nothing more to wait for
      isUp ||= status !== 'catching-up';
      await tell(...(isUp ? ['READY=1', 'WATCHDOG=1'] : [`EXTEND_TIMEOUT_USEC=${String(usual)}`]), `STATUS=${status}`);
      await pause(patience / 3000, over.signal);
    }
  };
  void keepTelling();
  return {
    // not waited for: what keeps silent would keep the stop waiting as well
    stopping: async () => {
      over.abort();
      await tell('STOPPING=1');
    },
  };
};
