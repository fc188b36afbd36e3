import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { guessingMinutes, secondsToWait } from '../../domain/request/guessing';
import { parseRegistrationNumber } from '../../domain/request/registering';
import { meetingMode, type Mode } from '../../domain/ticket/facts';
import { lookupRequest, type RequestFound } from './lookup-request';
import type { Ports } from '../kernel/ports/ports';
import { countedAddress, giveBack, hits, isOver, letInAfter, ofAddress, takePlace } from '../kernel/throttle';
import { meetWith, type MeetWith } from '../staff/meet-with';
import type { Done } from '../kernel/done';
import { Command } from '../kernel/message';

/** Art. 3 b, and the address that asks: only as a tag is it ever kept. */
export type FindRequestInput = {
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly filedOn: CivilDate;
  readonly address: string;
};
export type FoundRequest = {
  readonly request: RequestIdentity;
  readonly ground: Ground;
  readonly meetWith: MeetWith;
  readonly modes: readonly Mode[];
};

export class FindRequest extends Command<FindRequestInput, Done<FoundRequest>> {}

type Looked = RequestFound | Refusal;
const isUnmatched = (looked: Looked): boolean => isRefusal(looked) && looked.code === 'request-not-found';

/**
 * Art. 3 b. The request that these three name, and whom a meeting would be with. A lookup takes a place under the address
 * (`lookup-throttle`) before it looks, and gives it back unless it matched nothing: while no place is free nothing is looked up,
 * whatever it would have found.
 */
export const findRequest = (ports: Ports) => {
  const lookup = lookupRequest(ports);
  return async (input: FindRequestInput): Promise<FoundRequest | Refusal> => {
    const at = ports.clock.now();
    const { address, ...asked } = input;
    const mine = lookupsFrom(address);
    const full = await takePlace(ports, mine, boundOf(ports), at);
    if (full !== undefined) return full;
    const found = await keepingPlace(ports, mine, at, () => lookUnhurried(ports, input, at, () => lookup({ ...asked, at })));
    if (isRefusal(found)) return found;
    return { request: found.request, ground: found.ground, meetWith: await meetWith(ports, found.staff), modes: meetingMode.words };
  };
};

const lookupsFrom = (address: string) => ofAddress('lookup-throttle', address);
const boundOf = ({ policies }: Ports) => {
  const { unmatched, minutes } = policies['lookup-throttle'].value;
  return { limit: unmatched, minutes };
};

/** What holds a place keeps it only where nothing matched. */
const keepingPlace = async (ports: Ports, counted: ReturnType<typeof lookupsFrom>, at: Instant, look: () => Promise<Looked>) => {
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
 * Many addresses that guess at one number and filing date are slowed down, and whoever has all three right with them: by a wait that
 * is each address's own, so that nobody's guesses keep the applicant out. Whether there is such a request makes no difference.
 */
const lookUnhurried = async (
  ports: Ports,
  { requestNumber, filedOn, address }: FindRequestInput,
  at: Instant,
  look: () => Promise<Looked>,
) => {
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
