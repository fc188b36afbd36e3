import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { unpackBrowser } from '../../../support/unpacked-browser.mjs';
import { launchBrowser } from '../browser/support/browser';
import { statesByArea } from '../states';
import { everyLook, faultsInLooks, faultsOfStop, shortLooks } from './faults';
import { freePort } from '../../../support/free-port';
import { scoresOf } from './lighthouse';
import { documentOf, isMissed, type Measured, tableOf } from './report';
import { smallerPicture } from './smaller-picture';
import { startTour, type Tour } from './tour';

/** `npm run measure:pages`, `-- --only NAME,…` (states or areas), `-- --pictures FOLDER` (of every state), `-- --short` (as in `npm test`), `-- --write` (docs/pages.md). */
const { values: asked } = parseArgs({
  options: {
    only: { type: 'string' },
    pictures: { type: 'string' },
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const documents = join(__dirname, '../../../../docs');
const documentPictures = join(documents, 'pages');
const mostPictureBytes = 3_000_000;
/** What is lower than this on a page is not in its picture. */
const mostPicturePixels = { 1280: 1500, 320: 1300 } as const;

/** The pages that people wait for. */
const forLighthouse: readonly string[] = ['first-page', 'booking-hour', 'meetings-week', 'figures'];

const only = asked.only?.split(',');
const chosen = Object.entries(statesByArea).flatMap(([area, states]) =>
  states.filter(({ name }) => only === undefined || only.includes(name) || only.includes(area)).map((state) => ({ area, state })),
);

const takePictures = async (page: Page, folder: string, name: string, whole: boolean): Promise<void> => {
  for (const width of [1280, 320] as const) {
    await page.setViewportSize({ width, height: 900 });
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    const clip = { x: 0, y: 0, width, height: whole ? height : Math.min(height, mostPicturePixels[width]) };
    const picture = await page.screenshot({ fullPage: true, clip });
    writeFileSync(join(folder, width === 320 ? `${name}-320.png` : `${name}.png`), whole ? picture : smallerPicture(picture));
  }
};

const measure = async (tour: Tour, { area, state }: (typeof chosen)[number], port: number): Promise<Measured> => {
  try {
    return await tour.visit(state, async (stop) => {
      const { page, bytes } = stop;
      const faults = [...(await faultsInLooks(page, asked.short ? shortLooks : everyLook)), ...(await faultsOfStop(stop))];
      if (asked.pictures !== undefined) await takePictures(page, asked.pictures, state.name, true);
      if (asked.write && state.picture === true) await takePictures(page, documentPictures, state.name, false);
      const lighthouse = !asked.short && forLighthouse.includes(state.name) ? await scoresOf(page, port) : undefined;
      return { area, state, bytes, faults, ...(lighthouse && { lighthouse }) };
    });
  } catch (error) {
    return { area, state, bytes: 0, faults: [`not reached: ${error instanceof Error ? error.message : String(error)}`] };
  }
};

const main = async (): Promise<void> => {
  if (chosen.length === 0) throw new Error('There is no such state.');
  if (asked.write && (asked.short || only !== undefined))
    throw new Error('The document tells of all states in all looks: no --short, no --only.');
  if (asked.pictures !== undefined) mkdirSync(asked.pictures, { recursive: true });
  if (asked.write) {
    rmSync(documentPictures, { recursive: true, force: true });
    mkdirSync(documentPictures, { recursive: true });
  }
  await unpackBrowser();
  const port = await freePort();
  const browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  const tour = await startTour(browser);
  const all: Measured[] = [];
  for (const [index, one] of chosen.entries()) {
    const measured = await measure(tour, one, port);
    all.push(measured);
    process.stderr.write(`${index + 1}/${chosen.length} ${tableOf([measured])}\n`);
  }
  const version = browser.version();
  await tour.end();
  await browser.close();
  console.log(tableOf(all));
  const missed = all.filter(isMissed).length;
  console.log(`\n${all.length} states, ${missed} with something missed.`);
  if (missed > 0) process.exitCode = 1;
  if (!asked.write) return;
  writeFileSync(join(documents, 'pages.md'), documentOf(all, version, new Date().toISOString().slice(0, 10)));
  const bytes = readdirSync(documentPictures).reduce((sum, name) => sum + statSync(join(documentPictures, name)).size, 0);
  console.log(`The pictures have ${(bytes / 1000).toFixed(0)} KB.`);
  if (bytes > mostPictureBytes) process.exitCode = 1;
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
