import type { CommandContext } from '../../application/kernel/execute';
import { confirmRetention, type DueSubject, type RetentionConfirmation } from '../../application/privacy/retention';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { type PersonalClass, personalClasses } from '../../domain/retention/retention';
import { chainOf } from '../proof/chain-of';
import type { OpenedPorts } from './provided';

/** One class: how many of it stand how. */
export type ClassLook = {
  readonly class: PersonalClass;
  /** ISO 8601; nothing where it is kept for ever */
  readonly period: string | null;
  readonly due: number;
  /** why the others are not due */
  readonly others: Readonly<Record<string, number>>;
};

export type RetentionLook = {
  /** `off`: the host lets nothing be erased; `waiting`: the data are older than the periods, and nobody has confirmed yet */
  readonly state: 'off' | 'waiting' | 'in-force';
  readonly outcome: RetentionConfirmation['outcome'];
  readonly classes: readonly ClassLook[];
  /** the first of them, as a command names them: nothing personal */
  readonly due: readonly DueSubject[];
  /** everything that is due, files and who looked with it */
  readonly total: number;
};

const mostNamed = 1000;

/** What is due, and whether it is erased; with `seen`, that what was seen may be. Refuses `forbidden`. */
export const lookAtRetention = async (
  { ports, retention }: Pick<OpenedPorts, 'ports' | 'retention'>,
  context: CommandContext,
  seen?: number,
): Promise<RetentionLook | Refusal> => {
  if (retention === undefined) return { state: 'off', outcome: 'already', classes: [], due: [], total: 0 };
  const found = await confirmRetention({ ports, chainOf, periods: retention }, context, { yes: seen !== undefined, seen });
  if (isRefusal(found)) return found;
  const { outcome, counts, due, total } = found;
  return {
    state: outcome === 'already' || outcome === 'confirmed' ? 'in-force' : 'waiting',
    outcome,
    classes: personalClasses.map((kind) => {
      const { due: ofClass = 0, ...others } = counts[kind];
      return { class: kind, period: retention[kind]?.text ?? null, due: ofClass, others };
    }),
    due: due.slice(0, mostNamed),
    total,
  };
};
