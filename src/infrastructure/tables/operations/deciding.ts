import type { Instant } from '../../../domain/kernel/fact';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { NotedRefusal } from '../../../application/kernel/ports/refusals';

type Code = { readonly n: number; readonly expiresAt: Instant; readonly tries: number };
type VerificationTry = Awaited<ReturnType<Operations['verification']['takeTry']>>;
type OpeningTry = Awaited<ReturnType<Operations['openings']['takeTry']>>;

const compare = ({ n, tries }: Code, triesPerCode: number) => ({ kind: 'compare', n, triesLeft: triesPerCode - tries - 1 }) as const;

/** What a try of this code is; a caller that gets `compare` counts the try before it answers. */
export const verificationTry = (
  code: (Code & { readonly spent: boolean }) | undefined,
  at: Instant,
  triesPerCode: number,
): VerificationTry => {
  if (!code) return { kind: 'none' };
  if (code.spent) return { kind: 'spent' };
  if (at >= code.expiresAt) return { kind: 'expired' };
  return code.tries >= triesPerCode ? { kind: 'exhausted' } : compare(code, triesPerCode);
};

/** The same for a code that opens a ticket. */
export const openingTry = (
  code: (Code & { readonly spentBy?: string | null | undefined }) | undefined,
  at: Instant,
  triesPerCode: number,
): OpeningTry => {
  if (!code) return { kind: 'none' };
  if (at >= code.expiresAt) return { kind: 'expired' };
  if (typeof code.spentBy === 'string') return { kind: 'spent', by: code.spentBy };
  return code.tries >= triesPerCode ? { kind: 'exhausted' } : compare(code, triesPerCode);
};

/** What is one line of the refused attempts: the command, and what it was about. */
export const entryOf = ({ subject, commandId }: Pick<NotedRefusal, 'subject' | 'commandId'>): string => `${subject} ${commandId}`;
