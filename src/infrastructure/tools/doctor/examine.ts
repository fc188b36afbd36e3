import { checkBookings } from './check-bookings';
import { checkDatabases, checkFiles, checkKeyFiles, checkPermissions } from './check-files';
import { checkIdentity } from './check-identity';
import { checkKeys } from './check-keys';
import { checkAsSealed, checkClock, checkLog } from './check-log';
import { checkMasterKey, checkOldMasterKeys } from './check-master-key';
import { checkOutside } from './check-outside';
import { checkRegistry, checkRegistryRefused } from './check-registry';
import { checkDisk, checkLetters, checkService, checkTables } from './check-running';
import { checkSeal } from './check-seal';
import { checkWebhooks } from './check-webhooks';
import type { Finding } from './finding';
import type { Patient } from './patient';

type Check = (patient: Patient) => readonly Finding[] | Promise<readonly Finding[]>;

const first: readonly Check[] = [
  checkFiles,
  checkPermissions,
  checkKeyFiles,
  checkOldMasterKeys,
  checkDatabases,
  checkDisk,
  checkService,
  checkIdentity,
  checkRegistry,
];
/** These read the databases, so they must be whole. */
const then: readonly Check[] = [
  checkLog,
  checkSeal,
  checkAsSealed,
  checkClock,
  checkMasterKey,
  checkKeys,
  checkBookings,
  checkTables,
  checkLetters,
  checkWebhooks,
  checkRegistryRefused,
  checkOutside,
];

/** Looks at everything and changes nothing. Runs beside a service. */
export const examine = async (
  patient: Patient,
  onCheck: (done: number, total: number) => void = () => undefined,
): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  let done = 0;
  const run = async (checks: readonly Check[]): Promise<void> => {
    for (const check of checks) {
      findings.push(...(await check(patient)));
      done += 1;
      onCheck(done, first.length + then.length);
    }
  };
  await run(first);
  if (!findings.some(({ check }) => check === 'database')) await run(then);
  return findings;
};
