import { fieldsOf, parsedJson } from '@tichet-albastru/kernel/json.codec';

/** Why a party outside does not confirm our log, or no longer can. */
export const contradictions = ['knows-longer-log', 'knows-other-log', 'forgot'] as const;
export type Contradiction = (typeof contradictions)[number];
const isContradiction = (value: unknown): value is Contradiction => contradictions.some((known) => known === value);

/** How far a party outside has followed our checkpoints, as this side remembers it. */
export type OutsideStatus = {
  /** its address, as it was set; another address is another party */
  readonly place: string;
  /** leaves of the checkpoint that it confirmed last; 0 for none */
  readonly size: number;
  /** when it did */
  readonly at?: string;
  /** the line of its key then */
  readonly key?: string;
  /** since when something newer waits for it */
  readonly waitingSince?: string;
  readonly refused?: Contradiction;
};

/** Each party outside has a register, under the name that the party has here. */
export const statusKey = (name: string): string => `outside:${name}`;

/** @returns `undefined` for what was never kept, or cannot be read */
export const outsideStatusOf = (text: string | undefined): OutsideStatus | undefined => {
  const optional = { at: 'text', key: 'text', waitingSince: 'text', refused: 'text' } as const;
  const kept = fieldsOf(parsedJson(text), { place: 'text', size: 'number' }, optional);
  if (kept === undefined) return undefined;
  const { refused, ...status } = kept;
  return isContradiction(refused) ? { ...status, refused } : status;
};

/** Where small texts are kept durably under their names, over every restart. */
export type KeyValues = {
  get(name: string): Promise<string | undefined>;
  put(name: string, text: string): Promise<void>;
};

export const readOutsideStatus = async (keyValues: Pick<KeyValues, 'get'>, name: string, place: string): Promise<OutsideStatus> => {
  const kept = outsideStatusOf(await keyValues.get(statusKey(name)));
  return kept?.place === place ? kept : { place, size: 0 };
};

export const writeOutsideStatus = (keyValues: KeyValues, name: string, standing: OutsideStatus): Promise<void> =>
  keyValues.put(statusKey(name), JSON.stringify(standing));
