import type { AlarmCleared } from '../../proof/alarm/clear-alarm';
import { alarmWords } from '../../proof/alarm/alarm-words';
import type { OfficeAnswer } from './protocol';

/** What came of clearing the alarm, for whoever asked. */
export const clearedAnswer = (outcome: AlarmCleared): OfficeAnswer => {
  switch (outcome.kind) {
    case 'not-sealed':
      return { exit: 3, value: { code: 'not-sealed' }, ro: 'Jurnalul nu este sigilat aici.', en: 'The log is not sealed here.' };
    case 'no-alarm':
      return { exit: 0, value: { outcome: 'no-alarm' }, ro: 'Nu este nicio alarmă.', en: 'There is no alarm.' };
    case 'stands': {
      const { ro, en } = alarmWords(outcome.fault);
      return {
        exit: 6,
        value: { outcome: 'stands', fault: outcome.fault },
        ro: `Alarma rămâne: ${ro} Reparați întâi jurnalul (docs/proof.md).`,
        en: `The alarm stands: ${en} Mend the log first (docs/proof.md).`,
      };
    }
    case 'cleared':
      return {
        exit: 0,
        value: { outcome: 'cleared', was: outcome.was },
        ro: 'Alarma este ridicată: se scrie din nou, iar ce așteaptă pleacă. S-au verificat cele mai noi evenimente și cel din alarmă, nu tot jurnalul.',
        en: 'The alarm is cleared: writing goes on, and what waits goes out. The newest events and the one of the alarm were verified, not the whole log.',
      };
  }
};
