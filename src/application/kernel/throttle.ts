import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { plusMinutes, secondsBetween } from '../../domain/time/civil-time';
import type { Ports } from './ports/ports';

/** What is counted: only a keyed hash of `text` is kept. */
export type Counted = { readonly purpose: string; readonly text: string };
/** So many within so many minutes, the window sliding. */
export type Bound = { readonly limit: number; readonly minutes: number };
type ThrottlePorts = Pick<Ports, 'personalData' | 'operations'>;

const hits = (ports: ThrottlePorts, { purpose, text }: Counted, { minutes }: Bound, at: string, count: boolean) =>
  ports.operations.throttle.hits(ports.personalData.tag(purpose, text), at, plusMinutes(at, -minutes), count);

const refusal = ({ minutes }: Bound, at: string, oldest = at): Refusal => {
  const again = plusMinutes(oldest, minutes);
  return refuse('too-many-requests', { retryAt: again, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, again))) });
};

/** Whether no more may come; nothing is counted. */
export const isOver = async (ports: ThrottlePorts, counted: Counted, bound: Bound, at: string): Promise<Refusal | undefined> => {
  const { count, oldest } = await hits(ports, counted, bound, at, false);
  return count < bound.limit ? undefined : refusal(bound, at, oldest);
};

/** Counted first, refused after: as many as may be made at once cannot pass together. */
export const countOne = async (ports: ThrottlePorts, counted: Counted, bound: Bound, at: string): Promise<Refusal | undefined> => {
  const { count, oldest } = await hits(ports, counted, bound, at, true);
  return count <= bound.limit ? undefined : refusal(bound, at, oldest);
};
