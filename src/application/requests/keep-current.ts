import { pause } from '@tichet-albastru/kernel/pause';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { RequestIdentity } from '../../domain/request/facts';
import { civilDateOf } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import type { Condition } from '@tichet-albastru/event-log/ports/read-models';
import { type AskedRegister, RegisterUnavailable } from '../kernel/ports/document-register';
import { type EligibilityRow, tables } from '../kernel/ports/tables';
import { etagToAskWith, notedReading, refuseAbsence, takeReading } from './readings';

/** So many requests are asked for at each look at the clock, at most; with more of them each comes round less often. */
const mostAtOnce = 10;
const lookEverySeconds = 5;
/** Then it may be this one request about which the register cannot answer: the others do not wait for it any longer. */
const mostSilences = 3;

/** Where the round stands: which of the two lists, how far in it, and how often there was no answer here. */
export type Round = { readonly list: 0 | 1; readonly cursor?: string; readonly silences?: number };
export const firstRound: Round = { list: 0 };

/** Art. 2: requests with an active ticket; then those whose 30 days are open. A request of both is of the first. */
const listOf = (list: Round['list'], at: Instant): readonly Condition[] =>
  list === 0
    ? [{ column: 'activeTicket', from: '' }]
    : [
        { column: 'enforcedUntil', from: civilDateOf(at) },
        { column: 'activeTicket', is: null },
      ];

const shareOf = async (ports: Ports, { pollMinutes }: AskedRegister, at: Instant): Promise<number> => {
  const counts = await Promise.all(
    ([0, 1] as const).map((list) => ports.readModels.count(tables.clarificationEligibility, listOf(list, at))),
  );
  const all = counts.reduce((sum, count) => sum + count, 0);
  return Math.min(mostAtOnce, Math.ceil((all * lookEverySeconds) / (pollMinutes * 60)));
};

const askFor = async (ports: Ports, register: AskedRegister, { number, filedOn }: RequestIdentity): Promise<void> => {
  const request = { number, filedOn };
  const askedAt = ports.clock.now();
  const reading = await register.read(request, etagToAskWith(await notedReading(ports, request), askedAt));
  if ((await takeReading(ports, request, reading, askedAt)) === 'absent') await refuseAbsence(ports, request);
};

/**
 * The next few requests are asked for, so that all come round once in `pollMinutes` and never many at once.
 * @returns where the round stands afterwards; and how long the register asked to be left alone, if it did not answer
 */
export const keepSomeCurrent = async (
  ports: Ports,
  register: AskedRegister,
  round: Round,
): Promise<{ readonly round: Round; readonly pauseSeconds?: number }> => {
  const at = ports.clock.now();
  const share = await shareOf(ports, register, at);
  if (share === 0) return { round: firstRound };
  const page = await ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, {
    where: listOf(round.list, at),
    limit: share,
    ...defined({ cursor: round.cursor }),
  });
  const silences = (round.silences ?? 0) + 1;
  for (const row of page.rows) {
    try {
      await askFor(ports, register, row);
    } catch (error) {
      if (!(error instanceof RegisterUnavailable)) throw error;
      const { operation, reason, retryAfterSeconds } = error;
      ports.logger.warn('register.silent', { step: operation, reason });
      // The round goes on where it stands once the register answers again.
      if (retryAfterSeconds !== undefined) return { round, pauseSeconds: Math.max(retryAfterSeconds, lookEverySeconds) };
      if (silences < mostSilences) return { round: { ...round, silences }, pauseSeconds: lookEverySeconds };
    }
  }
  if (page.next !== undefined) return { round: { list: round.list, cursor: page.next } };
  return { round: { list: round.list === 0 ? 1 : 0 } };
};

/** Changes of handler, status and answers are picked up until the signal aborts. */
export const keepRequestsCurrent = async (ports: Ports, register: AskedRegister, signal: AbortSignal): Promise<void> => {
  let round = firstRound;
  while (!signal.aborted) {
    const looked = await keepSomeCurrent(ports, register, round);
    round = looked.round;
    await pause((looked.pauseSeconds ?? lookEverySeconds) * 1000, signal);
  }
};
