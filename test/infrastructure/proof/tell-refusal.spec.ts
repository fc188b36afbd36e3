import { createMemoryOperations } from '../../../src/infrastructure/tables/operations/memory-operations';
import { refusalKey, tellRefusals } from '../../../src/infrastructure/proof/tell-refusal';
import { notedJournal } from '../../support/sealed-log';

it('every contradiction is said, and stands until the witness agrees again', async () => {
  const { keyValues } = createMemoryOperations();
  const { logger, lines } = notedJournal();
  const at = '2026-03-05T09:00:00.000Z';
  const { refused, agreedAgain } = tellRefusals({ keyValues, logger, clock: { now: () => at } });
  await Promise.all([
    refused({ witness: 'folder', reason: 'knows-longer-log', size: 20, known: 50 }),
    refused({ witness: 'control', reason: 'forgot', size: 20 }),
  ]);
  expect(JSON.parse((await keyValues.get(refusalKey)) ?? '')).toEqual({
    folder: { reason: 'knows-longer-log', size: 20, known: 50, at },
    control: { reason: 'forgot', size: 20, at },
  });
  await agreedAgain('folder');
  expect(JSON.parse((await keyValues.get(refusalKey)) ?? '')).toEqual({ control: { reason: 'forgot', size: 20, at } });
  await agreedAgain('control');
  expect(await keyValues.get(refusalKey)).toBeUndefined();
  expect(lines.map(({ event }) => event)).toEqual(['witness.refused', 'witness.refused', 'witness.agrees-again', 'witness.agrees-again']);
});
