import { erasureCopies, type ErasureReport } from '../../../application/privacy/erasure-report';
import type { Instant } from '../../../domain/kernel/fact';
import type { ImportReport } from '../../outside/document-system/import/import-report';

/** What a file can bring. */
export type Imported = 'requests' | 'staff';

/** What came of something that is not done twice, kept so that its page can be looked at again. */
export type StoredReport =
  | { readonly kind: 'import'; readonly what: Imported; readonly at: Instant; readonly report: Omit<ImportReport, 'position'> }
  | { readonly kind: 'erasure'; readonly at: Instant; readonly report: ErasureReport };

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const reportText = (report: StoredReport): string => JSON.stringify(report);
export const reportOf = (text: string): StoredReport => {
  const kept = JSON.parse(text) as StoredReport;
  if (kept.kind !== 'erasure') return kept;
  // a build that did not say these yet wrote its report once the key was destroyed
  return { ...kept, report: { ...{ copies: erasureCopies, keyDestroyed: true, erasedBy: '' }, ...kept.report } };
};
