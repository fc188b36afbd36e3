import type { Instant } from '../../domain/kernel/fact';
import type { RequestIdentity } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import type { Ports } from '../kernel/ports/ports';
import { type AskedRegister, RegisterUnavailable } from '../kernel/ports/document-register';
import { takeReading } from './readings';

/**
 * Art. 3 b. Asks the register about the three data, and brings in what it says. False when it knows no such request.
 * @throws RegisterUnavailable when it cannot say, or says what is not believed: nothing is accepted unverified
 */
export const confirmRequest = async (
  ports: Ports,
  register: AskedRegister,
  asked: RequestIdentity & { readonly applicantName: string },
  { at, contradicts }: { readonly at: Instant; readonly contradicts: boolean },
): Promise<boolean> => {
  const { number, filedOn } = asked;
  const reading = await register.verify(asked);
  // The number itself names another date: asked all the same, so that the answer takes as long as for any other fault.
  if (contradicts || reading.kind === 'no-such-request') return false;
  // The register may be lax about names. Nothing comes in for half a name, so that the time of the answer tells nothing of it either.
  if (reading.kind === 'told' && !nameMatches(reading.request.applicantName, asked.applicantName)) return false;
  const taken = await takeReading(ports, { number, filedOn }, reading, at);
  if (taken === 'refused') throw new RegisterUnavailable('verify', 'not-believed');
  return taken === 'taken';
};
