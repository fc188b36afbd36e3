import type { RememberedEvent, Remembered } from './missing';

/** So many of the newest events are remembered one by one, at least: twice as many at most. */
export const generation = 10_000;
/** Of older ones one of so many, */
const sampledEvery = 1000;
/** and never more than this many: then every second one goes. */
const mostSamples = 1000;

/** What a process remembers of what it has acknowledged or read to sign it. */
export type Notes = {
  /** @returns whether it is new; the same event again is no news */
  add(event: RememberedEvent): boolean;
  /** an older event; those around it are forgotten */
  addSample(event: RememberedEvent): void;
  /** Whether so many are young that the older ones must go. */
  isFull(): boolean;
  /** The older ones go, but for samples of them. @returns all samples */
  turn(): readonly RememberedEvent[];
  readonly remembered: () => Required<Remembered>;
  /** the last one that was added */
  readonly newest: () => RememberedEvent | undefined;
};

const isOlder = (a: RememberedEvent, b: RememberedEvent): boolean => a.position < b.position;

const samplesOf = (events: readonly RememberedEvent[]): readonly RememberedEvent[] => {
  const ordered = [...events].sort((a, b) => (isOlder(a, b) ? -1 : 1));
  return ordered.filter((_, place) => place === ordered.length - 1 || place % sampledEvery === 0);
};

export const createNotes = (): Notes => {
  let old = new Map<string, RememberedEvent>();
  let young = new Map<string, RememberedEvent>();
  let samples: readonly RememberedEvent[] = [];
  let newest: RememberedEvent | undefined;
  return {
    add: (event) => {
      const known = young.get(event.id) ?? old.get(event.id);
      // an id that was accepted as gone may come again, as another event
      if (known?.hash === event.hash && known.position === event.position) {
        // read now, it stands as it was sent
        if (known.sent === true && event.sent !== true) (young.has(event.id) ? young : old).set(event.id, event);
        return false;
      }
      if (known !== undefined) {
        young.delete(event.id);
        old.delete(event.id);
      }
      young.set(event.id, event);
      newest = event;
      return true;
    },
    addSample: (event) => {
      samples = [...samples, event];
    },
    isFull: () => young.size >= generation,
    turn: () => {
      samples = [...samples, ...samplesOf([...old.values()])];
      while (samples.length > mostSamples) samples = samples.filter((_, place) => (samples.length - place) % 2 === 1);
      old = young;
      young = new Map();
      return samples;
    },
    remembered: () => ({ events: [...old.values(), ...young.values()], samples }),
    newest: () => newest,
  };
};
