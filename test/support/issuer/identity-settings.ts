import type { IdentitySettings } from '../../../src/infrastructure/outside/identity/identity-settings';

/** As an installation would set it, for a provider at this address. */
export const settingsFor = (issuer: string, changes: Partial<IdentitySettings> = {}): IdentitySettings => ({
  issuer,
  audience: 'tichet-api',
  tokenType: 'at+jwt',
  clientId: 'tichet-pages',
  clientSecret: 'a secret of the tests, long enough to be one',
  scope: 'openid',
  rolesClaim: 'realm_access.roles',
  roles: [
    ['ta-head', 'head'],
    ['ta-staff', 'staff'],
    ['ta-admin', 'admin'],
    ['ta-auditor', 'auditor'],
    ['ta-registry', 'registry'],
    ['ta-reports', 'reports'],
    ['ta-integrator', 'integrator'],
  ],
  staffClaim: 'staff_id',
  localTokens: false,
  ...changes,
});
