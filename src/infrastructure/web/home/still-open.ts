import { lookupRequest } from '../../../application/requests/lookup-request';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { Development } from '../../config/settings';

/** Of the requests to try, those with which a citizen can still begin: not erased, and with no ticket under way. */
export const stillOpen = async (ports: Ports, toTry: Development['toTry']): Promise<Development['toTry']> => {
  const lookup = lookupRequest(ports);
  const at = ports.clock.now();
  const found = await Promise.all(
    toTry.map(async ({ number, filedOn, name }) => !isRefusal(await lookup({ requestNumber: number, applicantName: name, filedOn, at }))),
  );
  return toTry.filter((_, place) => found[place]);
};
