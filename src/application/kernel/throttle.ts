import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { plusMinutes, plusSeconds, secondsBetween } from '../../domain/time/civil-time';
import type { Ports } from './ports/ports';

/** What is counted: only a keyed hash of `text` is kept. */
export type Counted = { readonly purpose: string; readonly text: string };
/** So many within so many minutes, the window sliding. */
export type Bound = { readonly limit: number; readonly minutes: number };
/** What is counted and how often it may be; `full` says instead of "later" what is to be said where it is full. */
export type Place = { readonly counted: Counted; readonly bound: Bound; readonly full?: Refusal };
type ThrottlePorts = Pick<Ports, 'personalData' | 'operations'>;

/** The eight groups of an IPv6 address, as a URL writes them; nothing for anything else. */
const groupsOf = (address: string): readonly string[] => {
  const url = `http://[${address}]/`;
  if (!URL.canParse(url)) return [];
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  if (first === undefined || last === undefined) return [];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
};

/** Some proxies write the port behind it, and brackets around IPv6. */
const withoutPort = (address: string): string => address.replace(/^\[(.*)\](?::\d+)?$|^(\d+(?:\.\d+){3}):\d+$/, '$1$2');

/**
 * The one form in which a remote address is counted. A household is given a /64 of IPv6, and may take any of its addresses; an IPv4 address
 * is the same address where the connection writes it as IPv6.
 */
export const countedAddress = (written: string): string => {
  const address = withoutPort(written);
  const groups = groupsOf(address.replace(/%.*$/, ''));
  if (groups.length === 0) return address;
  const mapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return mapped ? bytes.join('.') : `${groups.slice(0, 4).join(':')}::/64`;
};

/** All that is bounded by address is counted under this. */
export const ofAddress = (purpose: string, address: string): Counted => ({ purpose, text: countedAddress(address) });

const tagOf = ({ personalData }: ThrottlePorts, { purpose, text }: Counted): string => personalData.tag(purpose, text);

/** How many there are in the window, this one with them when `count`. */
export const hits = (ports: ThrottlePorts, counted: Counted, minutes: number, at: string, count: boolean) =>
  ports.operations.throttle.hits(tagOf(ports, counted), at, plusMinutes(at, -minutes), count);

/** What was counted at this instant was none. False where nothing is counted that could be given back. */
export const giveBack = (ports: ThrottlePorts, counted: Counted, at: string): Promise<boolean> =>
  ports.operations.throttle.giveBack(tagOf(ports, counted), at);

export const tooManyUntil = (again: string, at: string): Refusal =>
  refuse('too-many-requests', { retryAt: again, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, again))) });

const refusal = ({ minutes }: Bound, at: string, oldest = at): Refusal => tooManyUntil(plusMinutes(oldest, minutes), at);

/** Whether no more may come; nothing is counted. */
export const isOver = async (ports: ThrottlePorts, counted: Counted, bound: Bound, at: string): Promise<Refusal | undefined> => {
  const { count, oldest } = await hits(ports, counted, bound.minutes, at, false);
  return count < bound.limit ? undefined : refusal(bound, at, oldest);
};

/** Whether one of these is full; nothing is counted. */
export const anyFull = async (ports: ThrottlePorts, places: readonly Place[], at: string): Promise<Refusal | undefined> => {
  for (const { counted, bound, full } of places) {
    const over = await isOver(ports, counted, bound, at);
    if (over !== undefined) return full ?? over;
  }
  return undefined;
};

/** A place of each, or none of any: what is refused is not counted. The caller that has places may give them back. */
export const takePlaces = async (ports: ThrottlePorts, places: readonly Place[], at: string): Promise<Refusal | undefined> => {
  const asked = places.map(({ counted, bound: { limit, minutes } }) => ({
    tag: tagOf(ports, counted),
    since: plusMinutes(at, -minutes),
    limit,
  }));
  const taken = places.length === 0 ? undefined : await ports.operations.throttle.take(asked, at);
  const refused = taken && places[taken.full];
  return refused && (refused.full ?? refusal(refused.bound, at, taken.oldest));
};

export const giveBackAll = async (ports: ThrottlePorts, places: readonly Place[], at: string): Promise<void> => {
  await Promise.all(places.map(({ counted }) => giveBack(ports, counted, at)));
};

/** A caller who waits: who it is, and how long. */
export type Waiting = { readonly counted: Counted; readonly seconds: number };
/** Longer than any caller waits: one who comes back later waits anew. */
const waitingMinutes = 10;

/**
 * A caller who comes for the first time is told when to come again. Coming again then, they are let in, once. So no caller keeps another
 * out, however often they ask.
 */
export const letInAfter = async (ports: ThrottlePorts, { counted, seconds }: Waiting, at: string): Promise<Refusal | undefined> => {
  const { count, oldest = at } = await hits(ports, counted, waitingMinutes, at, false);
  const again = plusSeconds(oldest, seconds);
  if (count > 0 && again <= at && (await giveBack(ports, counted, oldest))) return undefined;
  // who was told to come by a clock that was ahead waits from now on
  const anew = count === 0 || (oldest > at && (await giveBack(ports, counted, oldest)));
  if (anew) {
    const { count: now } = await hits(ports, counted, waitingMinutes, at, true);
    if (now > 1) await giveBack(ports, counted, at);
  }
  return tooManyUntil(again > at && !anew ? again : plusSeconds(at, seconds), at);
};
