import { isClear, type PersonalText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import type { ChangeReason } from './facts';

/** Whether a text from a command says nothing. What is sealed was looked at before it was sealed. */
export const isBlank = (text: PersonalText): boolean => isClear(text) && text.clear.trim() === '';

/** A20: staff never change a meeting without a reason, and `other` says in words which. Refuses `invalid`, Art. 8. */
export const checkReason = (change: {
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: PersonalText;
}): Refusal | undefined => {
  if (change.by === 'citizen') return undefined;
  if (change.reason === undefined) return refuse('invalid', { article: '8', field: 'reason', reason: 'required' });
  const { reasonText } = change;
  return change.reason === 'other' && (reasonText === undefined || isBlank(reasonText))
    ? refuse('invalid', { article: '8', field: 'reasonText', reason: 'required' })
    : undefined;
};
