import { fault, type SettingFault } from './setting-fault';
import { chosen, type Environment } from './single-settings';

const setting = 'TICHET_DEVELOPMENT';

/** Whether anybody may take any role. Refused where real people are: in production, and where a provider says who somebody is. */
export const developmentIsOn = (environment: Environment, faults: SettingFault[]): boolean => {
  if (chosen(environment, setting, ['off', 'on'], 'off', faults) === 'off') return false;
  if (environment['NODE_ENV'] === 'production')
    faults.push(
      fault(
        setting,
        'Cu NODE_ENV=production nu poate fi „on”: oricine ar putea lua orice rol.',
        'With NODE_ENV=production it cannot be "on": anybody could take any role.',
      ),
    );
  if ((environment['TICHET_OIDC_ISSUER'] ?? '') !== '')
    faults.push(
      fault(
        setting,
        'Cu TICHET_OIDC_ISSUER nu poate fi „on”: rolurile le spune furnizorul de identitate.',
        'With TICHET_OIDC_ISSUER it cannot be "on": the identity provider says the roles.',
      ),
    );
  return true;
};
