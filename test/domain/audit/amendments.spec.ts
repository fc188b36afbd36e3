import type { Instant } from '../../../src/domain/kernel/fact';
import { amended as amendedOn, amendmentFiled, amendmentSent, handedOver, resolutionBounced } from '../../support/entries';
import { onlineHistory, phoneHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { foundOn, resultOf, verdicts } from '../../support/judging';
import type { TicketEntry } from '../../support/plot';
import { adding, changing, eventOf, without } from '../../support/retelling';
import { plusSeconds } from '../../../src/domain/time/civil-time';

const online = onlineHistory();
/** Friday, the day after the meeting; its hard limit is the end of Monday. */
const amendedAt: Instant = '2026-03-06T08:00:00.000Z';
const target: Instant = '2026-03-06T10:00:00.000Z';
const limit: Instant = '2026-03-09T22:00:00.000Z';
const followUpDueAt: Instant = '2026-03-10T22:00:00.000Z';
const after = (instant: Instant): Instant => plusSeconds(instant, 0.001);

const amended = amendedOn(amendedAt);
const bounced = (bouncedAt: Instant, letterId = 'amended-1'): TicketEntry => resolutionBounced(bouncedAt, letterId, followUpDueAt);
const paper = (at: Instant, amendments?: number): TicketEntry => handedOver(at, 'pickup', 'semnătură', amendments);
const verdict = (history: History, at: Instant = followUpDueAt): unknown => resultOf(history, 'C26', at).verdict;
const first = ['C14', 'C15', 'C16', 'C17', 'C18'] as const;
const firstOf = (history: History): readonly unknown[] => first.map((id) => verdicts(history)[id]);

describe('C26, Art. 7 (A17): an amendment of the resolution', () => {
  it('does not apply where there is none', () => {
    expect(verdict(online)).toBe('not-applicable');
  });
  it('is filed and sent by the end of the next working day, immediately within two hours of its own instant', () => {
    expect(verdict(adding(online, amended, amendmentFiled(amendedAt), amendmentSent(target)))).toBe('pass');
    expect(verdict(adding(online, amended, amendmentFiled(limit), amendmentSent(after(target))))).toBe('warn');
    expect(verdict(adding(online, amended, amendmentFiled(after(limit)), amendmentSent(target)))).toBe('fail');
    expect(verdict(adding(online, amended, amendmentFiled(amendedAt), amendmentSent(after(limit))))).toBe('fail');
  });
  it('waits until then, and says by when it fails', () => {
    expect(resultOf(adding(online, amended), 'C26', limit)).toMatchObject({ verdict: 'pending', failsAt: limit });
    expect(verdict(adding(online, amended), after(limit))).toBe('fail');
    expect(resultOf(adding(online, amended, amendmentSent(amendedAt)), 'C26', limit)).toMatchObject({ verdict: 'pending', failsAt: limit });
  });
  it('does not leave with what left before it, nor on a paper without it', () => {
    expect(verdict(adding(online, amended, amendmentFiled(amendedAt), paper(amendedAt)), after(limit))).toBe('fail');
    const phone = adding(phoneHistory(), amended, amendmentFiled(amendedAt));
    expect(verdict(adding(phone, paper(amendedAt)), after(limit))).toBe('fail');
    expect(verdict(adding(phone, paper(amendedAt, 1)), after(limit))).toBe('pass');
  });
  it('A11: on paper only where the e-mail cannot go', () => {
    const history = adding(online, amended, amendmentFiled(amendedAt), paper(amendedAt, 1));
    expect(verdict(history, after(limit))).toBe('fail');
    expect(verdict(adding(history, bounced(amendedAt, eventOf(history, 'ResolutionAmended').id)), limit)).toBe('pass');
  });
  it('A21: came back, and has the time of its follow-up', () => {
    const cameBack = adding(online, amended, amendmentFiled(amendedAt), amendmentSent(amendedAt), bounced(target));
    expect(resultOf(cameBack, 'C26', after(limit))).toMatchObject({ verdict: 'pending', failsAt: followUpDueAt });
    expect(verdict(cameBack, after(followUpDueAt))).toBe('fail');
    expect(verdict(adding(cameBack, amendmentSent(after(limit), 'again')))).toBe('pass');
  });
  it('is not filed under a number under which the register shows something else', () => {
    const disproved: TicketEntry = [
      after(amendedAt),
      {
        type: 'FilingDisproved',
        data: { documentNumber: '90077', finding: 'unknown', disprovedAt: after(amendedAt), amendment: 1, policies: [] },
      },
    ];
    expect(verdict(adding(online, amended, amendmentFiled(amendedAt), disproved, amendmentSent(amendedAt)), after(limit))).toBe('fail');
  });
  it('rests on the amendment, its document and its letter', () => {
    expect(foundOn(adding(online, amended, amendmentFiled(amendedAt), amendmentSent(amendedAt)), 'C26')).toEqual([
      'pass',
      'ResolutionAmended',
      'ResolutionFiled',
      'ResolutionSent',
    ]);
  });
});

describe('C16, A11: an amendment that overtakes the first letter', () => {
  const { endedAt } = eventOf(online, 'Held').fact.data;
  const soon = plusSeconds(endedAt, 600);
  const overtaken: TicketEntry = [soon, amended[1]];
  const unsent = adding(without(online, 'ResolutionSent'), overtaken, paper(plusSeconds(soon, 60), 1));
  const asking = eventOf(unsent, 'ResolutionAmended').id;
  it('takes the e-mail with it: the paper is lawful where their one letter came back, or nobody could send it', () => {
    expect(verdicts(unsent)['C16']).toBe('fail');
    expect(verdicts(adding(unsent, bounced(plusSeconds(soon, 30), asking)))['C16']).toBe('pass');
    const asked: TicketEntry = [
      plusSeconds(soon, 30),
      {
        type: 'TaskRaised',
        data: { taskId: 'by-hand', kind: 'send-letter', staffId: 's002', raisedAt: plusSeconds(soon, 30), subjectId: asking },
      },
    ];
    expect(verdicts(adding(unsent, asked))['C16']).toBe('pass');
  });
});

describe('C14–C18, Art. 7: the first resolution is judged by itself', () => {
  const late = changing(online, 'ResolutionSent', { acceptedAt: after('2026-03-06T22:00:00.000Z') });
  it('kept, whatever becomes of an amendment: never filed, late, or come back', () => {
    for (const entries of [
      [amended],
      [amended, amendmentFiled(after(limit)), amendmentSent(after(limit))],
      [amended, amendmentSent(amendedAt), bounced(amendedAt)],
    ])
      expect(firstOf(adding(online, ...entries))).toEqual(firstOf(online));
  });
  it('not kept, whatever an amendment does in time: its document is not the resolution’s, its letter comes after the limit', () => {
    const unfiled = adding(without(online, 'ResolutionFiled'), amended, amendmentFiled(amendedAt), amendmentSent(amendedAt));
    expect(verdicts(unfiled)['C14']).toBe('fail');
    expect(verdicts(late)['C16']).toBe('fail');
    expect(verdicts(adding(late, amended, amendmentFiled(amendedAt), amendmentSent(amendedAt)))['C26']).toBe('pass');
    const unsent = adding(
      without(online, 'ResolutionSent'),
      amended,
      amendmentFiled(amendedAt),
      amendmentSent(after('2026-03-06T22:00:00.000Z')),
    );
    expect(verdicts(unsent)['C16']).toBe('fail');
  });
  it('an amended letter that came back makes no earlier paper count for a first letter that was late', () => {
    const withPaper = adding(late, paper('2026-03-06T12:00:00.000Z'));
    expect(verdicts(withPaper)['C16']).toBe('fail');
    expect(verdicts(adding(withPaper, amended, amendmentFiled(amendedAt), amendmentSent(limit), bounced(limit)))['C16']).toBe('fail');
  });
});
