import type { Refusal } from '../../domain/kernel/refusal';
import { actorOf, type Asker } from '../kernel/access';
import { forbiddenEffect } from '../kernel/permission';
import type { Ports } from '../kernel/ports/ports';
import type { Effect } from '../kernel/rights';

/**
 * What a caller has done to the service, where they may. No fact tells of it, so the journal does: who, by the pseudonym, and to how many
 * things; nothing where nothing was done.
 */
export const actedFor = async <Outcome>(
  { logger }: Pick<Ports, 'logger'>,
  asker: Asker,
  effect: Effect,
  act: () => Promise<Outcome>,
  countOf: (outcome: Outcome) => number,
): Promise<Outcome | Refusal> => {
  const forbidden = forbiddenEffect(asker, effect);
  if (forbidden) return forbidden;
  const outcome = await act();
  const count = countOf(outcome);
  if (count > 0) logger.info('operator.acted', { effect, by: actorOf(asker, effect).id, count });
  return outcome;
};
