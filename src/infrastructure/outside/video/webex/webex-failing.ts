import { AskedToWait } from '../../../../application/kernel/ports/asked-to-wait';
import type { Instant } from '../../../../domain/kernel/fact';
import { plusSeconds } from '../../../../domain/time/civil-time';
import type { HttpAnswer } from '../../http-client/http-client';
import { retryAfterSeconds } from '../../http-client/retry-after';

/** Webex has a fault of its own, and has done nothing of what was asked, or may be asked again. */
export class WebexFailing extends Error {
  override readonly name = 'WebexFailing';
  constructor(
    readonly operation: string,
    readonly status: number,
  ) {
    super(`Webex answers ${String(status)} to ${operation}.`);
  }
}

/** Where Webex asks to wait and does not say how long. */
const usualWaitSeconds = 60;

/** What an answer means that is none to the question; undefined for one that is. */
export const notNow = (operation: string, { status, headers }: HttpAnswer, now: Instant): AskedToWait | WebexFailing | undefined => {
  if (status === 429 || status === 423) return new AskedToWait(plusSeconds(now, retryAfterSeconds(headers, now) ?? usualWaitSeconds));
  return status >= 500 || (status >= 300 && status < 400) ? new WebexFailing(operation, status) : undefined;
};
