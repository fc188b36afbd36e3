import { finding, type Finding } from './finding';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

/** Whether the identity provider answers, and with keys that can be used: without it nobody new comes in. */
export const checkIdentity = async ({ identityFault }: Patient): Promise<readonly Finding[]> => {
  const reason = await identityFault();
  if (reason === undefined) return [];
  return [
    finding(
      'identity',
      inBoth.doctor.checkIdentity.identityProviderCannotUsed({ reason }),
      inBoth.doctor.checkIdentity.checkTichetOidcIssuer,
    ),
  ];
};
