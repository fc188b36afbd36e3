import type { AuditListed } from '../../../application/audit/audit-list';

/** The checks of this row with this verdict, in order. */
export const checksWith = ({ verdicts }: AuditListed, verdict: string): readonly string[] =>
  Object.entries(verdicts)
    .filter(([, one]) => one === verdict)
    .map(([id]) => id)
    .sort();
