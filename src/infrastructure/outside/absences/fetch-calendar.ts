import type { HttpAnswer, HttpLimits, HttpWatch } from '../http-client/http-client';
import { createHttpClient } from '../http-client/http-client';
import { addressRefused, pinnedAgent } from '../http-client/pinned-agent';
import { Unreachable } from '../http-client/unreachable';
import { mayBeFollowed } from './calendar-address';
import type { NothingTaken } from './take-calendar';

const mebibyte = 1024 * 1024;
/** Of a file that is handed in, too. */
export const largestCalendarBytes = 5 * mebibyte;
/** Milliseconds. */
const usualLimits: HttpLimits = { connect: 3_000, headers: 10_000, body: 10_000, whole: 30_000 };

export type CalendarDoor = {
  readonly hosts: readonly string[];
  readonly networks: readonly string[];
  readonly watch?: HttpWatch;
  readonly limits?: HttpLimits;
};

/** Asked once, regardless of the answer: the next reading is half an hour away, and a host that says `429` wants no earlier one. */
const textOf = ({ status, body }: HttpAnswer): string | NothingTaken =>
  status === 200 ? body : { kind: 'nothing', why: 'answered-otherwise' };

/**
 * The text at a person's address, or why there is none. The address was checked when it was given and is checked again: the list of
 * hosts may have become shorter. A redirect is an answer like any other that is no calendar.
 */
export const fetchCalendar = async (
  address: string,
  { hosts, networks, watch, limits = usualLimits }: CalendarDoor,
): Promise<string | NothingTaken> => {
  if (!mayBeFollowed(address, hosts)) return { kind: 'nothing', why: 'address-not-allowed' };
  const { origin, pathname, search } = new URL(address);
  const agent = pinnedAgent({ permittedNetworks: networks, connectMilliseconds: limits.connect });
  const peer = createHttpClient('calendar', origin, { agent, limits, mostBytes: largestCalendarBytes, ...(watch && { watch }) });
  try {
    const headers = { Accept: 'text/calendar' };
    return textOf(await peer.ask({ operation: 'read-calendar', method: 'GET', path: `${pathname}${search}`, headers, mayRepeat: false }));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    if (error.code === addressRefused) return { kind: 'nothing', why: 'address-not-allowed' };
    if (error.code === 'ANSWER_TOO_LONG') return { kind: 'nothing', why: 'too-large' };
    return { kind: 'nothing', why: error.mayHaveHappened ? 'no-answer' : 'not-reached' };
  } finally {
    await agent.destroy();
  }
};
