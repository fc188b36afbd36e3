import type { Page } from 'playwright-core';
import { demoRequestsToTry, demoStaff, demoTickets } from '../../../../src/infrastructure/tools/demo/cast';
import { overflowOf, violationsOf } from '../browser/support/accessibility';
import { giveawaysIn } from '../safety/giveaways';
import type { Stop } from './tour';

/** How a page is looked at. */
/** `measured` leaves axe out: where nothing but the room and the colours has changed, it would find the same again. */
export type Look = { readonly width: number; readonly colours: 'light' | 'forced'; readonly measured?: true };
export const everyLook: readonly Look[] = [1280, 390, 320].flatMap((width) =>
  (['light', 'forced'] as const).map((colours) => ({ width, colours })),
);
/** The two ends, and axe where there is the least room. */
export const shortLooks: readonly Look[] = [
  { width: 320, colours: 'light' },
  { width: 1280, colours: 'forced', measured: true },
];

/** Compressed, all resources, headers included, on a first visit. */
export const mostBytes = 15_000;
/** of a finger */
const leastTargetPixels = 44;

/** Everybody of the demonstration. */
export const namesOfTheDemonstration = [...demoStaff, ...demoTickets, ...demoRequestsToTry].map(({ name }) => name);

/** Buttons and fields that a finger would miss; links within a text are as high as its lines. */
const smallTargetsOf = async (page: Page): Promise<readonly string[]> => {
  const found: unknown = await page.evaluate(`
    [...document.querySelectorAll('button:not(.link), .button, select, textarea, summary, input:not([type=hidden], [type=radio], [type=checkbox]), .choice label')]
      .map((one) => [one.getBoundingClientRect(), one])
      .filter(([{ width, height }]) => width > 1 && height > 0 && height < ${leastTargetPixels - 0.5})
      .map(([{ height }, one]) => 'target of ' + height.toFixed(1) + ' px: ' + one.outerHTML.slice(0, 160))`);
  return found as readonly string[];
};

/** In each of these looks: WCAG 2.2 AA and best practice, no scrolling to the side, targets for fingers. */
export const faultsInLooks = async (page: Page, looks: readonly Look[]): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const { width, colours, measured } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ forcedColors: colours === 'forced' ? 'active' : 'none' });
    const overflow = await overflowOf(page);
    const found = [
      ...(overflow > 0 ? [`${overflow} px wider than the window`] : []),
      ...(await smallTargetsOf(page)),
      ...(measured === true ? [] : await violationsOf(page)),
    ];
    faults.push(...found.map((fault) => `${width} px, ${colours}: ${fault}`));
  }
  await page.emulateMedia({ forcedColors: 'none' });
  return faults;
};

/** What a browser keeps of a page where scripts could read it. */
const keptOf = async (page: Page): Promise<readonly string[]> => {
  const kept: unknown = await page.evaluate(
    '[...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split(";")].filter((one) => one !== "")',
  );
  return kept as readonly string[];
};

/** What holds for a state whatever it is looked at with: weight, policy, and nothing said or kept where it does not belong. */
export const faultsOfStop = async ({ page, bytes, complaints, asked }: Stop): Promise<readonly string[]> => [
  ...(bytes > mostBytes ? [`${bytes} bytes, ${bytes - mostBytes} too many`] : []),
  ...complaints().map((complaint) => `the browser complains: ${complaint}`),
  ...(await keptOf(page)).map((name) => `kept where scripts can read it: ${name}`),
  ...asked.flatMap(({ url, referer = '' }) => [
    ...giveawaysIn(url, namesOfTheDemonstration).map((what) => `an address says ${what}`),
    ...giveawaysIn(referer, namesOfTheDemonstration).map((what) => `Referer says ${what}`),
    ...(url.startsWith(new URL(page.url()).origin) ? [] : [`somebody else is asked: ${url}`]),
  ]),
];
