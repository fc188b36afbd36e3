import { followCalendar, type CalendarSource } from '../../../src/application/staff/follow-calendar';
import { recordAbsence, withdrawAbsence } from '../../../src/application/staff/record-absence';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { currentStaff } from '../../../src/application/kernel/streams';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { createTestPorts, type TestPorts } from '../../../src/infrastructure/testing/test-ports';
import { mustBeDone, staff } from '../../http/support/service';
import { contextAt } from '../../support/command-context';

let ports: TestPorts;
let commands = 0;
const context = () => {
  commands += 1;
  const id = ports.identifiers.derive('test', String(commands));
  return contextAt(ports.clock.now(), id, { kind: 'system', id: 'test' });
};
beforeEach(async () => {
  ports = createTestPorts();
  mustBeDone(await registerStaff(ports)(context(), staff.s002));
});

const day = (date: string, hour = '10') => ({ from: `${date}T${hour}:00:00.000Z`, to: `${date}T${hour}:30:00.000Z` });
const [tuesday, wednesday, friday] = [day('2026-03-03'), day('2026-03-04'), day('2026-03-06')];
const follow = async (busy: readonly { from: string; to: string }[], source: CalendarSource = 'address', complete = true) =>
  mustBeDone(await followCalendar(ports)(context(), { staffId: 's002', source, busy, until: '2026-05-01T21:00:00.000Z', complete })).value;
const absences = async () => {
  const known = await currentStaff(ports, 's002');
  return known.status === 'known' ? known.absences : [];
};
const days = async () => (await absences()).map(({ from }) => from.slice(0, 10)).toSorted();

describe('A16: absences that follow a calendar', () => {
  it('the same calendar again changes nothing; a moved event is withdrawn and recorded anew, a vanished one withdrawn', async () => {
    expect(await follow([tuesday, wednesday])).toEqual({ recorded: 2, withdrawn: 0, unchanged: 0, kept: 0 });
    const end = await ports.store.end();
    expect(await follow([wednesday, tuesday])).toEqual({ recorded: 0, withdrawn: 0, unchanged: 2, kept: 0 });
    expect(await ports.store.end()).toBe(end);
    expect(await follow([tuesday, friday])).toEqual({ recorded: 1, withdrawn: 1, unchanged: 1, kept: 0 });
    expect(await days()).toEqual(['2026-03-03', '2026-03-06']);
    expect(await follow([friday])).toMatchObject({ withdrawn: 1 });
  });

  it('what went and comes back is an absence again, as often as it likes', async () => {
    for (const round of [1, 2, 3]) {
      expect([round, await follow([friday])]).toMatchObject([round, { recorded: 1, unchanged: 0 }]);
      expect(await follow([tuesday])).toMatchObject({ recorded: 1, withdrawn: 1 });
    }
  });

  it('only what came from this calendar is withdrawn by it', async () => {
    const own = mustBeDone(await recordAbsence(ports)(context(), { staffId: 's002', ...friday, reason: 'Concediu' })).value;
    await follow([wednesday], 'file');
    await follow([tuesday], 'address');
    expect(await follow([], 'address')).toMatchObject({ withdrawn: 1 });
    expect(await days()).toEqual(['2026-03-04', '2026-03-06']);
    expect((await absences()).some(({ absenceId }) => absenceId === own.absenceId)).toBe(true);
  });

  it('what a person withdrew by hand stays withdrawn, whatever the calendar says', async () => {
    await follow([tuesday]);
    const [{ absenceId } = { absenceId: '' }] = await absences();
    mustBeDone(await withdrawAbsence(ports)(context(), { staffId: 's002', absenceId }));
    expect(await follow([tuesday])).toEqual({ recorded: 0, withdrawn: 0, unchanged: 1, kept: 0 });
    expect(await days()).toEqual([]);
  });

  it('a calendar that could not be read to its end withdraws nothing', async () => {
    await follow([tuesday, wednesday]);
    expect(await follow([friday], 'address', false)).toEqual({ recorded: 1, withdrawn: 0, unchanged: 0, kept: 2 });
    expect(await days()).toEqual(['2026-03-03', '2026-03-04', '2026-03-06']);
  });

  it('what is over is history and stays', async () => {
    await follow([tuesday, friday]);
    ports.clock.set('2026-03-05T10:00:00.000Z');
    expect(await follow([friday])).toMatchObject({ withdrawn: 0 });
    expect(await days()).toEqual(['2026-03-03', '2026-03-06']);
  });

  it('of nobody there are no absences', async () => {
    const order = { staffId: 'nobody', source: 'file', busy: [], until: '2026-05-01T21:00:00.000Z', complete: true } as const;
    const refused = await followCalendar(ports)(context(), order);
    expect(isRefusal(refused) && refused.code).toBe('not-found');
  });
});
