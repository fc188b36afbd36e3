import { clarificationHistory, onlineHistory } from '../../support/histories';
import { idsWith } from '../../support/judging';
import { addingToRequest, changing, withStaff } from '../../support/retelling';

describe('C12, Art. 1 (A3): whom the citizen meets', () => {
  const handedOn = addingToRequest(withStaff(onlineHistory(), 'S-042'), [
    '2026-02-25T08:00:00.000Z',
    { type: 'HandlerAssigned', data: { handlerStaffId: 'S-042', assignedAt: '2026-02-25T08:00:00.000Z' } },
  ]);
  const left = (on: string) =>
    withStaff(handedOn, 'S-042', ['2026-02-26T08:00:00.000Z', { type: 'StaffLeft', data: { on, recordedAt: '2026-02-26T08:00:00.000Z' } }]);

  it('is the handler of that moment', () => {
    expect(idsWith(handedOn, 'fail')).toEqual(['C12']);
  });

  it('lets somebody stand in once the handler has left', () => {
    expect(idsWith(left('2026-03-02'), 'fail')).toEqual([]);
    expect(idsWith(left('2026-03-03'), 'fail')).toEqual(['C12']);
  });

  it('is whoever answered, once answered', () => {
    const answered = withStaff(
      addingToRequest(clarificationHistory(), [
        '2026-02-25T08:00:00.000Z',
        { type: 'HandlerAssigned', data: { handlerStaffId: 'S-042', assignedAt: '2026-02-25T08:00:00.000Z' } },
      ]),
      'S-042',
    );

    expect(idsWith(answered, 'fail')).toEqual([]);
  });

  it('takes the person from the ticket, not from whoever pressed the button', () => {
    expect(idsWith(changing(onlineHistory(), 'MeetingStarted', { staffId: 'S-099' }), 'fail')).toEqual(['C12']);
  });
});
