import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endings = ['close', 'stop', 'end'] as const;
type Endable = Partial<Record<(typeof endings)[number], () => unknown>>;

/** How what is open is ended, in the order in which it was opened. */
const open: (() => unknown)[] = [];

/**
 * What was opened is ended by itself: behind the test that opened it, or behind the last one, where a suite opened it before the first. What
 * was opened last is ended first. What can end in several ways is ended by the first of `endings` that it has.
 */
export const closing = <T extends Endable>(opened: T): T => {
  open.push(() => {
    const ending = endings.find((name) => typeof opened[name] === 'function');
    return ending && opened[ending]?.();
  });
  return opened;
};

/** For who opens things for tests: they end by themselves, once, also where a test ends them before. */
export const endsByItself = <How extends (typeof endings)[number] | 'dispose' | 'drop' | 'remove', T extends Record<How, () => unknown>>(
  opened: T,
  how: How,
): T => {
  const end = opened[how].bind(opened);
  let ended: { readonly by: unknown } | undefined;
  Object.defineProperty(opened, how, { value: () => (ended ??= { by: end() }).by });
  open.push(() => opened[how]());
  return opened;
};

/** A folder of its own, empty, which goes with everything in it as what is open goes. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-test-'));
  open.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

let before = 0;
/** Heard by the environment of a suite (runner/one-realm.cjs), as no hook of a setup file runs behind those of the suite itself. */
Object.assign(globalThis, {
  endWhatIsOpen: async (event: string): Promise<void> => {
    if (event === 'test_start') before = open.length;
    else while (open.length > (event === 'test_done' ? before : 0)) await open.pop()?.();
  },
});
