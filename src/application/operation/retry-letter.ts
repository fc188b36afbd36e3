import type { Ports } from '../kernel/ports/ports';

/** A letter's attempts are counted under `<process>:<ticket>:<letter>:<instant>`. */
const isOfLetter = (effectId: string, letterId: string): boolean => {
  const [process = '', , letter] = effectId.split(':');
  return process.endsWith('-letters') && letter === letterId;
};

/** Has a letter that was given up tried again at once; false when none waits under this id. */
export const retryLetter = async ({ operations }: Pick<Ports, 'operations'>, letterId: string): Promise<boolean> => {
  const waiting = (await operations.attempts.list()).filter(({ effectId, done }) => !done && isOfLetter(effectId, letterId));
  let any = false;
  for (const { effectId } of waiting) any = (await operations.attempts.reset(effectId)) || any;
  return any;
};
