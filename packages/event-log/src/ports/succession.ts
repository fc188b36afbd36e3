import { damageIn, type EventStore, type Recorded } from './event-store';

type Asked = Pick<EventStore, 'read' | 'readFromWholeLog'>;

/**
 * A stream without a substitute gets a successor when it is damaged on the server: `NAME.2`, then `NAME.3`. The events of all of them
 * are read in turn; those of a damaged one as far as the whole log shows them. Appends go to the last one, or to the next number if the
 * last is damaged.
 */
export const throughSuccession = async (
  store: Asked,
  name: string,
): Promise<{ readonly events: readonly Recorded[]; readonly written: string }> => {
  const events: Recorded[] = [];
  let written: string | undefined;
  for (let number = 1; ; number += 1) {
    const stream = number === 1 ? name : `${name}.${number}`;
    const { whole, shown } = await shownOf(store, stream);
    if (whole && shown.length === 0) return { events, written: written ?? stream };
    events.push(...shown);
    written = whole ? stream : undefined;
  }
};

export const isInSuccession = (name: string, stream: string): boolean =>
  stream === name || (stream.startsWith(`${name}.`) && /^[1-9]\d*$/.test(stream.slice(name.length + 1)));

/** What can be read of it, damaged or not. @throws EventLogCorrupt where the log contradicts itself */
export const shownOf = async (store: Asked, stream: string): Promise<{ readonly whole: boolean; readonly shown: readonly Recorded[] }> => {
  const shown: Recorded[] = [];
  try {
    for await (const event of store.read(stream)) shown.push(event);
    return { whole: true, shown };
  } catch (error) {
    if (damageIn(error) === undefined) throw error;
    return { whole: false, shown: (await store.readFromWholeLog?.(stream)) ?? [] };
  }
};
