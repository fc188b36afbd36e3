import type { PersonalClass } from '../../domain/retention/classes';
import type { Standing } from '../../domain/retention/due';
import type { Instant } from '../../domain/kernel/instant';
import { isRefusal } from '../../domain/kernel/refusal';
import { requestStream } from '../../domain/request/facts';
import { forgetConclusions } from '../commands/forget-conclusions';
import { forgetRequest } from '../commands/forget-request';
import { forgetTicket } from '../commands/forget-ticket';
import type { CommandContext } from '../execute';
import { consideredNow, type Considered, type Retaining } from './what-is-due';

/** So many of each class, by how they stood. */
export type RetentionCounts = Readonly<Record<PersonalClass, Readonly<Partial<Record<Standing | 'refused', number>>>>>;
export type RetentionOutcome = {
  readonly counts: RetentionCounts;
  /** erased now; of a dry run, nothing */
  readonly erased: number;
  /** somebody ended it before it was through */
  readonly interrupted: boolean;
};

const reasonOf = ({ periods }: Retaining, kind: PersonalClass): string =>
  `Termen de păstrare: clasa ${kind}, ${periods[kind]?.text ?? ''} / Retention: class ${kind}, ${periods[kind]?.text ?? ''}`;

/** The same erasure has the same id, however often it is begun. */
const contextOf = ({ ports }: Retaining, kind: PersonalClass, subject: string, at: Instant): CommandContext => {
  const commandId = ports.identifiers.derive('retention', kind, subject);
  return { commandId, correlationId: commandId, causationId: commandId, actor: { kind: 'system', id: 'retention' }, at };
};

/** The domain is asked again on the way: what has become active since is refused, and stays. */
const erase = async (retaining: Retaining, one: Considered, at: Instant): Promise<boolean> => {
  const { ports } = retaining;
  const reason = reasonOf(retaining, one.kind);
  switch (one.kind) {
    case 'contact':
      return !isRefusal(await forgetTicket(ports)(contextOf(retaining, one.kind, one.ticketId, at), { ticketId: one.ticketId, reason }));
    case 'conclusions':
      return !isRefusal(
        await forgetConclusions(ports)(contextOf(retaining, one.kind, one.ticketId, at), { ticketId: one.ticketId, reason }),
      );
    case 'names': {
      const context = contextOf(retaining, one.kind, requestStream(one.request), at);
      return !isRefusal(await forgetRequest(ports)(context, { request: one.request, reason }));
    }
    case 'letters':
      // no fact: that letters went is in the history already, what is deleted is their copy here
      await ports.mailer.forget(one.ticketId);
      await ports.operations.outbox.forget(one.ticketId);
      return true;
  }
};

type Counts = Partial<Record<Standing | 'refused', number>>;

/**
 * Erases what has been kept long enough, one after the other. What stands between two of them is durable, so that a night that a crash
 * cut off is simply begun again.
 * @param how.afterEach told how many were erased so far; the next one waits for it
 */
export const applyRetention = async (
  retaining: Retaining,
  how: {
    readonly now: Instant;
    readonly dryRun?: boolean;
    readonly signal?: AbortSignal;
    readonly afterEach?: (erased: number) => Promise<void>;
  },
): Promise<RetentionOutcome> => {
  const { now, dryRun = false, signal, afterEach } = how;
  const counts: Record<PersonalClass, Counts> = { contact: {}, names: {}, conclusions: {}, letters: {} };
  let erased = 0;
  for await (const one of consideredNow(retaining, now)) {
    if (signal?.aborted === true) return { counts, erased, interrupted: true };
    const isDue = one.standing === 'due';
    const went = isDue && !dryRun && (await erase(retaining, one, now));
    const stood = isDue && !dryRun && !went ? 'refused' : one.standing;
    counts[one.kind][stood] = (counts[one.kind][stood] ?? 0) + 1;
    if (!went) continue;
    erased += 1;
    await afterEach?.(erased);
  }
  return { counts, erased, interrupted: false };
};
