import type { Browser, Page } from 'playwright-core';
import { lastingPerson, type Person } from '../browser/support/browser';
import { type Demonstration, demonstrationDay, startDemonstration } from '../browser/support/demonstration';
import { enterAs, type PageState, type Viewer } from '../states/state';
import { type Transfer, watchTransfer } from './transfer';

/** A page as it stands in one state, and what it took to come there. */
export type Stop = {
  readonly page: Page;
  /** transferred for this page as on a first visit, in bytes */
  readonly bytes: number;
  /** what the browser has complained of since the state was asked for, until now */
  readonly complaints: () => readonly string[];
  /** every address that was asked for on the way, and what was said of where one comes from */
  readonly asked: readonly Asked[];
};
export type Asked = { readonly url: string; readonly referer: string | undefined };

/** One demonstration and one browser, and in it one person for each viewer, who goes from state to state. */
export type Tour = {
  readonly visit: <T>(state: PageState, look: (stop: Stop) => Promise<T>) => Promise<T>;
  /** What all services on the way have logged. */
  readonly logger: () => string;
  readonly end: () => Promise<void>;
};

type Guest = {
  readonly person: Person;
  readonly transfer: Transfer;
  readonly asked: Asked[];
  /** Signs in, unless the session is still the one of the last time. */
  readonly enter: () => Promise<void>;
};

const sessionOf = async ({ context }: Person): Promise<string | undefined> =>
  (await context.cookies()).find(({ name }) => name.endsWith('tichet'))?.value;

const keyOf = (viewer: Viewer): string => (viewer === 'citizen' ? viewer : `${viewer.role} ${viewer.staffId ?? ''}`);
const wide = { width: 1280, height: 900 };

/** A state that leaves the clock elsewhere spoils the day for those after it: they get a demonstration of their own. */
const noticingClock = (demonstration: Demonstration, onMove: (away: boolean) => void): Demonstration => ({
  ...demonstration,
  moveClockTo: (instant) => {
    onMove(instant !== demonstrationDay);
    return demonstration.moveClockTo(instant);
  },
});

/** `more`: files of test/support that the demonstration loads first. */
export const startTour = async (browser: Browser, ...more: readonly string[]): Promise<Tour> => {
  let demonstration = await startDemonstration(...more);
  let moved = false;
  const guests = new Map<string, Guest>();
  const journals: string[] = [];

  const leave = async (): Promise<void> => {
    await Promise.all([...guests.values()].map(({ person }) => person.context.close()));
    guests.clear();
    journals.push(demonstration.logger());
    await demonstration.stop();
  };
  const arrive = async (viewer: Viewer): Promise<Guest> => {
    const person = await lastingPerson(browser, demonstration.url);
    const asked: Asked[] = [];
    person.page.on('request', (request) => asked.push({ url: request.url(), referer: request.headers()['referer'] }));
    let session: string | undefined;
    const enter = async (): Promise<void> => {
      if (viewer === 'citizen' || (session !== undefined && session === (await sessionOf(person)))) return;
      await enterAs(person.page, viewer);
      await person.page.waitForURL((url) => url.pathname !== '/');
      session = await sessionOf(person);
    };
    const guest = { person, transfer: await watchTransfer(person.page), asked, enter };
    guests.set(keyOf(viewer), guest);
    return guest;
  };

  return {
    visit: async (state, look) => {
      if (moved) {
        await leave();
        demonstration = await startDemonstration(...more);
        moved = false;
      }
      const { person, transfer, asked, enter } = guests.get(keyOf(state.as)) ?? (await arrive(state.as));
      const { page, context, complaints } = person;
      // where somebody was before says nothing about this state
      await page.goto('about:blank');
      await context.clearCookies(state.as === 'citizen' ? {} : { name: 'limba' });
      await page.setViewportSize(wide);
      await enter();
      const [before, askedBefore] = [complaints.length, asked.length];
      await state.reach(
        page,
        noticingClock(demonstration, (away) => {
          moved = away;
        }),
      );
      await page.waitForLoadState('load');
      await transfer.settled();
      return look({
        page,
        bytes: transfer.bytes(),
        complaints: () => complaints.slice(before),
        asked: asked.slice(askedBefore),
      });
    },
    logger: () => [...journals, demonstration.logger()].join('\n'),
    end: leave,
  };
};
