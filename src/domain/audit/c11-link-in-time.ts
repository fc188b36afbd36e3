import { plusHours } from '../time/civil-time';
import { check, fail, notApplicable, pass } from './check';
import { first, placements, seen, type Dossier, type Placement, type Seen } from './dossier';
import { moment, notOnline } from './wording';
import { policyThen } from './stamps';

/** Which invitations with the link, for the current slot, were accepted and did not come back. */
const standing = (dossier: Dossier, place: Placement): readonly Seen<'InvitationSent'>[] => {
  const bounced = new Set(seen(dossier, 'InvitationBounced').map(({ fact }) => fact.data.letterId));
  return seen(dossier, 'InvitationSent').filter(
    ({ fact: { data } }) => data.withLink && data.slot.startsAt === place.fact.data.slot.startsAt && !bounced.has(data.letterId),
  );
};

/** The meeting left its hour before that hour came. */
const leftBefore = (dossier: Dossier, place: Placement): boolean =>
  seen({ ticket: dossier.ticket.slice(dossier.ticket.indexOf(place)) }, 'Cancelled', 'StaffAbsent').some(
    ({ recordedAt }) => recordedAt <= place.fact.data.slot.startsAt,
  );

/** C11, Art. 5 (R3.5): the invitation with the link for the current slot was accepted at least one hour before the start, and did not bounce. */
export const c11LinkInTime = check('C11', '5', (dossier) => {
  const place = placements(dossier).at(-1);
  if (first(dossier, 'Requested')?.fact.data.mode !== 'online' || place === undefined) return notApplicable(notOnline);
  const { startsAt } = place.fact.data.slot;
  if (leftBefore(dossier, place))
    return notApplicable({ ro: 'Întâlnirea a fost anulată înainte de oră.', en: 'The meeting was called off before its hour.' }, [place]);
  if (dossier.asOf <= startsAt)
    return notApplicable({ ro: 'Ora întâlnirii nu a trecut.', en: 'The hour of the meeting has not passed.' }, [place], {
      appliesAt: startsAt,
    });
  const sent = standing(dossier, place);
  const dueAt = plusHours(startsAt, -policyThen(dossier, 'invitation-lead').value.hours);
  const inTime = sent.find(({ fact }) => fact.data.acceptedAt <= dueAt);
  if (inTime !== undefined)
    return pass({ ro: 'Linkul a ajuns cu cel puțin o oră înainte.', en: 'The link arrived at least one hour ahead.' }, [place, inTime]);
  const bounces = seen(dossier, 'InvitationBounced');
  const late = sent[0];
  return late === undefined
    ? fail({ ro: 'Invitația cu link nu a ajuns la cetățean.', en: 'No invitation with the link reached the citizen.' }, [place, ...bounces])
    : fail(
        {
          ro: `Invitația cu link a plecat abia la ${moment(late.fact.data.acceptedAt)}.`,
          en: `The invitation with the link left only at ${moment(late.fact.data.acceptedAt)}.`,
        },
        [place, late],
      );
});
