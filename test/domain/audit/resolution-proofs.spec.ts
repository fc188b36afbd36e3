import type { Instant } from '../../../src/domain/kernel/fact';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { handedOver, resolutionBounced } from '../../support/entries';
import { cancelledHistory, onlineHistory, phoneHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { foundOn, resultOf, verdicts } from '../../support/judging';
import { stamps, type TicketEntry } from '../../support/plot';
import { adding, changing, eventOf, without } from '../../support/retelling';

const online = onlineHistory();
const { startedAt, endedAt } = eventOf(online, 'Held').fact.data;
const target: Instant = '2026-03-05T10:14:30.000Z';
const limit: Instant = '2026-03-06T22:00:00.000Z';
/** Friday and Monday are the two working days after the bounce on Thursday. */
const followUpDue: Instant = '2026-03-09T22:00:00.000Z';
const after = (instant: Instant): Instant => plusSeconds(instant, 0.001);
const before = (instant: Instant): Instant => plusSeconds(instant, -0.001);

const sent = (acceptedAt: Instant, letterId = 'letter', recordedAt = acceptedAt): TicketEntry => [
  recordedAt,
  { type: 'ResolutionSent', data: { letterId, toVerifiedAddress: true, acceptedAt } },
];
const unsent = without(online, 'ResolutionSent');

describe('A17: until when a resolution is immediate, and until when in time', () => {
  const unsentUnder = (changes: Parameters<typeof changing<'Held'>>[2]) => changing(unsent, 'Held', changes);

  it('is what policy and calendar of then make it, where somebody wrote down a later time', () => {
    const later = unsentUnder({ resolutionTargetAt: '2026-03-05T12:00:00.000Z', resolutionHardLimitAt: '2026-03-10T22:00:00.000Z' });
    expect(resultOf(later, 'C16', target)).toMatchObject({ verdict: 'pending', warnsAt: target, failsAt: limit });
    expect([verdicts(later, after(target))['C16'], verdicts(later, after(limit))['C16']]).toEqual(['warn', 'fail']);
  });

  it('is what was written, where that is sooner', () => {
    const sooner = { resolutionTargetAt: '2026-03-05T09:00:00.000Z', resolutionHardLimitAt: '2026-03-05T22:00:00.000Z' };
    expect(resultOf(unsentUnder(sooner), 'C16', endedAt)).toMatchObject({
      warnsAt: sooner.resolutionTargetAt,
      failsAt: sooner.resolutionHardLimitAt,
    });
  });

  it('is what was written, too, in an old log that does not say by which policy', () => {
    const written = { resolutionTargetAt: '2026-03-05T12:00:00.000Z', resolutionHardLimitAt: '2026-03-10T22:00:00.000Z' };
    for (const policies of [[], stamps('recording-coverage')])
      expect(resultOf(unsentUnder({ ...written, policies }), 'C16', endedAt)).toMatchObject({
        warnsAt: written.resolutionTargetAt,
        failsAt: written.resolutionHardLimitAt,
      });
  });
});

describe('C14, Art. 7: the document', () => {
  const filing = eventOf(online, 'ResolutionFiled').fact;
  const filed = (documentNumber: string, filedAt: Instant, grade?: 'observed'): TicketEntry => [
    filedAt,
    { ...filing, data: { ...filing.data, documentNumber, filedAt, ...(grade ? { grade } : {}) } },
  ];
  const unfiled = without(online, 'ResolutionFiled');
  const noon: Instant = '2026-03-05T12:00:00.000Z';

  it('names the meeting, the resolution, and the document by which it holds', () => {
    expect(foundOn(online, 'C14')).toEqual(['pass', 'Held', 'ResolutionIssued', 'ResolutionFiled']);
    expect(foundOn(cancelledHistory(), 'C14')).toEqual(['not-applicable']);
    expect(foundOn(adding(unfiled, filed('155210', after(limit))), 'C14')).toEqual(['fail', 'Held', 'ResolutionIssued', 'ResolutionFiled']);
    expect(foundOn(unfiled, 'C14', limit)).toEqual(['pending', 'Held', 'ResolutionIssued']);
    expect(foundOn(unfiled, 'C14')).toEqual(['fail', 'Held', 'ResolutionIssued']);
  });

  it('names everything that was said of a document where none holds, and says what is wrong with the last', () => {
    const finding = 'unknown';
    const told = adding(unfiled, filed('154997', noon), filed('155210', plusSeconds(noon, 1)), [
      plusSeconds(noon, 2),
      { type: 'FilingDisproved', data: { documentNumber: '155210', finding, disprovedAt: noon, policies: [] } },
    ]);
    const types = ['Held', 'ResolutionIssued', 'ResolutionFiled', 'ResolutionFiled', 'FilingDisproved'];
    const en = 'The register shows no document of the number that was typed with the request.';
    expect([foundOn(told, 'C14', limit), foundOn(told, 'C14')]).toEqual([
      ['pending', ...types],
      ['fail', ...types],
    ]);
    expect([resultOf(told, 'C14', limit).text.en, resultOf(told, 'C14').text.en]).toEqual([en, en]);
  });

  it.each([
    [{ connectedTo: { number: '154998', filedOn: '2026-02-16' } }, 'The resolution is connected to another request.'],
    [{ connectedTo: { number: '154997', filedOn: '2026-02-17' } }, 'The resolution is connected to another request.'],
    [{ documentNumber: '' }, 'The connected document has no number.'],
    [{ documentNumber: '154997' }, 'The document’s number is the request’s own.'],
    [{ filedAt: before(startedAt) }, 'The document was connected before the meeting.'],
  ])('says why it does not hold: %j', (changes, en) => {
    expect(resultOf(changing(online, 'ResolutionFiled', changes), 'C14')).toMatchObject({ verdict: 'fail', text: { en } });
  });

  it('holds from the start of the meeting on', () => {
    expect(resultOf(changing(online, 'ResolutionFiled', { filedAt: startedAt }), 'C14').verdict).toBe('pass');
  });

  it('holds by the first that fits, and by the one that the register has shown where it has shown one', () => {
    expect(verdicts(adding(online, filed('155211', after(limit))))['C14']).toBe('pass');
    expect(verdicts(adding(unfiled, filed('155210', noon, 'observed'), filed('155210', after(limit))))['C14']).toBe('pass');
    expect(verdicts(adding(unfiled, filed('155210', noon), filed('155210', after(limit), 'observed')))['C14']).toBe('fail');
  });

  it('weighs a typed number no more where the register shows that document, among others that were typed', () => {
    const typed = (history: History) => changing(history, 'ResolutionIssued', { documentNumber: '155210' });
    const [first, second, third] = [noon, plusSeconds(noon, 1), plusSeconds(noon, 2)] as const;
    const shown = adding(unfiled, filed('155299', first), filed('155210', second), filed('155210', third, 'observed'));
    expect(resultOf(typed(shown), 'C14')).toMatchObject({ verdict: 'pass', grade: 'observed' });
    const another = adding(unfiled, filed('155299', first), filed('155210', second, 'observed'));
    expect(resultOf(typed(another), 'C14')).toMatchObject({ verdict: 'pass', grade: 'declared' });
  });

  it('is declared where somebody corrected what the same number was connected to', () => {
    const elsewhere = { ...filing.data, connectedTo: { number: '154998', filedOn: '2026-02-16' }, filedAt: noon };
    const corrected = adding(unfiled, [noon, { ...filing, data: elsewhere }], filed('155210', plusSeconds(noon, 1)));
    expect(resultOf(corrected, 'C14')).toMatchObject({ verdict: 'pass', grade: 'declared' });
  });

  it('is not disproved by what the register said of another number', () => {
    const disproof = { documentNumber: '155299', finding: 'unknown', disprovedAt: noon, policies: [] } as const;
    expect(resultOf(adding(online, [noon, { type: 'FilingDisproved', data: disproof }]), 'C14').verdict).toBe('pass');
  });
});

describe('C15, Art. 7: the order of the steps', () => {
  it('names the meeting, the resolution and its first sending', () => {
    expect(foundOn(online, 'C15')).toEqual(['pass', 'Held', 'ResolutionIssued', 'ResolutionSent']);
    expect(foundOn(cancelledHistory(), 'C15')).toEqual(['not-applicable']);
    expect(foundOn(unsent, 'C15')).toEqual(['pending', 'Held', 'ResolutionIssued']);
    expect(foundOn(without(unsent, 'ResolutionIssued'), 'C15')).toEqual(['pending', 'Held']);
    expect(foundOn(without(online, 'ResolutionIssued'), 'C15')).toEqual(['fail', 'Held', 'ResolutionSent']);
    const early = changing(online, 'ResolutionIssued', { issuedAt: before(startedAt) });
    expect(foundOn(early, 'C15')).toEqual(['fail', 'ResolutionIssued', 'Held']);
    const late = changing(online, 'ResolutionIssued', { issuedAt: target });
    expect(foundOn(late, 'C15')).toEqual(['fail', 'Held', 'ResolutionIssued', 'ResolutionSent']);
  });

  it('holds where two of them fell on one moment, and not a moment earlier', () => {
    const written = (issuedAt: Instant, acceptedAt: Instant) =>
      resultOf(adding(changing(unsent, 'ResolutionIssued', { issuedAt }), sent(acceptedAt, 'letter', target)), 'C15');

    expect(written(startedAt, endedAt).verdict).toBe('pass');
    expect(written(target, target).verdict).toBe('pass');
    expect(written(target, before(target))).toMatchObject({ verdict: 'fail', text: { en: 'Sent before it was written.' } });
    expect(written(startedAt, before(endedAt))).toMatchObject({
      verdict: 'fail',
      text: { en: 'Sent at 05.03.2026, 10:14:29, before the meeting ended.' },
    });
    const atOnce = adding(changing(unsent, 'ResolutionIssued', { issuedAt: startedAt }), sent(before(endedAt), 'letter', target));
    expect(foundOn(atOnce, 'C15')).toEqual(['fail', 'Held', 'ResolutionIssued', 'ResolutionSent']);
  });

  it('is asked of the sending that left first, whichever was noted first', () => {
    const twice = adding(unsent, sent(target, 'one', target), sent(before(endedAt), 'two', after(target)));
    expect(resultOf(twice, 'C15')).toMatchObject({ verdict: 'fail' });
  });
});

describe('C16, Art. 7: immediately', () => {
  it('names the meeting, the paper that was taken at once, and the letter', () => {
    expect(foundOn(cancelledHistory(), 'C16')).toEqual(['not-applicable']);
    expect(foundOn(unsent, 'C16', target)).toEqual(['pending', 'Held']);
    expect(foundOn(unsent, 'C16', limit)).toEqual(['warn', 'Held']);
    expect(foundOn(unsent, 'C16')).toEqual(['fail', 'Held']);
    expect(foundOn(online, 'C16')).toEqual(['pass', 'Held', 'ResolutionSent']);
    expect(foundOn(adding(unsent, sent(limit)), 'C16')).toEqual(['warn', 'Held', 'ResolutionSent']);
    expect(foundOn(adding(unsent, sent(after(limit))), 'C16')).toEqual(['fail', 'Held', 'ResolutionSent']);
    expect(foundOn(adding(unsent, handedOver(target)), 'C16', limit)).toEqual(['pending', 'Held', 'ResolutionHandedOver']);
    expect(foundOn(adding(unsent, handedOver(target)), 'C16')).toEqual(['fail', 'Held']);
    expect(foundOn(adding(unsent, handedOver(target), sent(limit)), 'C16')).toEqual([
      'pass',
      'Held',
      'ResolutionHandedOver',
      'ResolutionSent',
    ]);
  });

  it('takes a paper at once from the end of the meeting on, and none without proof', () => {
    const withMail = (entry: TicketEntry) => resultOf(adding(unsent, entry, sent(limit)), 'C16').verdict;
    expect([withMail(handedOver(endedAt)), withMail(handedOver(before(endedAt))), withMail(handedOver(endedAt, 'pickup', ' '))]).toEqual([
      ...['pass', 'warn', 'warn'],
    ]);
  });

  it('is measured on the letter that left first, whichever was noted first', () => {
    const late = sent(limit, 'one', limit);
    const twice = adding(unsent, late, sent(target, 'two', after(limit)));
    expect(resultOf(twice, 'C16').verdict).toBe('pass');
    const together = adding(unsent, late, sent(limit, 'two', after(limit)));
    expect(resultOf(together, 'C16').evidence).toEqual([eventOf(together, 'Held').id, eventOf(together, 'ResolutionSent').id]);
  });

  it('A11: takes the paper where somebody was asked to see to a letter that could not be sent, and for no other task', () => {
    const about = (history: History) => eventOf(history, 'ResolutionIssued').id;
    const task = (taskId: string, kind: 'send-letter' | 'file-resolution', subjectId: string): TicketEntry => [
      target,
      { type: 'TaskRaised', data: { taskId, kind, staffId: 'S-017', subjectId, raisedAt: target } },
    ];
    const onPaper = adding(unsent, handedOver(target));
    const other = adding(onPaper, task('t-1', 'file-resolution', about(onPaper)));
    expect(verdicts(other)['C16']).toBe('fail');
    expect(verdicts(adding(other, task('t-2', 'send-letter', about(onPaper))))['C16']).toBe('pass');
    expect(verdicts(adding(onPaper, task('t-2', 'send-letter', eventOf(onPaper, 'Held').id)))['C16']).toBe('pass');
  });
});

describe('C17, Art. 7: the right address', () => {
  it('names every sending, and of those that went astray the first', () => {
    expect(foundOn(without(unsent, 'ResolutionIssued'), 'C17')).toEqual(['not-applicable']);
    expect(foundOn(online, 'C17')).toEqual(['pass', 'ResolutionSent']);
    expect(foundOn(phoneHistory(), 'C17')).toEqual(['pass', 'ResolutionHandedOver']);
    expect(resultOf(unsent, 'C17').text.en).toBe('The resolution has not been sent.');
    expect(foundOn(adding(unsent, handedOver(target)), 'C17')).toEqual(['not-applicable', 'ResolutionHandedOver']);
    expect(foundOn(adding(online, handedOver(target, 'post', '')), 'C17')).toEqual(['fail', 'ResolutionHandedOver']);
  });

  it('says by which way it left: by e-mail, also where a paper followed', () => {
    const mail = 'Sent to the verified address.';
    const texts = [online, adding(online, handedOver(target)), phoneHistory()].map((history) => resultOf(history, 'C17').text.en);
    expect(texts).toEqual([mail, mail, 'Handed over by post or at the counter, with proof; no e-mail was used.']);
  });

  it('is no address that no code was entered for, whatever the letter says', () => {
    expect(foundOn(without(online, 'EmailVerified'), 'C17')).toEqual(['fail', 'ResolutionSent']);
  });
});

describe('C18, Art. 7: delivered', () => {
  const { letterId } = eventOf(online, 'ResolutionSent').fact.data;
  const bouncedAt: Instant = '2026-03-05T09:00:00.000Z';
  const cameBack = adding(online, resolutionBounced(bouncedAt, letterId, followUpDue));

  it('names the letters, what came back and what took over, in the order in which it happened', () => {
    expect(foundOn(online, 'C18')).toEqual(['pass', 'ResolutionSent']);
    expect(foundOn(phoneHistory(), 'C18')).toEqual(['not-applicable']);
    expect(foundOn(cameBack, 'C18', followUpDue)).toEqual(['pending', 'ResolutionSent', 'ResolutionBounced']);
    expect(foundOn(cameBack, 'C18')).toEqual(['fail', 'ResolutionSent', 'ResolutionBounced']);
    expect(foundOn(adding(cameBack, handedOver(target)), 'C18')).toEqual([
      'pass',
      'ResolutionSent',
      'ResolutionBounced',
      'ResolutionHandedOver',
    ]);
    expect(foundOn(adding(cameBack, sent(target)), 'C18')).toEqual(['pass', 'ResolutionSent', 'ResolutionBounced', 'ResolutionSent']);
    const late = adding(cameBack, handedOver(after(followUpDue)));
    expect(foundOn(late, 'C18')).toEqual(['fail', 'ResolutionSent', 'ResolutionBounced', 'ResolutionHandedOver']);
  });

  it('says how it was seen to, and how late', () => {
    const text = (history: History) => resultOf(history, 'C18').text.en;
    expect(text(adding(cameBack, handedOver(target)))).toBe('The letter bounced; the resolution was handed over by another channel.');
    expect(text(adding(cameBack, sent(target)))).toBe('The letter bounced; it was sent again and did not come back.');
    expect(text(adding(cameBack, handedOver('2026-03-10T08:00:00.000Z')))).toBe(
      'Handed over by another channel only at 10.03.2026, 10:00.',
    );
    expect(text(cameBack)).toBe('The letter bounced and nobody followed it up.');
    const ofAnother = adding(online, resolutionBounced(bouncedAt, 'invitation-0', followUpDue));
    for (const history of [online, ofAnother]) expect(text(history)).toBe('The letter was accepted and did not bounce.');
    expect(foundOn(ofAnother, 'C18')).toEqual(['pass', 'ResolutionSent']);
  });

  it('A21: is due when policy and calendar of then make it, where somebody wrote down a later time, and when it was written where that is sooner', () => {
    const under = (followUpDueAt: Instant) =>
      changing(adding(online, resolutionBounced(bouncedAt, letterId, followUpDueAt)), 'ResolutionBounced', {
        policies: stamps('bounce-follow-up'),
      });
    const later: Instant = '2026-03-20T22:00:00.000Z';
    const sooner: Instant = '2026-03-06T08:00:00.000Z';
    expect(resultOf(under(later), 'C18', bouncedAt)).toMatchObject({ verdict: 'pending', failsAt: followUpDue });
    expect(resultOf(under(sooner), 'C18', bouncedAt)).toMatchObject({ verdict: 'pending', failsAt: sooner });
    // an old log does not say by which policy
    const old = adding(online, resolutionBounced(bouncedAt, letterId, later));
    expect(resultOf(old, 'C18', bouncedAt)).toMatchObject({ verdict: 'pending', failsAt: later });
  });

  it('waits by the limit that ends first, where several letters came back', () => {
    const [one, two]: readonly [Instant, Instant] = ['2026-03-20T22:00:00.000Z', '2026-03-12T22:00:00.000Z'];
    const letters = ['second', 'third'].map((id, place) => sent(plusSeconds(bouncedAt, place + 1), id));
    const all = (first: Instant, second: Instant, third: Instant) =>
      adding(
        online,
        ...letters,
        resolutionBounced(target, letterId, first),
        resolutionBounced(plusSeconds(target, 1), 'second', second),
        resolutionBounced(plusSeconds(target, 2), 'third', third),
      );
    for (const history of [all(one, two, one), all(two, one, one), all(one, one, two)])
      expect(resultOf(history, 'C18', plusSeconds(target, 3))).toMatchObject({ verdict: 'pending', failsAt: two });
  });

  it('is not followed up by the letter itself, noted twice, also where the limit was written down as one before it came back', () => {
    expect(verdicts(adding(cameBack, sent(target, letterId)))['C18']).toBe('fail');
    expect(verdicts(adding(online, resolutionBounced(bouncedAt, letterId, before(bouncedAt))))['C18']).toBe('fail');
  });

  it('asks of each letter that came back whether something took over in its time', () => {
    const again = adding(cameBack, sent(target, 'again'), resolutionBounced(after(followUpDue), 'again', '2026-03-12T22:00:00.000Z'));
    expect(verdicts(again)['C18']).toBe('fail');
    expect(resultOf(adding(again, handedOver('2026-03-12T22:00:00.000Z')), 'C18')).toMatchObject({
      verdict: 'pass',
      text: { en: 'The letter bounced; the resolution was handed over by another channel.' },
    });
    expect(verdicts(adding(again, handedOver('2026-03-12T22:00:00.001Z')))['C18']).toBe('fail');
  });
});
