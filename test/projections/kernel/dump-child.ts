import { createHash } from 'node:crypto';
import { allProjections } from '../../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { cancelledHistory, onlineHistory, phoneHistory, rescheduledHistory } from '../../support/histories';
import { asCase, dump, sideBySide, worldWith } from './world';

/** Prints what the tables are, in whatever zone and at whatever time it is here. */
const main = async (clock: string): Promise<void> => {
  const shift = Date.parse(clock) - Date.now();
  const real = Date.now.bind(Date);
  Date.now = () => real() + shift;
  const world = worldWith();
  await world.tell(
    ...sideBySide(...[onlineHistory(), phoneHistory(), cancelledHistory(), rescheduledHistory()].map((story, n) => asCase(n, story))),
  );
  await catchUp(world, allProjections, { batchSize: 7 });
  const rows = await dump(world.rows, ...allProjections);
  // Nonces are chance; what is sealed is compared elsewhere.
  const digest = createHash('sha256')
    .update(rows.replaceAll(/"sealed":"[^"]*"/g, '"sealed":""'))
    .digest('hex');
  process.stdout.write(`${digest} ${new Date(clock).getTimezoneOffset()}`);
};

void main(process.argv[2] ?? '');
