import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import type { Mode } from '../../../src/domain/ticket/facts';
import { plusHours, plusMinutes } from '../../../src/domain/time/civil-time';
import { booked, held, invited, modeChanged, modeChangedByCitizen, rescheduled, resolved } from '../../support/chapters';
import { becameOnlineHistory, modeChangedHistory } from '../../support/histories';
import { type History, historyOf } from '../../support/history';
import { idsWith, resultOf } from '../../support/judging';
import { clerk, defaultPlot as plot, otherSlot } from '../../support/plot';
import { changing, withStaff } from '../../support/retelling';

const tuesday = '2026-03-03T08:00:00.000Z';

const phone = { ...plot, mode: 'phone' } as const;
const accepted = { recordingNotice: { version: '2026-1', acceptedAt: tuesday } };

describe('the audit of a meeting that was held in another way than was first asked for', () => {
  it('Art. 3 d: accuses nobody of one that was online and then by phone', () => {
    const history = modeChangedHistory();
    expect(idsWith(history, 'fail')).toEqual([]);
    expect(resultOf(history, 'C11').verdict).toBe('not-applicable');
    expect(resultOf(history, 'C13').verdict).toBe('not-applicable');
    expect(resultOf(history, 'C07').verdict).toBe('pass');
  });
  it('Art. 5: asks of one that became online all that it asks of one that was so from the start', () => {
    const history = becameOnlineHistory();
    expect(idsWith(history, 'fail')).toEqual([]);
    for (const id of ['C07', 'C11', 'C13', 'C24'] as const) expect(resultOf(history, id).verdict).toBe('pass');
    expect(resultOf(becameOnlineHistory({}), 'C07').verdict).toBe('fail');
    const later = { recordingNotice: { version: '2026-1', acceptedAt: plusHours(tuesday, 1) } };
    expect(resultOf(becameOnlineHistory(later), 'C07').verdict).toBe('fail');
    const unlinked = historyOf(phone, [...booked(phone), modeChanged(phone, 'online', tuesday, accepted)]);
    expect(resultOf(unlinked, 'C11').verdict).toBe('fail');
  });
  it('Art. 3 d: a fact that bears another mode and does not say that it was chosen has not chosen it', () => {
    const history = historyOf(plot, [
      ...booked(plot),
      ...invited(plot, plusMinutes(plot.requestedAt, 5)),
      ...rescheduled({ ...plot, mode: 'phone' }, tuesday, otherSlot),
      ...held({ ...plot, mode: 'phone' }, otherSlot, `hold-2-${plot.ticketId}`),
    ]);
    expect(resultOf(history, 'C13').verdict).toBe('fail');
    expect(resultOf(changing(history, 'Rescheduled', { formerMode: 'online' }), 'C13').verdict).toBe('not-applicable');
  });
  it('Art. 8 (A20, A21): staff give a reason and tell of it; nobody is told by a letter about something else', () => {
    expect(resultOf(modeChangedHistory(), 'C19').verdict).toBe('pass');
    expect(resultOf(changing(modeChangedHistory(), 'ModeChanged', { reason: undefined }), 'C19').verdict).toBe('fail');
    expect(resultOf(changing(modeChangedHistory(), 'CitizenNotified', { about: 'reassigned' }), 'C19').verdict).toBe('fail');
  });
  it('A19: the citizen’s counts as a move', () => {
    const times = (count: number): History => {
      const turns = ['in-person', 'phone', 'in-person'].slice(0, count) as readonly Mode[];
      const entries = turns.map((mode, index) =>
        modeChangedByCitizen({ ...phone, mode: mode === 'phone' ? 'in-person' : 'phone' }, mode, plusHours(tuesday, index), index + 2),
      );
      return historyOf(phone, [...booked(phone), ...entries]);
    };
    expect(resultOf(times(2), 'C19').verdict).toBe('not-applicable');
    expect(resultOf(times(3), 'C19').verdict).toBe('fail');
  });
});

describe('the audit of one move', () => {
  const colleague = { ...phone, staffId: 'S-042' };
  const handedOn = (changes: object = {}): History => {
    const [entry, ...told] = rescheduled(phone, tuesday, otherSlot);
    if (entry?.[1].type !== 'Rescheduled') throw new Error('There is no move.');
    const data = { ...entry[1].data, staffId: 'S-042', reasonText: personal('contact', 'concediu'), ...changes };
    const history = historyOf(phone, [
      ...booked(phone),
      ...invited(phone, plusMinutes(phone.requestedAt, 5)),
      [entry[0], { type: 'Rescheduled', data }, clerk('S-001')],
      ...told,
      ...held(colleague, data.slot, `hold-2-${plot.ticketId}`),
      ...resolved(colleague, data.slot),
    ]);
    return withStaff(history, 'S-042');
  };
  it('A3: accuses nobody where it gave the meeting to a colleague, with a reason', () => {
    expect(idsWith(handedOn(), 'fail')).toEqual([]);
    expect(resultOf(handedOn({ reason: undefined }), 'C12').verdict).toBe('fail');
  });
  it('Art. 4: the same hour with a colleague is no new hour; with the same person it would be', () => {
    const soon = plusHours(phone.slot.startsAt, -3);
    const late = { slot: phone.slot, requestedAt: soon };
    expect(resultOf(handedOn(late), 'C04').verdict).toBe('pass');
    expect(resultOf(handedOn({ ...late, staffId: phone.staffId }), 'C04').verdict).toBe('fail');
  });
  it('A16: nor is it too far ahead where the horizon became shorter meanwhile', () => {
    const nearer = { policies: [policiesWith({ 'booking-horizon': { value: { days: 1 }, version: 2 } })['booking-horizon']] };
    const sameHour = { ...nearer, slot: phone.slot, requestedAt: phone.requestedAt };
    expect(resultOf(handedOn(sameHour), 'C09').verdict).toBe('pass');
    expect(resultOf(handedOn({ ...sameHour, staffId: phone.staffId }), 'C09').verdict).toBe('fail');
  });
  it('A20: whoever agreed after the change had not agreed', () => {
    const sooner = { citizenAgreed: true, requestedAt: plusHours(otherSlot.startsAt, -3) };
    const agreed = (hours: number) =>
      handedOn({ ...sooner, agreement: { channel: 'phone', agreedAt: plusHours(sooner.requestedAt, hours) } });
    expect(resultOf(agreed(0), 'C04').verdict).toBe('pass');
    expect(resultOf(agreed(1), 'C04').verdict).toBe('fail');
  });
});
