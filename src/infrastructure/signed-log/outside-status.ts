import { isJsonObject, parsedJson } from '../runtime/json';
import { defined } from '../../domain/kernel/defined';
/** Why somebody outside does not confirm our log, or no longer can. */
export const contradictions = ['knows-longer-log', 'knows-other-log', 'forgot'] as const;
export type Contradiction = (typeof contradictions)[number];
const isContradiction = (value: unknown): value is Contradiction => contradictions.some((known) => known === value);

/** How far somebody outside has followed our checkpoints, as this side remembers it. */
export type OutsideStatus = {
  /** where it was, as it was set; another place is another one */
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

/** Everybody outside has a register, named after the name that it has here. */
export const statusRegister = (name: string): string => `outside:${name}`;

const textOf = (value: object, field: string): string | undefined => {
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' ? found : undefined;
};

/** @returns `undefined` for what was never kept, or cannot be read */
export const outsideStatusOf = (text: string | undefined): OutsideStatus | undefined => {
  const kept = parsedJson(text ?? '');
  if (!isJsonObject(kept) || typeof kept['size'] !== 'number') return undefined;
  const [place, at, key] = [textOf(kept, 'place'), textOf(kept, 'at'), textOf(kept, 'key')];
  const [waitingSince, refused] = [textOf(kept, 'waitingSince'), textOf(kept, 'refused')];
  if (place === undefined) return undefined;
  return {
    place,
    size: kept['size'],
    ...defined({ at, key, waitingSince }),
    ...(isContradiction(refused) ? { refused } : {}),
  };
};

/** Where small texts are kept durably under their names, over every restart. */
export type KeyValues = {
  get(name: string): Promise<string | undefined>;
  put(name: string, text: string): Promise<void>;
};

export const readOutsideStatus = async (registers: Pick<KeyValues, 'get'>, name: string, place: string): Promise<OutsideStatus> => {
  const kept = outsideStatusOf(await registers.get(statusRegister(name)));
  return kept?.place === place ? kept : { place, size: 0 };
};

export const writeOutsideStatus = (registers: KeyValues, name: string, standing: OutsideStatus): Promise<void> =>
  registers.put(statusRegister(name), JSON.stringify(standing));
