import { finding, type Finding } from './finding';
import type { Patient } from './patient';

/** Whether the identity provider answers, and with keys that can be used: without it nobody new comes in. */
export const checkIdentity = async ({ identityFault }: Patient): Promise<readonly Finding[]> => {
  const reason = await identityFault();
  if (reason === undefined) return [];
  return [
    finding(
      'identity',
      [`Furnizorul de identitate nu poate fi folosit: ${reason}.`, `The identity provider cannot be used: ${reason}.`],
      [
        'Verificați TICHET_OIDC_ISSUER și legătura cu el; ce înseamnă cauza spune docs/identity.md.',
        'Check TICHET_OIDC_ISSUER and the connection to it; docs/identity.md says what the reason means.',
      ],
    ),
  ];
};
