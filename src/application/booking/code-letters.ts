import type { Instant } from '../../domain/kernel/fact';
import type { Refusal } from '../../domain/kernel/refusal';
import type { Ports } from '../kernel/ports/ports';
import { type Bound, type Counted, countOne, isOver } from '../kernel/throttle';

/** The address under which e-mails are compared and counted: never shown, never kept. */
export const normalisedEmail = (email: string): string => email.trim().toLowerCase();

/** To whom a code would go, and the remote address that asks; none when nobody asks from afar. */
type CodeLetter = { readonly email: string; readonly address?: string | undefined };

/**
 * Counts a code letter that is about to be sent (`code-letters`): nobody's mailbox is filled through us, and no single address
 * makes us write to many. Refuses `too-many-requests` with `retryAt`. What is refused at first sight is not counted.
 */
export const countCodeLetter = async (ports: Ports, { email, address }: CodeLetter, at: Instant): Promise<Refusal | undefined> => {
  const { value } = ports.policies['code-letters'];
  if (value === null) return undefined;
  const { perEmail, perAddress, minutes } = value;
  const counted: (readonly [Counted, Bound])[] = [
    [
      { purpose: 'code-letters-email', text: normalisedEmail(email) },
      { limit: perEmail, minutes },
    ],
  ];
  if (address !== undefined)
    counted.push([
      { purpose: 'code-letters-address', text: address },
      { limit: perAddress, minutes },
    ]);
  const seen = await Promise.all(counted.map(([what, bound]) => isOver(ports, what, bound, at)));
  const over = seen.find((refusal) => refusal !== undefined);
  if (over) return over;
  const taken = await Promise.all(counted.map(([what, bound]) => countOne(ports, what, bound, at)));
  return taken.find((refusal) => refusal !== undefined);
};
