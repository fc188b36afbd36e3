import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { onlineHistory, phoneHistory } from '../../support/histories';
import { foundOn, resultOf, verdicts } from '../../support/judging';
import type { TicketEntry } from '../../support/plot';
import { adding, changing, eventOf } from '../../support/retelling';
import { plusMinutes } from '../../../src/domain/time/civil-time';

const declared = changing(onlineHistory(), 'RecordingAttached', { grade: 'declared' });
const recording = eventOf(declared, 'RecordingAttached');
const { recordingId } = recording.fact.data;
const reason = personal('record', 'Era înregistrarea altei întâlniri.');
const takenBackAt: Instant = plusMinutes(recording.recordedAt, 60);
const takenBack: TicketEntry = [
  takenBackAt,
  { type: 'RecordingTakenBack', data: { what: 'attached', recordingId, owed: true, reason, takenBackBy: 's002', takenBackAt } },
];
const again = (at: Instant): TicketEntry => [at, { type: 'RecordingAttached', data: { ...recording.fact.data, attachedAt: at } }];

describe('C13, Art. 5 (A13): a recording that was noted by mistake', () => {
  it('counted as long as nobody had taken it back, and not from then on', () => {
    const history = adding(declared, takenBack);
    expect(resultOf(history, 'C13', plusMinutes(takenBackAt, -1)).verdict).toBe('pass');
    expect(resultOf(history, 'C13', takenBackAt)).toMatchObject({ verdict: 'pending' });
    expect(verdicts(history)['C13']).toBe('fail');
    expect(foundOn(history, 'C13')).toContain('RecordingTakenBack');
  });
  it('counts again once it is noted anew', () => {
    expect(verdicts(adding(declared, takenBack, again(plusMinutes(takenBackAt, 5))))['C13']).toBe('pass');
  });
  it('takes back no other recording', () => {
    const other = { ...recording.fact.data, recordingId: 'another' };
    expect(verdicts(adding(declared, [recording.recordedAt, { type: 'RecordingAttached', data: other }], takenBack))['C13']).toBe('pass');
  });
});

describe('C16 and C17, Art. 7 (A11): a hand-over that was noted by mistake', () => {
  it('counted until then, and leaves the resolution owed', () => {
    const phone = phoneHistory();
    const { channel, handedOverAt } = eventOf(phone, 'ResolutionHandedOver').fact.data;
    const at = plusMinutes(eventOf(phone, 'ResolutionHandedOver').recordedAt, 60);
    const history = adding(phone, [
      at,
      { type: 'HandOverTakenBack', data: { channel, handedOverAt, reason, takenBackBy: 's002', takenBackAt: at } },
    ]);
    expect(resultOf(history, 'C16', plusMinutes(at, -1)).verdict).toBe('pass');
    expect([verdicts(history)['C16'], verdicts(history)['C17']]).toEqual(['fail', 'not-applicable']);
  });
});
