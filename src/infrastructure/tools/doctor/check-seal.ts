import { alarmRegister, raisedAlarmOf } from '../../proof/alarm/seal-alarm';
import { alarmWords } from '../../proof/alarm/alarm-words';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

/** The alarm that somebody has to clear: while it stands, nothing is written. */
export const checkSeal = async ({ kept }: Patient): Promise<readonly Finding[]> => {
  const raised = raisedAlarmOf(await kept?.register(alarmRegister));
  if (raised === undefined) return [];
  const { ro, en } = alarmWords(raised.fault);
  return [
    finding(
      'seal-alarm',
      [`Jurnalul nu este ce a fost sigilat (${raised.at}): ${ro}`, `The log is not what was sealed (${raised.at}): ${en}`],
      [
        'Păstrați datele ca dovadă, aflați ce s-a întâmplat (docs/proof.md), apoi: tichet seal clear --reason …',
        'Keep the data as evidence, find out what happened (docs/proof.md), then: tichet seal clear --reason …',
      ],
    ),
  ];
};
