import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cutPower } from '../support/cut-power';
import { type Disk, openDisk } from '../support/disk';
import { itOnDisks } from '../support/on-disks';
import { broken } from './over-http/broken';
import { endAgainAndAgain } from './over-http/end-again-and-again';

const full = process.env['FAULTS'] === 'full';

/** Citizens and civil servants at work, and again and again the power of the machine is cut. */
const cutAgainAndAgain = async (times: number, settings: NodeJS.ProcessEnv = {}) => {
  const disk: Disk = openDisk(1024);
  try {
    return await endAgainAndAgain({
      times,
      settings,
      patience: Object.keys(settings).length > 0 ? 0 : 30_000,
      prepare: (service) => {
        const data = join(disk.folder, 'data');
        mkdirSync(data);
        disk.sync();
        symlinkSync(data, service.dataFolder);
      },
      end: async (service) => {
        cutPower(service.pid(), disk);
        await service.kill();
        disk.start();
      },
    });
  } finally {
    disk.remove();
  }
};

// too long for every run: there, event stores alone lose their power
const itCuts = full ? itOnDisks() : it.skip;
const cuts = 20;

itCuts(
  `${cuts} power cuts under a service at work take nothing that it told anybody, and every booking is finished or undone`,
  async () => {
    const { deeds, events, ...outcome } = await cutAgainAndAgain(cuts);
    process.stderr.write(`${JSON.stringify({ cuts, events, deeds })}\n`);
    expect(outcome).toEqual({ afterEnds: [], unexpected: [], orphans: [], faults: [] });
  },
);

itCuts('a service that does not wait for its disk loses what it told', async () => {
  // found by what it had told, or by itself, where the log is shorter than it was signed
  const found = await cutAgainAndAgain(1, broken('no-sync')).then(({ afterEnds }) => afterEnds.join('; '), String);
  expect(found).toMatch(/no event at its position|no fact|log\.not-as-sealed/);
});
