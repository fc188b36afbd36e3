import { currentRequest } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { RequestIdentity } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import type { RegisteredRequest } from '../../../domain/request/request';
import { isCivilDate } from '../../../domain/time/civil-time';
import { HttpProblem } from '../../api/problem/problem';

/** The request that an address names, from the log itself. @throws HttpProblem `request-not-found` */
export const knownRequest = async (ports: Ports, { number, filedOn }: RequestIdentity): Promise<RegisteredRequest> => {
  const parsed = parseRegistrationNumber(number);
  const request =
    parsed === undefined || !isCivilDate(filedOn) ? undefined : await currentRequest(ports, { number: parsed.number, filedOn });
  if (request === undefined || request.status === 'unknown') throw new HttpProblem({ code: 'request-not-found' });
  return request;
};
