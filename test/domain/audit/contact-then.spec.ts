import { plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { evidenceOf } from '../../../src/domain/audit/evidence';
import { policiesWith } from '../../../src/domain/policies';
import { personal } from '../../../src/domain/kernel/personal-text';
import { onlineHistory, phoneHistory } from '../../support/histories';
import { foundOn } from '../../support/judging';
import { adding, changing, eventOf, without } from '../../support/retelling';
import { addressAsked, addressHolds, phoneHolds } from './law/addresses';

const online = onlineHistory();
const later = plusSeconds(eventOf(online, 'Scheduled').recordedAt, 1);

describe('the checks look at the contact that was in force when each thing was done', () => {
  it('C05, Art. 3 e: an address that is given later is verified as the first one is', () => {
    const asked = adding(online, addressAsked(2, later));
    expect(foundOn(asked, 'C05')).toEqual(['pass', 'EmailVerified', 'Scheduled']);
    const corrected = adding(asked, addressHolds(plusMinutes(later, 1), 2));
    expect(foundOn(corrected, 'C05')).toEqual(['pass', 'EmailVerified', 'Scheduled']);
    expect(foundOn(corrected, 'C06')).toEqual([
      'pass',
      'VerificationCodeIssued',
      'ContactCorrectionRequested',
      'EmailVerified',
      'ContactCorrected',
    ]);
    // a code that went to no address verifies none
    expect(foundOn(adding(asked, addressHolds(plusMinutes(later, 1), 3)), 'C05')).toEqual(['fail', 'ContactCorrected']);
    expect(foundOn(adding(online, addressHolds(later, 2), addressAsked(2, plusSeconds(later, 1))), 'C05')).toEqual([
      'fail',
      'ContactCorrected',
    ]);
  });

  it('C05, Art. 3 e: whoever gave no address at first may give one later', () => {
    const byPhone = phoneHistory();
    const at = plusSeconds(eventOf(byPhone, 'Scheduled').recordedAt, 1);
    const corrected = adding(byPhone, addressAsked(1, at), addressHolds(plusMinutes(at, 1), 1));
    expect(foundOn(corrected, 'C05')).toEqual(['pass', 'ContactCorrected']);
  });

  it('C06, A9: the codes of new addresses are counted apart from those that booked, and by the same rule', () => {
    const issued = eventOf(online, 'EmailVerified').recordedAt;
    expect(foundOn(adding(online, addressAsked(2, plusSeconds(issued, 61))), 'C06')[0]).toBe('pass');
    expect(foundOn(adding(online, addressAsked(2, later), addressAsked(3, plusSeconds(later, 59))), 'C06')[0]).toBe('fail');
  });

  it('C06, A9: each code is judged by the policies in force when it was made, whatever those of the form were', () => {
    const { verification } = policiesWith();
    const patient = policiesWith({
      verification: { value: { ...verification.value, validMinutes: 30, triesPerCode: 9, codesPerHour: 9 }, version: 2 },
      'code-interval': { value: { seconds: 5 }, version: 2 },
    });
    const asked = (policies: typeof patient) =>
      adding(online, addressAsked(2, later, policies), addressAsked(3, plusSeconds(later, 10), policies));
    const entered = (policies: typeof patient) => {
      const wrong = [8, 7, 6, 5, 4, 3].map(
        (triesLeft) =>
          [plusMinutes(later, 20), { type: 'VerificationFailed', data: { n: 3, triesLeft, failedAt: plusMinutes(later, 20) } }] as const,
      );
      return adding(asked(policies), ...wrong, addressHolds(plusMinutes(later, 25), 3));
    };
    expect(foundOn(asked(patient), 'C06')[0]).toBe('pass');
    expect(foundOn(asked(policiesWith()), 'C06')[0]).toBe('fail');
    expect(foundOn(entered(patient), 'C06')[0]).toBe('pass');
    const strict = policiesWith({
      verification: { value: { ...verification.value, validMinutes: 5 }, version: 3 },
      'code-interval': { value: { seconds: 120 }, version: 3 },
    });
    const late = adding(online, addressAsked(2, later, strict), addressHolds(plusMinutes(later, 6), 2));
    expect(foundOn(late, 'C06')[0]).toBe('fail');
    const soon = adding(online, addressAsked(2, later, strict), addressAsked(3, plusSeconds(later, 90), strict));
    expect(foundOn(soon, 'C06')[0]).toBe('fail');
  });

  it('C17, Art. 7: a resolution goes to the address that was verified by then', () => {
    const sentAt = eventOf(online, 'ResolutionSent').recordedAt;
    const asked = addressAsked(2, plusMinutes(sentAt, -9));
    expect(foundOn(adding(online, asked, addressHolds(plusMinutes(sentAt, -1), 2)), 'C17')[0]).toBe('pass');
    expect(foundOn(adding(online, addressHolds(plusMinutes(sentAt, -1), undefined)), 'C17')[0]).toBe('fail');
    expect(foundOn(adding(online, addressHolds(plusMinutes(sentAt, 1), undefined)), 'C17')[0]).toBe('pass');
  });

  it('C24, Art. 3 e: a number counts for what is chosen once it is given', () => {
    const { mode: _, contact, ...requested } = eventOf(online, 'Requested').fact.data;
    const { phone: __, ...others } = contact;
    const silent = changing(online, 'Requested', { ...requested, contact: others });
    expect(foundOn(adding(silent, phoneHolds(later)), 'C24')).toEqual(['fail', 'Requested']);
    const inPerson = changing(silent, 'Requested', { mode: 'in-person' });
    const { holdId, request, department, departmentCode, staffId, slot, policies, calendarVersion } = eventOf(online, 'Scheduled').fact
      .data;
    const changed = [
      plusMinutes(later, 1),
      {
        type: 'ModeChanged',
        data: {
          ...{ holdId, request, department, departmentCode, staffId, slot, policies, calendarVersion },
          mode: 'phone',
          formerMode: 'in-person',
          by: 'citizen',
          citizenAgreed: false,
          requestedAt: plusMinutes(later, 1),
          sequence: 1,
        },
      },
    ] as const;
    expect(foundOn(adding(inPerson, changed), 'C24')).toEqual(['fail', 'ModeChanged']);
    expect(foundOn(adding(inPerson, phoneHolds(later), changed), 'C24')[0]).toBe('pass');
    expect(foundOn(without(adding(inPerson, phoneHolds(later), changed), 'ContactCorrected'), 'C24')[0]).toBe('fail');
  });

  it('the audit keeps that an address or a number was given, and neither of them', () => {
    const [, asked] = addressAsked(2, later);
    const [, holds] = addressHolds(later, 2);
    const { verification, 'code-interval': interval } = policiesWith();
    const data = { n: 2, issuedAt: later, expiresAt: plusMinutes(later, 10), policies: [verification, interval] };
    expect(evidenceOf(asked)).toEqual({ type: asked.type, data });
    expect(evidenceOf(holds)).toEqual({ type: holds.type, data: { n: 2, email: {}, correctedAt: later } });
    const phone = { type: 'ContactCorrected', data: { phone: personal('contact', '0745 999 111'), correctedAt: later } } as const;
    expect(evidenceOf(phone)).toEqual({ type: 'ContactCorrected', data: { phone: {}, correctedAt: later } });
  });
});
