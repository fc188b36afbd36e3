import type { Verdict } from '../../../domain/audit/check';
import type { Forms } from '../words/counted';
import type { Words } from '../words/both';

type VerdictWords = Readonly<Record<Verdict, { readonly name: string; readonly means: string; readonly many: Forms }>>;

/** The six answers of a check: never a mere yes or no. */
export const verdictWords: Words<VerdictWords> = {
  ro: {
    pass: {
      name: 'Respectată',
      means: 'Dovezile arată că s-a făcut ce cere articolul.',
      many: { one: '# respectată', other: '# respectate' },
    },
    warn: {
      name: 'Atenționare',
      means: 'În termenul limită, dar nu în cel țintă.',
      many: { one: '# atenționare', few: '# atenționări', other: '# de atenționări' },
    },
    fail: {
      name: 'Nerespectată',
      means: 'Dovezile arată că nu s-a făcut, sau termenul a trecut fără nimic.',
      many: { one: '# nerespectată', other: '# nerespectate' },
    },
    pending: {
      name: 'În așteptare',
      means: 'Mai este timp: încă nu se poate spune.',
      many: { one: '# în așteptare', other: '# în așteptare' },
    },
    waived: {
      name: 'Renunțat',
      means: 'Cetățeanul a renunțat la ce cere articolul; nu se socotește respectată.',
      many: { one: '# la care s-a renunțat', other: '# la care s-a renunțat' },
    },
    'not-applicable': {
      name: 'Nu se aplică',
      means: 'Articolul nu cere nimic aici, sau nu încă.',
      many: { one: '# nu se aplică', other: '# nu se aplică' },
    },
  },
  en: {
    pass: { name: 'Kept', means: 'The evidence shows that what the article asks was done.', many: { one: '# kept', other: '# kept' } },
    warn: {
      name: 'Warning',
      means: 'Within the hard limit, but not within the target.',
      many: { one: '# warning', other: '# warnings' },
    },
    fail: {
      name: 'Not kept',
      means: 'The evidence shows that it was not done, or its time has passed with nothing done.',
      many: { one: '# not kept', other: '# not kept' },
    },
    pending: { name: 'Pending', means: 'There is still time: nothing can be said yet.', many: { one: '# pending', other: '# pending' } },
    waived: {
      name: 'Waived',
      means: 'The citizen gave up what the article asks; it does not count as kept.',
      many: { one: '# waived', other: '# waived' },
    },
    'not-applicable': {
      name: 'Not applicable',
      means: 'The article asks nothing here, or not yet.',
      many: { one: '# not applicable', other: '# not applicable' },
    },
  },
};
