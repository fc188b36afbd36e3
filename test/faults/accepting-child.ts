// Accepts the log of the folder that the environment names, and dies by its own hand once a step is done: `accepting-child STEP [early]`.
// `early` is the broken variant: it ends the alarm once the log says what is gone, before everything else is in line with it.
import { readSettings } from '../../src/infrastructure/config/settings';
import { followedTables } from '../../src/infrastructure/nest/tables';
import { acceptanceSteps, acceptLogAsItIs } from '../../src/infrastructure/tools/accept-log/accept-log';
import { openStopped } from '../../src/infrastructure/tools/accept-log/open-stopped';

const [last = '', variant] = process.argv.slice(2);

const said = 1 + acceptanceSteps.findIndex(({ name }) => name === 'facts-written');
const early = [...acceptanceSteps.slice(0, said), ...acceptanceSteps.slice(-2), ...acceptanceSteps.slice(said, -2)];

const main = async (): Promise<void> => {
  const stopped = await openStopped(readSettings(process.env, () => '').settings, followedTables());
  await acceptLogAsItIs(stopped, {
    reason: 'the disk lost the end',
    dryRun: false,
    by: () => Promise.resolve('p.abcdefghijklmnop'),
    onStep: (name) => {
      if (name === last) process.kill(process.pid, 'SIGKILL');
    },
    ...(variant === 'early' && { steps: early }),
  });
};

void main();
