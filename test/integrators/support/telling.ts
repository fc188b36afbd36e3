import type { Receiver } from './receiver';
import type { Told } from './told';
import { closing } from '../../support/closing';

/** A run that is ended after the test, if not before. */
export const running = (told: Told): { stop(): Promise<void> } => closing(told.run());

export const ids = (receiver: Receiver): readonly string[] => receiver.got.map(({ id }) => id);
export const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
export const inLog = async ({ ports }: Told): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const { id } of ports.store.readAll()) all.push(id);
  return all;
};
export const state = (name: string, wanted: string) => (shown: readonly { readonly name: string; readonly state: string }[]) =>
  shown.some((one) => one.name === name && one.state === wanted);
