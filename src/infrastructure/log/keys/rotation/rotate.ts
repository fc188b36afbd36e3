import { assertReplaceable, keepOldMasterKey, makeNextMasterKey, replaceMasterKey } from './master-key-files';
import { defined } from '@tichet-albastru/kernel/defined';
import type { MasterKeyChange, RewrappedStore } from './rewrap';
import { currentMasterKey } from './current-master-key';

/** What is done, and durable, one after the other. Ended behind any of them, the next start (or rotation) goes on or begins again. */
export const rotationSteps = ['next-made', 'rewrapped', 'old-kept', 'replaced', 'swept'] as const;
export type RotationStep = (typeof rotationSteps)[number];

export type Rotated = {
  /** the epoch that began */
  readonly epoch: number;
  /** living keys, those of purposes among them */
  readonly keys: number;
  /** where the master key of the epoch before lies now */
  readonly old: string;
};

/**
 * Makes a new master key and wraps every living key with it. From then on older copies of the keys open with the old master key only, and
 * are lost with it; and whatever proves something (secrets of tickets, keys by purpose) is another one.
 * @param path of the master key
 * @param told hears how many keys are wrapped, and of each step when it is done
 * @throws MasterKeyUnusable, KeyUnusable; the old master key is good then, and nothing has changed
 */
export const rotateMasterKey = async (
  path: string,
  store: RewrappedStore,
  told: { readonly keys?: (done: number, total: number) => void; readonly step?: (step: RotationStep) => void } = {},
  { tokenKey }: Pick<MasterKeyChange, 'tokenKey'> = {},
): Promise<Rotated> => {
  const step = told.step ?? (() => undefined);
  const from = await currentMasterKey(path, { create: false, finish: true }, () => store.epoch());
  const before = (await store.epoch())?.number ?? 1;
  assertReplaceable(path);
  const to = makeNextMasterKey(path);
  step('next-made');
  const keys = await store.rewrap({ from, to, epoch: before + 1, ...defined({ tokenKey }) }, told.keys ?? (() => undefined));
  step('rewrapped');
  const old = keepOldMasterKey(path, before);
  step('old-kept');
  replaceMasterKey(path);
  step('replaced');
  await store.sweep();
  step('swept');
  return { epoch: before + 1, keys, old };
};
