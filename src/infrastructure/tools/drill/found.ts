import { defined } from '@tichet-albastru/kernel/defined';
import type { Sentence } from '../../phrasing/sentences';

/** In the order in which they are taken. */
export const drillSteps = ['backup', 'restore', 'verify', 'keys', 'rebuild', 'compare'] as const;
export type DrillStep = (typeof drillSteps)[number];

/** What is not as it should be. `at` names the first place concerned: a file, an event, a tile, a key, a row; nothing of it is personal. */
export type DrillFault = { readonly step: DrillStep; readonly wrong: Sentence; readonly at?: string };

export const drillFault = (step: DrillStep, wrong: Sentence, at?: string): DrillFault => ({ step, wrong, ...defined({ at }) });

/** How a drill goes on, and whether it is to end. */
export type DrillTurn = {
  readonly signal: AbortSignal;
  /** `total` 0 where it is not known beforehand */
  readonly tell: (step: DrillStep, done: number, total: number) => void;
};

/** Lets a signal of the operating system be heard. @throws its reason */
export const breathe = async ({ signal }: Pick<DrillTurn, 'signal'>): Promise<void> => {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  signal.throwIfAborted();
};
