import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { ConclusionsErased, TicketPersonalDataErased } from './facts';
import { documentToFile } from './resolution';
import { isActive, isRequested, type TicketState } from './ticket';

/** Who the citizen is goes; every fact, order and verdict stays, and so does the resolution, an archive document. Refused while active (A24). */
export const eraseTicket = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<TicketPersonalDataErased> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.erased) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  if (isActive(state)) return refuse('wrong-state', { reason: 'active' });
  // a citizen who asked for a restriction wants them kept (GDPR 18)
  if (state.restriction !== undefined) return refuse('wrong-state', { reason: 'restricted' });
  return accept({ type: 'PersonalDataErased', data: { erasedAt: at, reason } });
};

/** Number and date of the minute in which the selection commission decided that the documents may be destroyed (Legea 16/1996, art. 9–12). */
export type SelectionMinute = { readonly number: string; readonly date: CivilDate };

/** Why no document of the archive may be destroyed under a minute of this date; nothing where it may. */
const checkDate = ({ date }: SelectionMinute, at: Instant, writtenAt: Instant): Refusal | undefined => {
  if (!isCivilDate(date)) return refuse('invalid', { field: 'minuteDate', reason: 'not-a-date' });
  if (date > civilDateOf(at)) return refuse('invalid', { field: 'minuteDate', reason: 'in-the-future' });
  // the commission cannot select a document that was not written yet
  if (date < civilDateOf(writtenAt)) return refuse('invalid', { field: 'minuteDate', reason: 'before-it-was-issued' });
  return undefined;
};

/**
 * What the resolution says goes, under a minute of the selection commission; that there was one, when and by whom, stays. Refuses
 * `wrong-state` while the ticket is active, and before the document is filed: the register would get it without its text; `invalid`
 * without number and date of a minute that is not older than the resolution and its newest amendment.
 */
export const eraseConclusions = (
  { reason, minute, at }: { readonly reason: ClearText; readonly minute?: SelectionMinute | undefined; readonly at: Instant },
  state: TicketState,
): Decision<ConclusionsErased> => {
  if (!isRequested(state) || state.resolution.issued === undefined) return refuse('not-found');
  if (state.conclusionsErased) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  if (isActive(state) || documentToFile(state) !== undefined) return refuse('wrong-state', { reason: 'active' });
  if (state.restriction !== undefined) return refuse('wrong-state', { reason: 'restricted' });
  if (minute === undefined || isBlank(minute.number)) return refuse('invalid', { field: 'minuteNumber', reason: 'required' });
  const { issued, amendments } = state.resolution;
  const refusal = checkDate(minute, at, amendments.at(-1)?.amended.amendedAt ?? issued.issuedAt);
  if (refusal !== undefined) return refusal;
  const { number: minuteNumber, date: minuteDate } = minute;
  return accept({ type: 'ConclusionsErased', data: { erasedAt: at, reason, minuteNumber: minuteNumber.trim(), minuteDate } });
};
