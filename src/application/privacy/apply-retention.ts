import type { PersonalClass, Standing } from '../../domain/retention/retention';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { requestStream } from '../../domain/request/facts';
import { forgetConclusions } from './forget-conclusions';
import { forgetRequest } from './forget-request';
import { forgetTicket } from './forget-ticket';
import type { CommandContext } from '../kernel/execute';
import { leftUnderWay, noneUnderWay, noteUnderWay, type RetentionRunner, type UnderWay } from './under-way';
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

/** Fact, key and letters, or what of them is still to be done. */
const eraseOfTicket = async (retaining: Retaining, { kind, ticketId }: UnderWay, at: Instant): Promise<boolean> => {
  const { ports } = retaining;
  const command = { ticketId, reason: reasonOf(retaining, kind) };
  const context = contextOf(retaining, kind, ticketId, at);
  const outcome = kind === 'contact' ? await forgetTicket(ports)(context, command) : await forgetConclusions(ports)(context, command);
  return !isRefusal(outcome);
};

/** The domain is asked again on the way: what has become active since is refused, and stays. */
const erase = async (retaining: Retaining, one: Considered, at: Instant, by: RetentionRunner): Promise<boolean> => {
  const { ports } = retaining;
  switch (one.kind) {
    case 'contact':
    case 'conclusions': {
      const underWay = { kind: one.kind, ticketId: one.ticketId };
      await noteUnderWay(ports, by, underWay);
      const went = await eraseOfTicket(retaining, underWay, at);
      await noneUnderWay(ports, by);
      return went;
    }
    case 'names': {
      const context = contextOf(retaining, one.kind, requestStream(one.request), at);
      return !isRefusal(await forgetRequest(ports)(context, { request: one.request, reason: reasonOf(retaining, one.kind) }));
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
 * Erases what has been kept long enough, one after the other. What a crash cut off is done to its end by the
 * next turn, and then everything is looked at again.
 * @param how.afterEach told how many were erased so far; the next one waits for it
 */
export const applyRetention = async (
  retaining: Retaining,
  how: {
    readonly now: Instant;
    readonly by: RetentionRunner;
    readonly dryRun?: boolean;
    readonly signal?: AbortSignal;
    readonly afterEach?: (erased: number) => Promise<void>;
  },
): Promise<RetentionOutcome> => {
  const { now, by, dryRun = false, signal, afterEach } = how;
  const counts: Record<PersonalClass, Counts> = { contact: {}, names: {}, conclusions: {}, letters: {} };
  let erased = 0;
  const left = dryRun ? undefined : await leftUnderWay(retaining.ports, by);
  if (left !== undefined) {
    await eraseOfTicket(retaining, left, now);
    await noneUnderWay(retaining.ports, by);
  }
  for await (const one of consideredNow(retaining, now)) {
    if (signal?.aborted === true) return { counts, erased, interrupted: true };
    const isDue = one.standing === 'due';
    const went = isDue && !dryRun && (await erase(retaining, one, now, by));
    const stood = isDue && !dryRun && !went ? 'refused' : one.standing;
    counts[one.kind][stood] = (counts[one.kind][stood] ?? 0) + 1;
    if (!went) continue;
    erased += 1;
    await afterEach?.(erased);
  }
  return { counts, erased, interrupted: false };
};
