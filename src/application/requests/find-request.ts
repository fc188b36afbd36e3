import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { meetingMode, type Mode } from '../../domain/ticket/facts';
import { lookupRequest } from './lookup-request';
import type { Ports } from '../kernel/ports/ports';
import { countOne, isOver } from '../kernel/throttle';
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

/**
 * Art. 3 b. The request that these three name, and whom a meeting would be with. Lookups that match nothing count against the
 * address (`lookup-throttle`): found ones never do.
 */
export const findRequest = (ports: Ports) => {
  const lookup = lookupRequest(ports);
  return async ({ address, ...asked }: FindRequestInput): Promise<FoundRequest | Refusal> => {
    const at = ports.clock.now();
    const throttled = await lookupsOver(ports, address, at);
    if (throttled !== undefined) return throttled;
    const found = await lookup({ ...asked, at });
    if (!isRefusal(found))
      return { request: found.request, ground: found.ground, meetWith: await meetWith(ports, found.staff), modes: meetingMode.words };
    if (found.code !== 'request-not-found') return found;
    return (await countOne(ports, lookupsFrom(address), boundOf(ports), at)) ?? found;
  };
};

const lookupsFrom = (address: string) => ({ purpose: 'lookup-throttle', text: address });
const boundOf = ({ policies }: Ports) => {
  const { unmatched, minutes } = policies['lookup-throttle'].value;
  return { limit: unmatched, minutes };
};

/** Whether this address may look nothing up for a while. */
export const lookupsOver = (ports: Ports, address: string, at: Instant): Promise<Refusal | undefined> =>
  isOver(ports, lookupsFrom(address), boundOf(ports), at);
