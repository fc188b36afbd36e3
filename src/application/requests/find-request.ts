import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { Instant } from '../../domain/kernel/fact';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { guessingMinutes, secondsToWait } from '../../domain/request/guessing';
import { parseRegistrationNumber } from '../../domain/request/registering';
import { meetingMode, type Mode } from '../../domain/ticket/facts';
import { lookupRequest, type RequestData } from './lookup-request';
import type { Ports } from '../kernel/ports/ports';
import { type Counted, countedAddress, giveBack, hits, isOver, letInAfter, ofAddress, takePlaces } from '../kernel/throttle';
import { meetWith, type MeetWith } from '../staff/meet-with';
import type { Done } from '../kernel/done';
import { Command } from '../kernel/message';

/** Art. 3 b, and the address that asks: only as a tag is it ever kept. */
export type FindRequestInput = RequestData & { readonly address: string };
export type FoundRequest = {
  readonly request: RequestIdentity;
  readonly ground: Ground;
  readonly meetWith: MeetWith;
  readonly modes: readonly Mode[];
};

export class FindRequest extends Command<FindRequestInput, Done<FoundRequest>> {}

const isUnmatched = (looked: unknown): boolean => isRefusal(looked) && looked.code === 'request-not-found';

/**
 * Art. 3 b. The request that these three name, and whom a meeting would be with. A lookup takes a place under the address
 * (`lookup-throttle`) before it looks, and gives it back unless it matched nothing. While no place is free nothing is looked up, not even
 * data that would match.
 */
export const findRequest = (ports: Ports) => {
  const lookup = lookupRequest(ports);
  return async (input: FindRequestInput): Promise<FoundRequest | Refusal> => {
    const at = ports.clock.now();
    const { address: _, ...asked } = input;
    const found = await lookWithinBounds(ports, input, at, () => lookup({ ...asked, at }));
    if (isRefusal(found)) return found;
    return { request: found.request, ground: found.ground, meetWith: await meetWith(ports, found.staff), modes: meetingMode.words };
  };
};

const lookupsFrom = (address: string) => ofAddress('lookup-throttle', address);
const boundOf = ({ policies }: Ports) => {
  const { unmatched, minutes } = policies['lookup-throttle'].value;
  return { limit: unmatched, minutes };
};

type Look<Found> = () => Promise<Found | Refusal>;

/** Looks once there is a place for it; every comparison with the three data of a request is made in here. */
export const lookWithinBounds = async <Found>(
  ports: Ports,
  asked: FindRequestInput,
  at: Instant,
  look: Look<Found>,
): Promise<Found | Refusal> => {
  const mine = lookupsFrom(asked.address);
  const full = await takePlaces(ports, [{ counted: mine, bound: boundOf(ports) }], at);
  return full ?? keepingPlace(ports, mine, at, () => lookUnhurried(ports, asked, at, look));
};

/** What holds a place keeps it only where nothing matched. */
const keepingPlace = async <Found>(ports: Ports, counted: Counted, at: Instant, look: Look<Found>): Promise<Found | Refusal> => {
  let unmatched = false;
  try {
    const looked = await look();
    unmatched = isUnmatched(looked);
    return looked;
  } finally {
    if (!unmatched) await giveBack(ports, counted, at);
  }
};

/**
 * Slows down many addresses that guess at one number and filing date, and with them a caller who has all three right. Each address has a
 * wait of its own, so that the guesses of others do not keep the applicant out. Whether there is such a request makes no difference.
 */
const lookUnhurried = async <Found>(
  ports: Ports,
  { requestNumber, filedOn, address }: FindRequestInput,
  at: Instant,
  look: Look<Found>,
): Promise<Found | Refusal> => {
  const number = parseRegistrationNumber(requestNumber)?.number;
  if (number === undefined) return look();
  const ofRequest = { purpose: 'lookup-guesses', text: `${number}_${filedOn}` };
  const { count } = await hits(ports, ofRequest, guessingMinutes, at, true);
  return keepingPlace(ports, ofRequest, at, async () => {
    const seconds = secondsToWait(count - 1, boundOf(ports).limit);
    const counted = { purpose: 'lookup-wait', text: `${number}_${filedOn}_${countedAddress(address)}` };
    return (seconds === 0 ? undefined : await letInAfter(ports, { counted, seconds }, at)) ?? look();
  });
};

/** Whether this address may look nothing up for a while. */
export const lookupsOver = (ports: Ports, address: string, at: Instant): Promise<Refusal | undefined> =>
  isOver(ports, lookupsFrom(address), boundOf(ports), at);
