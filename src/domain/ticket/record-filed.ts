import { nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { ResolutionFiled } from './facts';
import { noteResolutionFiled } from './note-resolution';
import { isRequested, type TicketState } from './state';

/** Whether a person may say under which number the resolution stands in the register: it is written, and no number is known. */
export const mayRecordFiled = (state: TicketState): boolean =>
  isRequested(state) && state.resolution.issued !== undefined && state.resolution.filed === undefined;

/**
 * Art. 7. A person has made the connected document, and gives its number. The same number again changes nothing. Refuses `invalid`
 * without a number, `wrong-state` before the resolution is issued and once it stands under another number.
 */
export const recordFiled = (
  { documentNumber, at }: { readonly documentNumber: string; readonly at: Instant },
  state: TicketState,
): Decision<ResolutionFiled> => {
  if (!isRequested(state)) return refuse('not-found');
  const number = documentNumber.trim();
  if (number === '') return refuse('invalid', { article: '7', field: 'documentNumber', reason: 'required' });
  const { issued, filed } = state.resolution;
  if (issued === undefined) return refuse('wrong-state', { article: '7', reason: 'not-issued' });
  if (filed !== undefined) {
    return filed.documentNumber === number ? nothing() : refuse('wrong-state', { article: '7', reason: 'already-filed' });
  }
  return noteResolutionFiled({ documentNumber: number, at }, state);
};
