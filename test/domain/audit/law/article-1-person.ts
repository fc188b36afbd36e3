import { personal } from '../../../../src/domain/kernel/personal-text';
import { plusHours, plusMinutes } from '../../../../src/domain/time/civil-time';
import { clerk } from '../../../support/plot';
import { ticketOtherwise, withStaff } from '../../../support/retelling';
import { type Breach, each, eachOf, fileMoves, never, of, ofRequest, only, stranger } from './breaking';
import { asBooked, beforeAsking, has, inOperation, isHeld, movedBy, not, requestedAt, startOf } from './occasions';

const whileHandled = only(isHeld, inOperation, asBooked);

/** Who is met (Art. 1). */
export const person: readonly Breach[] = [
  ...of('1', 'A3', 'C12', {
    'held by somebody else, as the record itself says': each('Held', () => ({ staffId: stranger })),
    'begun by somebody else': only(isHeld)(each('MeetingStarted', () => ({ staffId: stranger }))),
    'somebody else records that it was held': only(isHeld)((history) =>
      ticketOtherwise(history, ({ fact }) => (['MeetingStarted', 'Held'].includes(fact.type) ? { actor: clerk(stranger) } : undefined)),
    ),
    'given to a colleague without a reason': only(isHeld)(each('Reassigned', () => ({ reason: personal('contact', ' ') }))),
    'another person with the new hour, and no reason': only(
      isHeld,
      movedBy('citizen'),
    )(eachOf(['Rescheduled', 'MeetingStarted', 'Held'], () => ({ staffId: 'S-042' }))),
    'asked for with somebody who does not have the request': only(isHeld, inOperation)(fileMoves((history) => beforeAsking(history, 30))),
    'asked for with somebody who has not given the answer': only(isHeld)((history) =>
      ofRequest('AnswerCommunicated', () => ({ data: { answeredBy: stranger } }))(withStaff(history, stranger)),
    ),
    'the file moved days before, nobody gave the ticket on': whileHandled(fileMoves((history) => plusMinutes(requestedAt(history), 30))),
    'the file moved an hour before, nobody gave the ticket on': whileHandled(fileMoves((history) => plusHours(startOf(history), -1))),
  }),
  ...of('1', 'A21', 'C19', {
    'nobody was told of the other person': only(has('Reassigned'), not(has('Cancelled')))(never('CitizenNotified')),
  }),
];
