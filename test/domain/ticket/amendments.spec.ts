import { amendResolution } from '../../../src/domain/ticket/amendment';
import { eraseConclusions } from '../../../src/domain/ticket/erasure';
import { confirmFiling } from '../../../src/domain/ticket/filing-confirmation';
import {
  amendmentLeftAt,
  askToSendAgain,
  handOverResolution,
  mayRecordFiled,
  noteResolutionBounced,
  noteResolutionFiled,
  noteResolutionSent,
  recordFiled,
} from '../../../src/domain/ticket/resolution';
import { isRequested, ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { plusHours } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { afterMeeting, policies, rules, ended } = story;
/** Legea 16/1996, art. 9–12 */
const minute = { number: '3', date: '2026-03-10' };
const at = '2026-03-10T09:00:00.000Z';

type Amendment = Parameters<typeof amendResolution>[0];
const amend =
  (changes: Partial<Amendment> = {}) =>
  (state: TicketState) =>
    amendResolution(
      {
        ...rules,
        form: 'erratum',
        conclusions: story.text('Suprafața este de 45 m².'),
        reason: story.text('Cifre inversate.'),
        sameTexts: false,
        amendedBy: 's002',
        at,
        ...changes,
      },
      state,
    );
const met = given(ticket, ...story.met(), story.issued, story.sent);
const filed = (documentNumber: string, amendment?: number) => (state: TicketState) =>
  noteResolutionFiled({ documentNumber, amendment, grade: 'observed', at }, state);
const resolutionOf = (state: TicketState) => {
  if (!isRequested(state)) throw new Error('The ticket was requested.');
  return state.resolution;
};

describe('Art. 7: an error in a resolution that was issued', () => {
  it('is put right by a document of its own, numbered, due by A17 from its own instant; the first stays as it was written', () => {
    expect(met.when(amend())).toMatchObject(
      oneFact('ResolutionAmended', {
        amendment: 1,
        form: 'erratum',
        amendedAt: at,
        resolutionTargetAt: plusHours(at, policies['resolution-deadline'].value.targetHours),
        resolutionHardLimitAt: '2026-03-11T22:00:00.000Z',
        policies: [policies['resolution-deadline']],
      }),
    );
    const amended = met.after(amend());
    expect(amended.when(amend({ form: 'replacement' }))).toMatchObject(oneFactWith({ amendment: 2, form: 'replacement' }));
    expect(resolutionOf(amended.state)).toMatchObject({
      issued: resolutionOf(met.state).issued,
      amendments: [{ amended: { amendment: 1 } }],
    });
  });
  it('changes nothing with the same texts in the same form', () => {
    const amended = met.after(amend());
    expect(amended.when(amend({ sameTexts: true }))).toEqual(nothing);
    expect(amended.when(amend({ sameTexts: true, form: 'replacement' }))).toMatchObject(oneFactWith({ amendment: 2 }));
  });
  it.each([
    ['not-issued', ended],
    ['not-held', given(ticket, ...story.met().filter(({ type }) => type !== 'Held'), story.issued)],
  ])('is refused: %s', (reason, before) => {
    expect(before.when(amend())).toMatchObject(refused('wrong-state', { article: '7', reason }));
  });
  it('is refused once the text is erased, without a text, without a reason, and under the number of another document', () => {
    const erased = met.after(filed('90002')).after((state) => eraseConclusions({ reason: story.text('Termen'), minute, at }, state));
    expect(erased.when(amend())).toMatchObject({ details: { reason: 'conclusions-erased' } });
    expect(met.when(amend({ conclusions: story.text(' ') }))).toMatchObject({ details: { field: 'conclusions', reason: 'required' } });
    expect(met.when(amend({ reason: story.text(' ') }))).toMatchObject({ details: { field: 'reason', reason: 'required' } });
    const inRegister = met.after(filed('90002'));
    expect(inRegister.when(amend({ documentNumber: '90.002' }))).toMatchObject({ details: { reason: 'another-document' } });
    expect(inRegister.when(amend({ documentNumber: '90003' }))).toMatchObject(oneFactWith({ documentNumber: '90003' }));
  });
});

describe('Art. 7: the document of an amendment', () => {
  const number = (documentNumber: string) => (state: TicketState) => recordFiled({ documentNumber, at }, state);
  it('has a number of its own, which is asked for after that of the resolution', () => {
    const amended = met.after(amend());
    const first = amended.after(number('90002'));
    expect(amended.when(number('90002'))).toMatchObject(oneFactWith({ documentNumber: '90002' }));
    expect(mayRecordFiled(first.state)).toBe(true);
    expect(first.when(number('90002'))).toMatchObject(refused('invalid', { reason: 'another-document' }));
    expect(first.when(number('90003'))).toMatchObject(oneFactWith({ documentNumber: '90003', amendment: 1 }));
    const both = first.after(number('90003'));
    expect(mayRecordFiled(both.state)).toBe(false);
    expect(both.when(number('90003'))).toEqual(nothing);
    expect(both.when(number('90004'))).toMatchObject({ details: { reason: 'already-filed' } });
    expect(resolutionOf(both.state)).toMatchObject({
      filed: { documentNumber: '90002' },
      amendments: [{ filed: { documentNumber: '90003' } }],
    });
  });
  it('is confirmed, or disproved, by the register by itself', () => {
    const typed = met.after(number('90002')).after(amend()).after(number('90003'));
    const document = { registeredOn: '2026-03-10', type: 'Tichetul albastru', connectedTo: story.request };
    const look = (documentNumber: string, hours: number) => (state: TicketState) =>
      confirmFiling({ documents: [{ ...document, documentNumber }], policies, at: plusHours(at, hours) }, state);
    expect(typed.when(look('90003', 1))).toMatchObject(
      oneFact('ResolutionFiled', { documentNumber: '90003', amendment: 1, grade: 'observed' }),
    );
    const disproved = typed.after(look('90002', 500));
    expect(typed.when(look('90002', 500))).toMatchObject({
      facts: [
        { type: 'ResolutionFiled', data: { documentNumber: '90002' } },
        { type: 'FilingDisproved', data: { documentNumber: '90003', amendment: 1, finding: 'unknown' } },
      ],
    });
    expect(resolutionOf(disproved.state)).toMatchObject({
      filed: { documentNumber: '90002' },
      amendments: [{ disproved: { documentNumber: '90003' } }],
    });
  });
  it('keeps the texts until it is filed as well', () => {
    const erase = (state: TicketState) => eraseConclusions({ reason: story.text('Termen'), minute, at }, state);
    const amended = met.after(filed('90002')).after(amend());
    expect(amended.when(erase)).toMatchObject(refused('wrong-state'));
    expect(amended.after(filed('90003', 1)).when(erase)).toMatchObject(oneFact('ConclusionsErased'));
  });
  it('Legea 16/1996: is erased by no minute that is older than it', () => {
    const later = '2026-03-11T09:00:00.000Z';
    const amended = met
      .after(filed('90002'))
      .after(amend({ at: later }))
      .after(filed('90003', 1));
    const erase = (date: string) => (state: TicketState) =>
      eraseConclusions({ reason: story.text('Termen'), minute: { number: '3', date }, at: later }, state);
    expect(amended.when(erase('2026-03-10'))).toMatchObject({ details: { field: 'minuteDate', reason: 'before-it-was-issued' } });
    expect(amended.when(erase('2026-03-11'))).toMatchObject(oneFact('ConclusionsErased'));
  });
  it('is nothing of an amendment that there is not', () => {
    expect(met.when(filed('90003', 1))).toEqual(nothing);
  });
});

describe('Art. 7: an amendment on its way', () => {
  const sent = (letterId: string, amendments: number) => (state: TicketState) =>
    noteResolutionSent({ letterId, toVerifiedAddress: true, acceptedAt: at, amendments }, state);
  const bounced = (letterId: string) => (state: TicketState) => noteResolutionBounced({ ...rules, letterId, at }, state);
  const ask = (state: TicketState) => askToSendAgain({ at }, state);
  it('left with the letter, or on the paper, that holds it; what left before holds nothing of it', () => {
    const amended = met.after(amend());
    expect(amendmentLeftAt(resolutionOf(amended.state), 1)).toBeUndefined();
    expect(amendmentLeftAt(resolutionOf(amended.after(sent('letter-10', 1)).state), 1)).toBe(at);
    const handOver =
      (handedOverAt = at) =>
      (state: TicketState) =>
        handOverResolution({ channel: 'pickup', handedOverAt, proof: story.text('semnătură'), at }, state);
    expect(amended.when(handOver())).toMatchObject(oneFactWith({ amendments: 1 }));
    expect(amendmentLeftAt(resolutionOf(amended.after(handOver()).state), 1)).toBe(at);
    expect(met.when(handOver())).not.toHaveProperty('facts.0.data.amendments');
    // taken before it was amended, and recorded afterwards
    expect(amended.when(handOver(afterMeeting))).not.toHaveProperty('facts.0.data.amendments');
  });
  it('A21: is sent again once its letter came back, though the first letter stands', () => {
    const amended = met.after(amend());
    expect(amended.when(ask)).toMatchObject({ details: { reason: 'not-bounced' } });
    const cameBack = amended.after(sent('letter-10', 1)).after(bounced('letter-10'));
    expect(amendmentLeftAt(resolutionOf(cameBack.state), 1)).toBeUndefined();
    expect(cameBack.when(ask)).toMatchObject(oneFactWith({ afterLetterId: 'letter-10' }));
    expect(cameBack.after(ask).when(ask)).toEqual(nothing);
  });
});
