import { join } from 'node:path';

export type Breakage =
  | 'early-acknowledgement'
  | 'no-expected-revision'
  | 'no-booking-process'
  | 'forgetful-keys'
  | 'abrupt-stop'
  | 'no-sync'
  | 'unheard-disk'
  | 'good-news-of-others';

const preload = { NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, '../../support/broken-service.cjs'))}` };

/** Settings for a service that breaks one promise. */
export const broken = (breakage: Breakage): NodeJS.ProcessEnv => ({ ...preload, TEST_BROKEN: breakage });

/** Settings for a service that dies when the store has acknowledged the fact that `file` names. */
export const dying = (file: string): NodeJS.ProcessEnv => ({ ...preload, TEST_DEATH_FILE: file });
