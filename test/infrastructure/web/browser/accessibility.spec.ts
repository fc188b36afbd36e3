import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { faultsInLooks, faultsOfStop, namesOfTheDemonstration, shortLooks } from '../measure/faults';
import { startTour, type Tour } from '../measure/tour';
import { giveawaysIn } from '../safety/giveaways';
import { allStates, statesByArea } from '../states';
import { launchBrowser } from './support/browser';
import { closing } from '../../../support/closing';

/** Of more than two hundred: those in the documents and every thirty-second of the others; a run of all tests stays short. */
const sample = allStates.filter((state, index) => state.picture === true || index % 32 === 0);

let browser: Browser;
let tour: Tour;

beforeAll(async () => {
  browser = await launchBrowser();
  tour = closing(await startTour(browser));
});

describe('every page in every state', () => {
  it('is in the list, under a name of its own', () => {
    const folder = join(__dirname, '../states');
    const files = readdirSync(folder).filter(
      (file) => file !== 'index.ts' && /export const \w+States\b/.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(Object.keys(statesByArea).sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort());
    const names = allStates.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index || !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  });

  // All of them, with axe at three widths in both colours: npm run measure:pages.
  it.each(sample)('$name: everybody can use it, it is light, and it keeps its policy', async (state) => {
    const faults = await tour.visit(state, async (stop) => [
      ...(await faultsInLooks(stop.page, shortLooks)),
      ...(await faultsOfStop(stop)),
    ]);
    expect(faults).toEqual([]);
  });

  it('left nothing of anybody in the log', () => {
    const lines = tour.logger().split('\n');
    expect(lines.some((line) => line.includes('service.started'))).toBe(true);
    expect(lines.flatMap((line) => giveawaysIn(line, namesOfTheDemonstration).map((what) => `${what} in ${line}`))).toEqual([]);
  });
});
