import { fault, type SettingFault } from './setting-fault';
import type { Environment } from './single-settings';

/** A system's setting without the system is a fault: somebody thinks that it is asked. @param needed `TICHET_VIDEO=webex` */
export const refuseWithoutEffect = (
  environment: Environment,
  isOfTheSystem: (setting: string) => boolean,
  needed: string,
  faults: SettingFault[],
): void => {
  for (const [setting, text = ''] of Object.entries(environment)) {
    if (text === '' || !isOfTheSystem(setting)) continue;
    faults.push(fault(setting, `Are efect numai cu ${needed}.`, `It has an effect with ${needed} only.`));
  }
};
