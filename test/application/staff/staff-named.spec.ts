import { staffNamed } from '../../../src/application/staff/staff-directory';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { StaffDirectoryRow } from '../../../src/application/kernel/ports/tables';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { mustBeDone } from '../../http/support/service';
import { createWorld } from '../kernel/processes/world';

/** Takes the first fact of everybody, and no second one of this person. */
const cannotTakeTwo = (staffId: string): Projection<StaffDirectoryRow> => ({
  ...staffDirectory,
  apply: (row, event, key) => {
    if (row !== undefined && key === staffId) throw new Error('cannot take this');
    return staffDirectory.apply(row, event, key);
  },
});

it('whoever is meant by an id is found also while their row is parked, and no other text is asked for as one', async () => {
  const rows = new MemoryReadModels();
  const ports = createTestPorts({ readModels: rows });
  const person = {
    staffId: 'd02',
    role: 'executive',
    department: 'Autorizări',
    departmentCode: '433',
    email: 'd02@primaria.example',
  } as const;
  const { context } = createWorld();
  for (const name of ['Horia Măgureanu', 'Horia Pop']) mustBeDone(await registerStaff(ports)(context(), { ...person, name }));
  await catchUp({ ...ports, rows }, [cannotTakeTwo('d02')]);
  expect(await rows.parked()).toMatchObject([{ key: 'd02' }]);
  const { staffId, department, departmentCode } = person;
  expect(await staffNamed(ports, ' d02 ')).toEqual([{ staffId, department, departmentCode, name: 'Horia Măgureanu' }]);
  const asked = jest.spyOn(rows, 'select');
  expect(await staffNamed(ports, 'd02/../d03')).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
});
