import { addressHolds } from './addresses';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { plusHours, plusSeconds } from '../../../../src/domain/time/civil-time';
import { clerk } from '../../../support/plot';
import { type Breach, declaredBy, each, eachAt, inTurn, more, never, of, ofOrigin, only, stranger } from './breaking';
import { disprovedAfter, filedAgainAfter, typedThen } from './filings';
import { all, byEmail, delivered, fromHeld, has, isHeld, not, one } from './occasions';

const monthInHours = 24 * 30;
const onPaper = only(isHeld, not(byEmail));
const emailed = only(delivered, byEmail);

/** The resolution (Art. 7). */
export const resolution: readonly Breach[] = [
  ...of('7', 'R7.1', 'C14', {
    'not filed': only(isHeld)(never('ResolutionFiled')),
    'connected to another request': each('ResolutionFiled', () => ({ connectedTo: { number: '1', filedOn: '2026-01-05' } })),
    'connected to the same number of another year': each('ResolutionFiled', ({ connectedTo }) => ({
      connectedTo: { ...connectedTo, filedOn: '2020-01-06' },
    })),
    'the request’s own number as the document’s': each('ResolutionFiled', ({ connectedTo }) => ({ documentNumber: connectedTo.number })),
    'the request’s own number, written out': each('ResolutionFiled', ({ connectedTo: { number } }) => ({
      documentNumber: ` ${number.slice(0, 3)}.${number.slice(3)}/425 `,
    })),
    'no number': each('ResolutionFiled', () => ({ documentNumber: ' ' })),
    'filed before they met': only(isHeld)(
      each('ResolutionFiled', (_, history) => ({ filedAt: fromHeld(history, 'startedAt', -24 * 3600) })),
    ),
    'a number that the register does not know': typedThen(disprovedAfter(24)),
    'the number of a document of another type': typedThen(disprovedAfter(24, 'other-type')),
    'the number of a document of another request': typedThen(disprovedAfter(24, 'other-request')),
    'the number of a document from before the meeting': typedThen(disprovedAfter(24, 'before-the-meeting')),
    'the number that the register does not know, typed once more': typedThen(disprovedAfter(2), filedAgainAfter(3)),
    'the same number, written out otherwise': only(isHeld)(
      inTurn(
        each('ResolutionFiled', () => ({ documentNumber: '161203' })),
        typedThen(
          disprovedAfter(2),
          filedAgainAfter(3, () => ({ documentNumber: ' 161.203/425 ' })),
        ),
      ),
    ),
    'shown by the register once, and gone from it': typedThen(
      filedAgainAfter(1, ({ filedAt }) => ({ filedAt, grade: 'observed' })),
      disprovedAfter(24),
    ),
  }),
  ...ofOrigin('7', 'R7.1', 'C14', { 'the document’s number typed by hand': declaredBy('ResolutionFiled', clerk(stranger)) }),
  ...of('7', 'A17', 'C14', {
    'filed after the limit': only(isHeld)(
      eachAt('ResolutionFiled', (_, history) => fromHeld(history, 'resolutionHardLimitAt', 1), 'filedAt'),
    ),
    'filed after the limit, with a later one written down': only(isHeld)(
      inTurn(
        eachAt('ResolutionFiled', (_, history) => fromHeld(history, 'resolutionHardLimitAt', 1), 'filedAt'),
        each('Held', ({ resolutionHardLimitAt }) => ({ resolutionHardLimitAt: plusHours(resolutionHardLimitAt, monthInHours) })),
      ),
    ),
    'typed in time, and filed days after according to the register': typedThen(filedAgainAfter(200, () => ({ grade: 'observed' }))),
  }),
  ...of('7', 'A18', 'C15', {
    'written before they met': only(isHeld)(each('ResolutionIssued', (_, history) => ({ issuedAt: fromHeld(history, 'startedAt', -1) }))),
    'sent before the end': only(isHeld)(each('ResolutionSent', (_, history) => ({ acceptedAt: fromHeld(history, 'endedAt', -1) }))),
    'handed over before the end': onPaper(
      each('ResolutionHandedOver', (_, history) => ({ handedOverAt: fromHeld(history, 'endedAt', -1) })),
    ),
    'sent before it was written': only(has('ResolutionSent'))(
      each('ResolutionIssued', (_, history) => ({ issuedAt: plusSeconds(one(history, 'ResolutionSent')?.acceptedAt ?? '', 1) })),
    ),
  }),
  ...of('7', 'R7.1', 'C15', { 'sent, and never written': only(isHeld)(never('ResolutionIssued')) }),
  ...of('7', 'A17', 'C16', {
    'sent after the next working day': only(delivered)(
      each('ResolutionSent', (_, history) => ({ acceptedAt: fromHeld(history, 'resolutionHardLimitAt', 1) })),
    ),
    'sent after the two hours': only(delivered)(
      each('ResolutionSent', (_, history) => ({ acceptedAt: fromHeld(history, 'resolutionTargetAt', 1) })),
    ),
    'never sent': only(isHeld, byEmail)(never('ResolutionSent', 'ResolutionBounced', 'ResolutionHandedOver')),
    'sent after the two hours, with more of them written down': emailed(
      inTurn(
        each('ResolutionSent', (_, history) => ({ acceptedAt: fromHeld(history, 'resolutionTargetAt', 1) })),
        each('Held', ({ resolutionTargetAt }) => ({ resolutionTargetAt: plusHours(resolutionTargetAt, 8) })),
      ),
    ),
    'sent after the limit, with a later one written down': emailed(
      inTurn(
        each('ResolutionSent', (_, history) => ({ acceptedAt: fromHeld(history, 'resolutionHardLimitAt', 1) })),
        each('Held', ({ resolutionHardLimitAt }) => {
          const later = plusHours(resolutionHardLimitAt, monthInHours);
          return { resolutionTargetAt: later, resolutionHardLimitAt: later };
        }),
      ),
    ),
  }),
  ...of('7', 'A11', 'C16', {
    'handed over after the next working day': onPaper(
      each('ResolutionHandedOver', (_, history) => ({ handedOverAt: fromHeld(history, 'resolutionHardLimitAt', 1) })),
    ),
    'never handed over': onPaper(never('ResolutionHandedOver')),
    'only handed over, though the e-mail works': only(
      has('ResolutionSent'),
      not(has('ResolutionBounced')),
    )((history) => {
      const at = plusHours(all(history, 'ResolutionSent')[0]?.recordedAt ?? '', 4);
      const data = { channel: 'post', handedOverAt: at, proof: personal('record', 'AR 1') } as const;
      return inTurn(
        never('ResolutionSent'),
        more(() => [[at, { type: 'ResolutionHandedOver', data }]]),
      )(history);
    }),
  }),
  ...of('7', 'A10', 'C17', {
    'sent to another address, for which no code was entered': only(has('ResolutionSent'))(
      more((history) => {
        const sent = all(history, 'ResolutionSent')[0];
        return sent && [addressHolds(plusSeconds(sent.recordedAt, -1), undefined)];
      }),
    ),
    'sent to an address that was not verified': each('ResolutionSent', () => ({ toVerifiedAddress: false })),
    'said to be verified, and no code was ever entered': only(has('ResolutionSent'))(never('EmailVerified')),
  }),
  ...of('7', 'A11', 'C17', { 'handed over without proof': each('ResolutionHandedOver', () => ({ proof: personal('record', ' ') })) }),
  ...of('7', 'A21', 'C18', {
    'came back, and nobody followed it up': only(has('ResolutionBounced'))(never('ResolutionHandedOver')),
    'came back, followed up on the third working day': only(has('ResolutionBounced'))(
      each('ResolutionHandedOver', (_, history) => ({
        handedOverAt: plusSeconds(one(history, 'ResolutionBounced')?.followUpDueAt ?? '', 1),
      })),
    ),
  }),
];
