import { amendResolution } from '../../../src/domain/ticket/amendment';
import { eraseTicket } from '../../../src/domain/ticket/erasure';
import { answerCorrected, answerObjection, disputable, disputeCorrection, openObjections } from '../../../src/domain/ticket/objection';
import { ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import * as story from './story';

const { afterMeeting: at, rules, standing } = story;
const nothing = { kind: 'accepted', facts: [] };
const met = given(ticket, ...story.met(), story.issued, story.sent);
const amend = (state: TicketState) =>
  amendResolution(
    { ...rules, form: 'erratum', conclusions: story.text('45 m²'), reason: story.text('Cifre'), sameTexts: false, amendedBy: 's002', at },
    state,
  );
const amended = met.after(amend);
const object =
  (words = 'Era bine întâi.') =>
  (state: TicketState) =>
    disputeCorrection({ correctionOf: 'resolution', objection: story.text(words), at }, state);
const answer =
  (words = 'Am verificat.') =>
  (state: TicketState) =>
    answerObjection({ correctionOf: 'resolution', answer: story.text(words), by: 's002', at }, state);

describe('Art. 7: a citizen objects to a correction', () => {
  it('once to each, and a person answers once; the correction stands', () => {
    expect(disputable(amended.state, {})).toEqual(['resolution']);
    const disputed = amended.after(object());
    expect(amended.when(object())).toMatchObject({ facts: [{ type: 'CorrectionDisputed', data: { correctionOf: 'resolution' } }] });
    expect(disputed.when(object())).toEqual(nothing);
    expect(disputable(disputed.state, {})).toEqual([]);
    expect(openObjections(disputed.state)).toHaveLength(1);
    expect(disputed.when(answer())).toMatchObject({ facts: [{ type: 'ObjectionAnswered', data: { answeredBy: 's002' } }] });
    const answered = disputed.after(answer());
    expect(openObjections(answered.state)).toEqual([]);
    expect(answered.when(answer())).toEqual(nothing);
    expect(answered.state).toMatchObject({ resolution: { amendments: [{ amended: { amendment: 1 } }] } });
  });
  it('anew to a further correction', () => {
    const again = amended.after(object()).after(answer()).after(amend);
    expect(disputable(again.state, {})).toEqual(['resolution']);
    expect(again.when(object())).toMatchObject({ facts: [{ type: 'CorrectionDisputed' }] });
  });
  it('is answered also after a further correction, to which nobody has objected', () => {
    const again = amended.after(object()).after(amend);
    expect(openObjections(again.state)).toHaveLength(1);
    expect(again.when(answer())).toMatchObject({ facts: [{ type: 'ObjectionAnswered', data: { correctionOf: 'resolution' } }] });
    const answered = again.after(answer());
    expect(openObjections(answered.state)).toEqual([]);
    expect(answered.when(answer())).toEqual(nothing);
    expect(disputable(answered.state, {})).toEqual(['resolution']);
    expect(openObjections(again.after(object()).after(answer()).after(answer()).state)).toEqual([]);
  });
  it('is refused without a correction, without words, and once nobody knows whose it is', () => {
    expect(met.when(object())).toMatchObject({ code: 'wrong-state', article: '7', details: { reason: 'nothing-corrected' } });
    expect(amended.when(object(' '))).toMatchObject({ code: 'invalid', details: { field: 'objection' } });
    const erased = amended.after((state) => eraseTicket({ reason: story.text('cerere'), at }, state));
    expect(erased.when(object())).toMatchObject({ details: { reason: 'nothing-corrected' } });
    expect(disputable(erased.state, {})).toEqual([]);
  });
  it('is answered where there is an objection, with words', () => {
    expect(amended.when(answer())).toMatchObject({ code: 'wrong-state', article: '7', details: { reason: 'no-objection' } });
    const ofRecording = (state: TicketState) =>
      answerObjection({ correctionOf: 'recording', answer: story.text('Am verificat.'), by: 's002', at }, state);
    expect(amended.after(object()).when(ofRecording)).toMatchObject({ details: { reason: 'no-objection' } });
    expect(amended.after(object()).when(answer(''))).toMatchObject({ code: 'invalid', details: { field: 'answer' } });
  });
  it('to the correction of an answer, which the request tells of; each once (Art. 2 b)', () => {
    const dispute = (answersCorrectedAt?: string) => (state: TicketState) =>
      disputeCorrection({ correctionOf: 'answer', objection: story.text('Nu era greșit.'), at, answersCorrectedAt }, state);
    expect(disputable(standing.state, {})).toEqual([]);
    expect(standing.when(dispute())).toMatchObject({ code: 'wrong-state', article: '2 b', details: { reason: 'nothing-corrected' } });
    const corrected = { answersCorrectedAt: '2026-03-02T09:00:00.000Z' };
    expect(disputable(standing.state, corrected)).toEqual(['answer']);
    expect(answerCorrected(standing.state, corrected)).toEqual({ of: 'answer', at: corrected.answersCorrectedAt });
    const disputed = standing.after(dispute(corrected.answersCorrectedAt));
    expect(standing.when(dispute(corrected.answersCorrectedAt))).toMatchObject({
      facts: [{ type: 'CorrectionDisputed', data: { correctionOf: 'answer', correctedAt: corrected.answersCorrectedAt } }],
    });
    expect(disputed.when(dispute(corrected.answersCorrectedAt))).toEqual(nothing);
    expect([disputable(disputed.state, corrected), answerCorrected(disputed.state, corrected)]).toEqual([[], undefined]);
    for (const facts of [[story.requested()], [story.requested(), story.lapsed]]) {
      const never = given(ticket, ...facts);
      expect(never.when(dispute(corrected.answersCorrectedAt))).toMatchObject({ details: { reason: 'nothing-corrected' } });
      expect([disputable(never.state, corrected), answerCorrected(never.state, corrected)]).toEqual([[], undefined]);
    }
    const later = { answersCorrectedAt: '2026-03-02T10:00:00.000Z' };
    expect(disputable(disputed.state, later)).toEqual(['answer']);
    const reply = (state: TicketState) =>
      answerObjection({ correctionOf: 'answer', answer: story.text('Am verificat.'), by: 's002', at }, state);
    expect(openObjections(disputed.state)).toHaveLength(1);
    expect(openObjections(disputed.after(reply).state)).toEqual([]);
  });
});
