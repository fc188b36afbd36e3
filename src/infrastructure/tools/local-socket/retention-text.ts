import type { RetentionOutcome } from '../../../application/privacy/retention';
import { personalClasses } from '../../../domain/retention/retention';
import { inBoth } from '../../phrasing/sentences';

const standings = {
  ro: {
    due: 'scadente',
    nothing: 'fără nimic de șters',
    never: 'fără termen',
    active: 'active',
    unfinished: 'neîncheiate',
    'open-task': 'cu o sarcină deschisă',
    unread: 'despre care tabelele nu spun totul încă',
    'pending-check': 'cu o verificare în așteptare',
    'not-yet': 'în termen',
    refused: 'refuzate',
  },
  en: {
    due: 'due',
    nothing: 'with nothing to erase',
    never: 'without a period',
    active: 'active',
    unfinished: 'unfinished',
    'open-task': 'with an open task',
    unread: 'of which the tables do not say everything yet',
    'pending-check': 'with a pending check',
    'not-yet': 'within the period',
    refused: 'refused',
  },
} as const;

/** How many of each class are due, or why they are not: counts, and nobody. */
export const retentionText = ({ counts, erased }: RetentionOutcome, dryRun: boolean, language: 'ro' | 'en'): string => {
  const said = standings[language];
  const lines = personalClasses.map((kind) => {
    const parts = Object.entries(counts[kind]).map(
      ([standing, count]) => `${count} ${Object.entries(said).find(([name]) => name === standing)?.[1] ?? standing}`,
    );
    return `${kind}: ${parts.length === 0 ? '0' : parts.join(', ')}`;
  });
  const done = dryRun ? inBoth.socket.retentionText.nothingErasedDryRun : inBoth.socket.retentionText.erasedNow({ erased });
  return [...lines, done[language]].join('\n');
};
