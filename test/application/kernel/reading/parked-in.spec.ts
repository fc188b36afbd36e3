import { auditList } from '../../../../src/application/audit/audit-list';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { listDuties } from '../../../../src/application/reports/list-duties';
import { reportFigures, reportSummary } from '../../../../src/application/reports/report-figures';
import { madeOf, tables } from '../../../../src/application/kernel/ports/tables';
import type { Ports } from '../../../../src/application/kernel/ports/ports';
import { parkedIn } from '../../../../src/application/kernel/reading/parked-in';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { chainOf } from '../../../../src/infrastructure/proof/chain-of';
import { allProjections } from '../../../../src/projections/all-projections';

const march = { from: '2026-03-02', to: '2026-03-08' };

/** Where one row of this table waits for a person. */
const portsWith = async (projection: string, filling = false): Promise<Ports> => {
  const ports = createTestPorts();
  for (const each of allProjections) await ports.rows.prepare(each);
  const waits = {
    ...{ id: '1', projection, key: 'x', position: '1', stream: 's', type: 'Held', eventId: 'e', error: 'Error', waiting: 1, filling },
    parkedAt: ports.clock.now(),
  };
  jest.spyOn(ports.readModels, 'parked').mockResolvedValue([waits]);
  return ports;
};

it('a table is made of itself and of what it is derived from, as the projections declare it', () => {
  const declared = [...allProjections, ...allProcesses].flatMap(({ name, derived }) =>
    derived === undefined ? [] : [[derived.name, name]],
  );
  expect(declared.length).toBeGreaterThan(0);
  const derived = Object.values(tables).flatMap((table) => {
    const [itself, source] = madeOf(table);
    expect(itself).toBe(table);
    return source === undefined ? [] : [[table, source]];
  });
  expect(derived.sort()).toEqual(declared.sort());
});

it.each([
  [tables.auditTrail, tables.auditTrail, 1],
  [tables.auditTrail, tables.auditEvidence, 1],
  [tables.auditEvidence, tables.auditTrail, 0],
  [tables.tasks, tables.ticketDuties, 1],
  [tables.ticketFacts, tables.auditEvidence, 0],
])('of %s a row of %s that waits is %i', async (table, projection, count) => {
  expect(await parkedIn(await portsWith(projection), table)).toBe(count);
  expect(await parkedIn(await portsWith(projection, true), table)).toBe(0);
});

it('verdicts, duties and figures that stand as they were before say so', async () => {
  const evidence = await portsWith(tables.auditEvidence);
  expect(await auditList(chainOf)(evidence)({})).toMatchObject({ tickets: [], parked: 1 });
  expect(await listDuties(evidence)({})).toMatchObject({ duties: [], parked: 1 });
  expect(await reportFigures(evidence)(march)).toMatchObject({ parked: 0 });
  const facts = await portsWith(tables.ticketFacts);
  expect(await reportFigures(facts)(march)).toMatchObject({ parked: 1 });
  expect(await reportSummary(facts)({ ...march, by: 'week' })).toMatchObject({ rows: [], parked: 1 });
});
