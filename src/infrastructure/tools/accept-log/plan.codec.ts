import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Instant } from '../../../domain/kernel/fact';
import type { GoneFact } from '../../../domain/ops/ops';
import type { SignedLogFault } from '@tichet-albastru/signed-log';
import type { Common } from './compare-log';
import type { KnownSeal } from './seal-aside';

/** What was acknowledged and is gone, as far as anything here speaks of it. */
export type Loss = {
  readonly alarm: SignedLogFault;
  /** the seal as it was before anything was changed */
  readonly known: KnownSeal;
  /** events under its newest checkpoint */
  readonly events: number;
  readonly root?: string;
  readonly gone: readonly GoneFact[];
  readonly behind?: Position;
  readonly common: Common;
};

/** What is to be done, kept from its beginning on: a run that begins again does the same. */
export type Plan = Loss & { readonly acceptance: string; readonly at: Instant; readonly by: string; readonly reason: string };

export const planText = (plan: Plan): string => JSON.stringify(plan);
/** Written by `planText` alone. */
export const planOf = (text: string): Plan => JSON.parse(text) as Plan;
