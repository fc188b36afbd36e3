import { isClear } from '../kernel/personal-text';
import { hasLeft } from '../staff/hours';
import { civilDateOf } from '../time/civil-time';
import { check, fail, notApplicable, pass } from './check';
import { first, placements, seen, type Dossier, type Placement, type Seen } from './dossier';
import { staffThen } from './in-force';
import { requestThen } from './request-then';
import { notHeld } from './wording';

const hasReason = ({ fact }: Placement): boolean => {
  if (fact.type === 'Reassigned') return !isClear(fact.data.reason) || fact.data.reason.clear.trim() !== '';
  return fact.type === 'Rescheduled' && fact.data.reason !== undefined;
};

/**
 * A3: the handler while in operation, afterwards whoever gave the answer.
 * Where that person has left or is not known here, a head stands in, and who that is the request's history does not tell.
 */
const wasResponsible = (dossier: Dossier, { fact: { data } }: Seen<'Requested'>): boolean => {
  const then = requestThen(dossier);
  const { ground } = data;
  const person =
    ground.kind === 'in-operation'
      ? then.handlerStaffId
      : then.answers.findLast(({ fact }) => fact.data.documentNumber === ground.documentNumber)?.fact.data.answeredBy;
  if (person === undefined || person === data.staffId) return true;
  const known = staffThen(dossier, person, data.requestedAt);
  return known.status === 'unknown' || hasLeft(known, civilDateOf(data.requestedAt));
};

/** C12, Art. 1 and 2 (A3): held by the person who answers for the request; whoever replaced that person did so for a reason. */
export const c12RightPerson = check('C12', '1', (dossier) => {
  const held = first(dossier, 'Held');
  const requested = first(dossier, 'Requested');
  if (held === undefined || requested === undefined) return notApplicable(notHeld);
  const placed = placements(dossier);
  let responsible = requested.fact.data.staffId;
  for (const place of placed) {
    if (place.fact.data.staffId !== responsible && !hasReason(place)) {
      return fail({ ro: 'Persoana a fost schimbată fără motiv.', en: 'The person was changed without a reason.' }, [place]);
    }
    responsible = place.fact.data.staffId;
  }
  const starts = seen(dossier, 'MeetingStarted', 'Held');
  if (starts.some(({ fact }) => fact.data.staffId !== responsible)) {
    return fail({ ro: 'Întâlnirea a fost ținută de altă persoană.', en: 'The meeting was held by somebody else.' }, [...placed, ...starts]);
  }
  return wasResponsible(dossier, requested)
    ? pass({ ro: 'Întâlnirea a fost ținută de persoana responsabilă.', en: 'The meeting was held by the responsible person.' }, [
        requested,
        ...placed,
        held,
      ])
    : fail(
        { ro: 'Tichetul nu a fost dat persoanei care avea cererea.', en: 'The ticket was not given to the person who had the request.' },
        [requested, held],
      );
});
