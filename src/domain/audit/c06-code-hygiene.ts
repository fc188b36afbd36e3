import { check, fail, notApplicable, pass } from './check';
import { seen, type Dossier, type Seen } from './dossier';
import { policyThen } from './stamps';

const wrongTries = (dossier: Dossier, n: number): number =>
  seen(dossier, 'VerificationFailed').filter(({ fact }) => fact.data.n === n).length;

/** The code that this entry used must be the newest one issued, still valid, and entered for the first time. */
const wellUsed = (dossier: Dossier, tries: number, entry: Seen<'EmailVerified'>): boolean => {
  const { n, verifiedAt } = entry.fact.data;
  const before = { ticket: dossier.ticket.slice(0, dossier.ticket.indexOf(entry)) };
  const newest = seen(before, 'VerificationCodeIssued').at(-1)?.fact.data;
  const usedBefore = seen(before, 'EmailVerified').some(({ fact }) => fact.data.n === n);
  return newest?.n === n && verifiedAt < newest.expiresAt && !usedBefore && wrongTries(dossier, n) < tries;
};

/** C06, Art. 3 e (A9): at most five wrong tries a code, the right one before its expiry, none used twice or after a newer one. */
export const c06CodeHygiene = check('C06', '3 e', (dossier) => {
  const codes = seen(dossier, 'VerificationCodeIssued');
  const entries = seen(dossier, 'EmailVerified');
  if (codes.length === 0 && entries.length === 0) return notApplicable({ ro: 'Nu s-au folosit coduri.', en: 'No codes were used.' });
  const tries = policyThen(dossier, 'verification').value.triesPerCode;
  const overtried = codes.find(({ fact }) => wrongTries(dossier, fact.data.n) > tries);
  if (overtried !== undefined) {
    const wrong = seen(dossier, 'VerificationFailed').filter(({ fact }) => fact.data.n === overtried.fact.data.n);
    return fail({ ro: `Mai mult de ${tries} încercări greșite pentru un cod.`, en: `More than ${tries} wrong tries of one code.` }, [
      overtried,
      ...wrong,
    ]);
  }
  const misused = entries.find((entry) => !wellUsed(dossier, tries, entry));
  return misused === undefined
    ? pass({ ro: 'Codurile au fost folosite la timp și o singură dată.', en: 'The codes were used in time and once only.' }, [
        ...codes,
        ...entries,
      ])
    : fail(
        {
          ro: 'Un cod a fost acceptat expirat, înlocuit, epuizat sau a doua oară.',
          en: 'A code was accepted when expired, replaced, used up or used before.',
        },
        [...codes, misused],
      );
});
