import type { AlarmCleared } from '../../proof/alarm/clear-alarm';
import { alarmWords } from '../../proof/alarm/alarm-words';
import type { OfficeAnswer } from './protocol';
import { inBoth } from '../../phrasing/sentences';

/** What came of clearing the alarm, for whoever asked. */
export const clearedAnswer = (outcome: AlarmCleared): OfficeAnswer => {
  switch (outcome.kind) {
    case 'not-sealed':
      return { exit: 3, value: { code: 'not-sealed' }, ...inBoth.socket.clearedAnswer.logNotSealed };
    case 'no-alarm':
      return { exit: 0, value: { outcome: 'no-alarm' }, ...inBoth.socket.clearedAnswer.noAlarm };
    case 'stands':
      return {
        exit: 6,
        value: { outcome: 'stands', fault: outcome.fault },
        ...inBoth.socket.clearedAnswer.stands({ wrong: alarmWords(outcome.fault) }),
      };
    case 'cleared':
      return { exit: 0, value: { outcome: 'cleared', was: outcome.was }, ...inBoth.socket.clearedAnswer.alarmClearedWritingGoes };
  }
};
