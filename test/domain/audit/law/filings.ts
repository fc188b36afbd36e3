import { plusHours } from '../../../../src/domain/time/civil-time';
import type { History } from '../../../support/history';
import { clerk, policies, type TicketEntry } from '../../../support/plot';
import { adding } from '../../../support/retelling';
import { type Breaks, type Changed, declaredBy, stranger } from './breaking';
import { all, type DataOf, type Event, one } from './occasions';

type Filed = Event<'ResolutionFiled'>;
const register = { kind: 'system', id: 'process-filing-confirmation' } as const;

/** A person gave the number of the document; what the register said of it, or the person afterwards, is told of that filing. */
export const typedThen =
  (...later: readonly ((filed: Filed, history: History) => TicketEntry)[]): Breaks =>
  (history) => {
    const typed = declaredBy('ResolutionFiled', clerk(one(history, 'Held')?.staffId ?? stranger))(history);
    const [filed] = typed === undefined ? [] : all(typed, 'ResolutionFiled');
    return typed && filed && adding(typed, ...later.map((tell) => tell(filed, typed)));
  };

/** So many hours after it was filed the register shows no such resolution. */
export const disprovedAfter =
  (hours: number, finding: DataOf<'FilingDisproved'>['finding'] = 'unknown') =>
  ({ recordedAt, fact: { data } }: Filed): TicketEntry => {
    const disprovedAt = plusHours(recordedAt, hours);
    const { documentNumber } = data;
    const told = { documentNumber, finding, disprovedAt, policies: [policies['filing-confirmation']] };
    return [disprovedAt, { type: 'FilingDisproved', data: told }, register];
  };

/** So many hours after it was filed it is filed again, as this says of it: declared by a person, or shown by the register. */
export const filedAgainAfter =
  (hours: number, change: (data: DataOf<'ResolutionFiled'>, history: History) => Changed<'ResolutionFiled'> = () => ({})) =>
  ({ recordedAt, fact: { data }, actor }: Filed, history: History): TicketEntry => {
    const at = plusHours(recordedAt, hours);
    const told = { ...data, filedAt: at, ...change(data, history) } as DataOf<'ResolutionFiled'>;
    return [at, { type: 'ResolutionFiled', data: told }, told.grade === 'observed' ? register : actor];
  };
