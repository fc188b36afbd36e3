import type { Refusal } from '../../domain/kernel/refusal';
import type { Asker } from '../kernel/access';
import type { Attempt } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { actedFor } from './operator-acts';
import { isOfGroup, letterIdOfEffect, mayBeTriedByHand, type EffectGroup } from './waiting-effects';

/** How many effects are tried again at once; and how many were under way when they were asked for: these are not started a second time. */
export type TriedAgain = { readonly again: number; readonly underWay: number };

type Kept = Pick<Ports, 'operations'>;
type Acting = Pick<Ports, 'operations' | 'logger'>;
const againOf = ({ again }: TriedAgain): number => again;

const tryAgain = async ({ operations: { attempts } }: Kept, isMeant: (attempt: Attempt) => boolean): Promise<TriedAgain> => {
  let [again, underWay] = [0, 0];
  for (const attempt of await attempts.unfinished()) {
    const { effectId } = attempt;
    if (!mayBeTriedByHand(effectId) || !isMeant(attempt)) continue;
    if (await attempts.hasten(effectId)) again += 1;
    else if ((await attempts.get(effectId))?.done === false) underWay += 1;
  }
  return { again, underWay };
};

/** Has a letter that waits after it failed, or was given up, sent at once. */
export const retryLetter = (ports: Kept, letterId: string): Promise<TriedAgain> =>
  tryAgain(ports, ({ effectId }) => letterIdOfEffect(effectId) === letterId);

/** The same for a caller who needs the right to do it. */
export const retryLetterFor = (asker: Asker, ports: Acting, letterId: string): Promise<TriedAgain | Refusal> =>
  actedFor(ports, asker, 'letter.tried-again', () => retryLetter(ports, letterId), againOf);

/** All that one process has not ended for the same reason, letters or not. */
export const retryEffectsFor = (asker: Asker, ports: Acting, group: EffectGroup): Promise<TriedAgain | Refusal> =>
  actedFor(ports, asker, 'letter.tried-again', () => tryAgain(ports, (attempt) => isOfGroup(group, attempt)), againOf);
