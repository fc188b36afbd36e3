import type { ErasureReport } from '../../../../application/privacy/erasure-report';
import type { Instant } from '../../../../domain/kernel/fact';
import type { ImportReport } from '../../../outside/document-system/import/import-report';

/** What a file can bring. */
export type Imported = 'requests' | 'staff';

/** What came of something that is not done twice, kept so that its page can be looked at again. */
export type StoredReport =
  | { readonly kind: 'import'; readonly what: Imported; readonly at: Instant; readonly report: Omit<ImportReport, 'position'> }
  | { readonly kind: 'erasure'; readonly at: Instant; readonly report: ErasureReport };
