import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate } from '../../domain/kernel/instant';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import type { Mode } from '../../domain/ticket/facts';
import { plusMinutes, secondsBetween } from '../../domain/time/civil-time';
import { lookupRequest } from '../commands/lookup-request';
import type { Ports } from '../ports/ports';
import { meetWith, type MeetWith } from './meet-with';

/** Art. 3 b, and the address that asks: only as a tag is it ever kept. */
export type FindRequest = {
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

/** Art. 3 d. */
const modes: readonly Mode[] = ['online', 'phone', 'in-person'];

/**
 * Art. 3 b. The request that these three name, and whom a meeting would be with. Lookups that match nothing count against the
 * address (`lookup-throttle`): found ones never do.
 */
export const findRequest = (ports: Ports) => {
  const lookup = lookupRequest(ports);
  return async ({ address, ...asked }: FindRequest): Promise<FoundRequest | Refusal> => {
    const at = ports.clock.now();
    const throttled = await overThrottle(ports, address, at, false);
    if (throttled !== undefined) return throttled;
    const found = await lookup({ ...asked, at });
    if (!isRefusal(found)) return { request: found.request, ground: found.ground, meetWith: await meetWith(ports, found.staff), modes };
    if (found.code !== 'request-not-found') return found;
    return (await overThrottle(ports, address, at, true)) ?? found;
  };
};

/** Counted first, refused after: as many as may be made at once cannot pass together. */
const overThrottle = async (ports: Ports, address: string, at: string, count: boolean): Promise<Refusal | undefined> => {
  const { unmatched, minutes } = ports.policies['lookup-throttle'].value;
  const tag = ports.personalData.tag('lookup-throttle', address);
  const hits = await ports.operations.throttle.hits(tag, at, plusMinutes(at, -minutes), count);
  if (count ? hits.count <= unmatched : hits.count < unmatched) return undefined;
  const again = plusMinutes(hits.oldest ?? at, minutes);
  return refuse('too-many-requests', { retryAt: again, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, again))) });
};
