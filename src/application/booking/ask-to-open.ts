import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { plusMinutes, plusSeconds, secondsBetween } from '../../domain/time/civil-time';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import { countOne, isOver } from '../kernel/throttle';
import { Command } from '../kernel/message';

/** `address`: the remote address that asks, if it is known. */
export type AskToOpenInput = { readonly reference: string; readonly address?: string };

const minutesOfAnHour = 60;

export class AskToOpen extends Command<AskToOpenInput, Done<{ readonly reference: string }>> {}

/**
 * A letter names a ticket by its reference only; whoever comes with it gets a code at the verified address. Whether there is such
 * a ticket is not looked up here, so the answer, the work and the time are the same for every reference: the letter's process
 * finds out. The bounds are those of the code that books (A9). Refuses `too-many-requests` with `retryAt`.
 */
export const askToOpen =
  (ports: Ports) =>
  async (context: CommandContext, { reference, address }: AskToOpenInput): Promise<Done<{ readonly reference: string }> | Refusal> => {
    const { policies, operations } = ports;
    const { codesPerHour, validMinutes } = policies.verification.value;
    const { seconds } = policies['code-interval'].value;
    const ofReference = { purpose: 'opening-codes', text: reference };
    const bound = { limit: codesPerHour, minutes: minutesOfAnHour };
    // The same form twice is one code; sent again later, from a page that was kept, it asks for another.
    const now = ports.clock.now();
    const at = secondsBetween(context.at, now) < seconds ? context.at : now;
    const opening = { reference, n: Math.floor(Date.parse(at) / 1000), askedAt: at, expiresAt: plusMinutes(at, validMinutes) };
    const over = (await isOver(ports, ofReference, bound, at)) ?? (await overFromThere(ports, address, at));
    if (over) return over;
    const asked = await operations.openings.ask(opening, plusSeconds(at, -seconds));
    if (asked.kind === 'too-soon') {
      const retryAt = plusSeconds(asked.askedAt, seconds);
      return refuse('too-many-requests', { retryAt, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, retryAt))) });
    }
    if (asked.kind === 'asked') await countOne(ports, ofReference, bound, at);
    return done({ reference }, '');
  };

/** No single address makes us write to many. */
const overFromThere = async (ports: Ports, address: string | undefined, at: string): Promise<Refusal | undefined> => {
  const { value } = ports.policies['code-letters'];
  if (value === null || address === undefined) return undefined;
  return countOne(ports, { purpose: 'code-letters-address', text: address }, { limit: value.perAddress, minutes: value.minutes }, at);
};
