import { alarmRegister, raisedAlarmOf } from '../../proof/alarm/seal-alarm';
import { alarmWords } from '../../proof/fault-words';
import { finding, type Finding } from './finding';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

/** The alarm that somebody has to clear: while it stands, nothing is written. */
export const checkSeal = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const raised = raisedAlarmOf(await kept?.register(alarmRegister));
  if (raised === undefined) return [];
  return [
    finding(
      'seal-alarm',
      inBoth.doctor.checkSeal.notAsSealed({ at: raised.at, wrong: alarmWords(raised.fault) }),
      inBoth.doctor.checkSeal.keepDataEvidenceFind,
    ),
  ];
};
