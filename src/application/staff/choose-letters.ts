import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import type { ChosenLetters, KnownStaff } from '../../domain/staff/staff-member';
import { chooseLetters as chooseLettersDecision } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentStaff, staffMembers } from '../kernel/streams';

export type ChooseLettersInput = ChosenLetters & { readonly staffId: string };

export class ChooseLetters extends Command<ChooseLettersInput, Done<{ readonly staffId: string }>> {}

/** How a civil servant is told of their own meetings and duties from now on. */
export const chooseLetters =
  (ports: Ports) =>
  async (
    context: CommandContext,
    { staffId, choice, locale }: ChooseLettersInput,
  ): Promise<Done<{ readonly staffId: string }> | Refusal> => {
    const chosen = await staffMembers
      .of(ports, staffId)
      .transact(context, 'letters', (state) => chooseLettersDecision({ choice, locale, at: context.at }, state));
    return isRefusal(chosen) ? chosen : done({ staffId }, chosen.position);
  };

/** As the person has chosen; until then as the installation has it, in Romanian. */
export const lettersOf = ({ cityHall }: Pick<Ports, 'cityHall'>, { letters }: Pick<KnownStaff, 'letters'>): ChosenLetters =>
  letters ?? { choice: cityHall.officialLetters ?? 'digest', locale: 'ro' };

/** `chosen`: whether the person said so; otherwise it is the installation's way. */
export type LettersView = ChosenLetters & { readonly staffId: string; readonly chosen: boolean };

export class GetLetters extends Query<{ readonly staffId: string }, LettersView | Refusal> {}

export const lettersView =
  (ports: Ports) =>
  async ({ staffId }: { readonly staffId: string }): Promise<LettersView | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    if (staff.status === 'unknown') return refuse('not-found');
    return { staffId, ...lettersOf(ports, staff), chosen: staff.letters !== undefined };
  };
