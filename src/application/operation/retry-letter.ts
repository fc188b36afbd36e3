import type { Refusal } from '../../domain/kernel/refusal';
import type { Asker } from '../kernel/access';
import { forbiddenEffect } from '../kernel/permission';
import type { Ports } from '../kernel/ports/ports';

/** A letter's attempts are counted under `<process>:<ticket>:<letter>:<instant>`. */
const isOfLetter = (effectId: string, letterId: string): boolean => {
  const [process = '', , letter] = effectId.split(':');
  return process.endsWith('-letters') && letter === letterId;
};

/** Has a letter that was given up tried again at once; false when none waits under this id. */
export const retryLetter = async ({ operations }: Pick<Ports, 'operations'>, letterId: string): Promise<boolean> => {
  const waiting = (await operations.attempts.unfinished()).filter(({ effectId }) => isOfLetter(effectId, letterId));
  let any = false;
  for (const { effectId } of waiting) any = (await operations.attempts.reset(effectId)) || any;
  return any;
};

/** The same for whoever must be allowed to, of any number of letters; how many of them waited. */
export const retryLettersFor = async (
  asker: Asker,
  ports: Pick<Ports, 'operations'>,
  letterIds: readonly string[],
): Promise<number | Refusal> => {
  const forbidden = forbiddenEffect(asker, 'letter.tried-again');
  if (forbidden) return forbidden;
  let tried = 0;
  for (const letterId of letterIds) if (await retryLetter(ports, letterId)) tried += 1;
  return tried;
};
