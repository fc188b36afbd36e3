import { erasureCopies } from '../../../../application/privacy/erasure-report';
import type { KeptReport } from './kept-report';

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const reportText = (report: KeptReport): string => JSON.stringify(report);
export const reportOf = (text: string): KeptReport => {
  const kept = JSON.parse(text) as KeptReport;
  if (kept.kind !== 'erasure') return kept;
  // a build that did not say these yet wrote its report once the key was destroyed
  return { ...kept, report: { ...{ copies: erasureCopies, keyDestroyed: true, erasedBy: '' }, ...kept.report } };
};
