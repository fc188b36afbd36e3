import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Ending = 'dispose' | 'drop' | 'remove' | 'close' | 'stop' | 'end';
/** What has several of these is ended by the first. */
const endings: readonly Ending[] = ['dispose', 'drop', 'remove', 'close', 'stop', 'end'];
type Made = Partial<Record<Ending, () => unknown>>;

const endingOf = (made: Made) => {
  const ending = endings.find((name) => typeof made[name] === 'function');
  return ending && made[ending]?.();
};

/** What is open, in the order in which it was made: what was made last is ended first. */
const open: { readonly by: symbol; readonly end: () => unknown }[] = [];

const keeping =
  (before: (work: () => Promise<void>) => void, after: (work: () => Promise<void>) => void) =>
  <T>(make: () => T | Promise<T>, end: (made: T) => unknown): (() => T) => {
    const by = Symbol('made');
    let held: { readonly made: T } | undefined;
    before(async () => {
      const made = await make();
      held = { made };
      open.push({ by, end: () => end(made) });
    });
    after(async () => {
      held = undefined;
      const place = open.findIndex((one) => one.by === by);
      if (place >= 0) for (const one of open.splice(place).toReversed()) await one.end();
    });
    return () => {
      if (held === undefined) throw new Error('It is not made yet.');
      return held.made;
    };
  };
const each = keeping(
  (work) => {
    beforeEach(work);
  },
  (work) => {
    afterEach(work);
  },
);
const all = keeping(
  (work) => {
    beforeAll(work);
  },
  (work) => {
    afterAll(work);
  },
);
const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'tichet-test-'));
const removeFolder = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true });
};

/** One for each test: made before it, ended behind it. Asked for by a call, as it is another each time. */
export const freshForEach = <T extends Made>(make: () => T | Promise<T>): (() => T) => each(make, endingOf);
/** One for all tests of the suite: made before the first, ended behind the last. */
export const sharedByAll = <T extends Made>(make: () => T | Promise<T>): (() => T) => all(make, endingOf);
/** An empty folder for each test, gone with everything in it behind it. */
export const folderForEach = (): (() => string) => each(emptyFolder, removeFolder);
/** An empty folder for all tests of the suite. */
export const folderForAll = (): (() => string) => all(emptyFolder, removeFolder);
