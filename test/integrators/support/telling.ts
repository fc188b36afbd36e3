import { createReceiver, type Receiver } from './receiver';
import { createTold, type Told } from './told';

const closing: (() => Promise<unknown>)[] = [];
/** Closed after the test, last first. */
export const closeAfterwards = (close: () => Promise<unknown>): void => {
  closing.push(close);
};
export const closeAll = async (): Promise<void> => {
  for (const close of closing.splice(0).reverse()) await close();
};

export const receiving = async (): Promise<Receiver> => {
  const receiver = await createReceiver();
  closeAfterwards(() => receiver.close());
  return receiver;
};
export const telling = async (...made: Parameters<typeof createTold>): Promise<Told> => {
  const told = await createTold(...made);
  closeAfterwards(() => told.close());
  return told;
};
/** A run that is ended after the test, if not before. */
export const running = (told: Told): { stop(): Promise<void> } => {
  const run = told.run();
  closeAfterwards(() => run.stop());
  return run;
};

export const ids = (receiver: Receiver): readonly string[] => receiver.got.map(({ id }) => id);
export const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
export const inLog = async ({ ports }: Told): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const { id } of ports.store.readAll()) all.push(id);
  return all;
};
export const state = (name: string, wanted: string) => (shown: readonly { readonly name: string; readonly state: string }[]) =>
  shown.some((one) => one.name === name && one.state === wanted);
