import { erasureCopies } from '../../../../application/privacy/erasure-report';
import type { StoredReport } from './stored-report';

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const reportText = (report: StoredReport): string => JSON.stringify(report);
export const reportOf = (text: string): StoredReport => {
  const kept = JSON.parse(text) as StoredReport;
  if (kept.kind !== 'erasure') return kept;
  // a build that did not say these yet wrote its report once the key was destroyed
  return { ...kept, report: { ...{ copies: erasureCopies, keyDestroyed: true, erasedBy: '' }, ...kept.report } };
};
